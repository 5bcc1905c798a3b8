/** What a parameter may look like, and how to say so. */
export interface Form {
  readonly pattern: RegExp;
  /** Completes "the parameter x is not …". */
  readonly says: string;
}

export const forms = {
  conversation: {
    pattern: /^CH[0-9a-fA-F]{32}$/,
    says: "the SID of a Conversation (CH and 32 hexadecimal digits)",
  },
  service: {
    pattern: /^IS[0-9a-fA-F]{32}$/,
    says: "the SID of a Conversations Service (IS and 32 hexadecimal digits)",
  },
  task: { pattern: /^WT[0-9a-fA-F]{32}$/, says: "the SID of a Task (WT and 32 hexadecimal digits)" },
  interaction: {
    pattern: /^KD[0-9a-fA-F]{32}$/,
    says: "the SID of an Interaction (KD and 32 hexadecimal digits)",
  },
  interactionChannel: {
    pattern: /^UO[0-9a-fA-F]{32}$/,
    says: "the SID of an Interaction's channel (UO and 32 hexadecimal digits)",
  },
  line: { pattern: /^[a-z][a-z0-9-]{0,62}$/, says: "the name of a line (support)" },
  address: {
    pattern: /^(whatsapp:)?\+?\d{3,15}$/,
    says: "an address (+15550100201 or whatsapp:+15550100201)",
  },
  text: { pattern: /^[^]*$/, says: "one text" },
} as const satisfies Record<string, Form>;

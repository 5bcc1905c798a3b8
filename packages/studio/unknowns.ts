/**
 * What nobody can know about Studio without asking a live account, as named switches: positions, default, reason. The
 * host of an engine may set them; docs/studio.md says what each changes.
 */
export const studioUnknowns = {
  /**
   * Where the reply to Send & Wait For Reply stands in a Conversation. Twilio's sample Flow reads `inbound.Body`, its
   * skill file says that replies land in `trigger.conversation`: filling both serves either.
   */
  replyLocation: { positions: ["both", "inbound", "trigger"], default: "both" },
  /** Several conditions on one transition: the editor writes one each, and no page says how several are joined. */
  conditionsJoin: { positions: ["and", "or"], default: "and" },
} as const;

export type StudioUnknowns = {
  readonly [Name in keyof typeof studioUnknowns]: (typeof studioUnknowns)[Name]["positions"][number];
};

/** Every switch in its default position. */
export const defaultStudioUnknowns: StudioUnknowns = { replyLocation: "both", conditionsJoin: "and" };

/** What a block is: widgets for somebody's Flow, the Functions that they run, and what of a stage they need. Data alone. */

/** A widget as Studio has it, without a place on the canvas. */
export interface BlockWidget {
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly transitions: readonly BlockTransition[];
}

export interface BlockTransition {
  readonly event: string;
  /** A widget of the block, or `onward`: where the Flow went before the block was there. Absent: the Execution ends. */
  readonly next?: string;
  readonly conditions?: readonly Readonly<Record<string, unknown>>[];
}

/** Where the Flow goes on as it did before. */
export const onward = "*onward*";
/** Stands in a widget for what the customer wrote: the place differs with where the block is put. */
export const said = "*said*";

/** Widgets that are put at one place of a Flow. */
export interface BlockPart {
  /**
   * `start`: where a Conversation's message begins the Flow. `branch`: where a word brings the Flow, a branch of a split. A
   * part may also be put at a branch of another block's split.
   */
  readonly at: "start" | "branch" | { readonly split: string; readonly value: string };
  readonly entry: string;
  readonly widgets: readonly BlockWidget[];
}

/** The word by which a branch is taken, where a split gets one more. */
export interface BlockWord {
  /** Of the condition: bindings find it by that. */
  readonly name: string;
  readonly value: string;
  /** What fills the value, as the bindings file has it. */
  readonly filler: string;
  /** Whether the filler may give several words, with commas between them. */
  readonly isList?: true;
}

/** A key of a stage file. */
export type BlockKey = "hours" | "agents" | "languages" | "flex";

export interface Block {
  readonly name: string;
  /** What a customer notices, one sentence. */
  readonly about: string;
  readonly parts: readonly BlockPart[];
  readonly word?: BlockWord;
  /** Functions that its widgets run, or that run because of it. */
  readonly functions: readonly string[];
  /** Texts that a stage may have otherwise: place, and the wording's name. */
  readonly wordings: Readonly<Record<string, string>>;
  /** Other places, each with what fills it as the bindings file has it. */
  readonly fillers?: Readonly<Record<string, string>>;
  readonly keys: readonly BlockKey[];
  /** A block that has to be there before. */
  readonly after?: string;
}

const zeros = (prefix: string) => prefix + "0".repeat(32);

/** A Run Function widget; `line` among the parameters is filled by the line's own name. */
export function runs(
  name: string,
  parameters: Readonly<Record<string, string>>,
  { success, fail }: { readonly success?: string; readonly fail?: string },
): BlockWidget {
  return {
    name,
    type: "run-function",
    transitions: [leads("success", success), leads("fail", fail)],
    properties: {
      service_sid: zeros("ZS"),
      environment_sid: zeros("ZE"),
      function_sid: zeros("ZH"),
      parameters: Object.entries(parameters).map(([key, value]) => ({ key, value })),
      url: `https://support-line-0000.twil.io/${name}`,
    },
  };
}

/** A message to the customer. */
export function says(name: string, body: string, sent?: string): BlockWidget {
  return {
    name,
    type: "send-message",
    transitions: [leads("sent", sent), leads("failed", sent)],
    properties: {
      service: "{{trigger.message.InstanceSid}}",
      channel: "{{trigger.message.ChannelSid}}",
      from: "{{flow.channel.address}}",
      to: "{{contact.channel.address}}",
      body,
    },
  };
}

/** A split by what a text is; each branch takes a value, or one of several with commas between them. */
export function splits(
  name: string,
  input: string,
  branches: readonly { readonly name: string; readonly value: string; readonly next?: string }[],
  noMatch?: string,
): BlockWidget {
  return {
    name,
    type: "split-based-on",
    transitions: [
      leads("noMatch", noMatch),
      ...branches.map((branch) => ({
        ...leads("match", branch.next),
        conditions: [conditionOf(branch.name, input, branch.value)],
      })),
    ],
    properties: { input },
  };
}

/** A condition of a split. @param isList whether bindings may fill in several words */
export function conditionOf(name: string, input: string, value: string, isList = value.includes(",")) {
  const type = value === " " ? "is_blank" : isList ? "matches_any_of" : "equal_to";
  return { friendly_name: name, arguments: [input], type, value };
}

const leads = (event: string, next: string | undefined): BlockTransition =>
  next === undefined ? { event } : { event, next };

/** What every Function of a block is told. */
export const conversation = { conversationID: "{{trigger.conversation.ConversationSid}}" };
export const line = { line: "support" };
export const now = { now: '{{"now" | date: "%s"}}' };

/** What a stage supplies to the bindings of a line's Flow. Whatever a host fills in (Pulumi Outputs, texts) is passed through. */

/** What a Run Function widget needs to call a Function. */
export interface FunctionPlace {
  readonly serviceSid: unknown;
  readonly environmentSid: unknown;
  readonly functionSid: unknown;
  readonly url: unknown;
}

/** Where an Asset that anybody may read is served. */
export interface AssetPlace {
  readonly url: unknown;
}

/** Texts in which a stage differs from the template, by the names that the stage file has for them. */
export type Texts = Readonly<
  Partial<
    Record<
      | "agentAdded"
      | "noAgent"
      | "agentRemoved"
      | "agentReplaced"
      | "agentFree"
      | "stillWaiting"
      | "oneMoment"
      | "nobodyAnswered"
      | "closedHours"
      | "conversationClosed"
      | "languageChosen"
      | "briefing"
      | "toFlex",
      string | undefined
    >
  >
>;

/** A language that customers may choose. */
export interface SpokenLanguage {
  readonly name: string;
  readonly keyword: string;
  readonly wordings: Texts;
}

export interface LineValues {
  /** Name of the line, for the Functions. */
  readonly line: string;
  /** By name of the Function. */
  readonly functions: Readonly<Record<string, FunctionPlace>>;
  /** By path, `/prices.html`. */
  readonly assets: Readonly<Record<string, AssetPlace>>;
  readonly wordings: Texts;
  readonly keywords: Readonly<Partial<Record<"support" | "done" | "close", string | undefined>>>;
  /** Words that call a queue of the line. */
  readonly queueKeywords: readonly string[];
  readonly languages: readonly SpokenLanguage[];
  /** Seconds that an agent has for a first answer. */
  readonly answerWithin: number;
  /** Where customers are handed over, in a stage with Flex. */
  readonly flex?: FlexPlace | undefined;
}

/** What a Send To Flex widget needs. */
export interface FlexPlace {
  readonly workflowSid: unknown;
  readonly taskChannelSid: unknown;
  /** Seconds that a Task waits. */
  readonly timeoutSeconds: number;
}

/** What `lineValues` reads of a stage and of one of its lines. */
interface StageOf {
  readonly wordings: Texts;
  readonly keywords: LineValues["keywords"];
  readonly languages: readonly SpokenLanguage[];
}
interface LineOf {
  readonly name: string;
  readonly queues: readonly { readonly keyword: string }[];
  /** Minutes. */
  readonly answerWithin: number;
}

/** The values of one line of a stage. */
export function lineValues(
  { wordings, keywords, languages }: StageOf,
  { name, queues, answerWithin }: LineOf,
  functions: LineValues["functions"],
  flex?: FlexPlace,
  assets: LineValues["assets"] = {},
): LineValues {
  return {
    line: name,
    functions,
    assets,
    wordings,
    keywords,
    languages,
    queueKeywords: queues.map(({ keyword }) => keyword),
    answerWithin: answerWithin * 60,
    flex,
  };
}

/**
 * What nobody can know about Studio without asking a live account, as named switches: positions, default, reason. The
 * host of an engine may set them; docs/explanation/studio.md says what each changes.
 */
export const studioSwitches = {
  /**
   * Where the reply to Send & Wait For Reply stands in a Conversation. Twilio's sample Flow reads `inbound.Body`, its
   * skill file says that replies land in `trigger.conversation`: filling both serves either.
   */
  replyLocation: { positions: ["both", "inbound", "trigger"], default: "both" },
  /** Several conditions on one transition: the editor writes one each, and no page says how several are joined. */
  conditionsJoin: { positions: ["and", "or"], default: "and" },
  /**
   * What a template that fails comes to, beside warning 81018: error page 81018 says that the Execution goes on and not
   * with what. Missing values are empty, so a failure is too; the other reading is the text as it was written.
   */
  failingTemplate: { positions: ["empty", "literal"], default: "empty" },
  /**
   * Whether an answer of type `application/json;charset=utf-8` is parsed. The widget pages say `application/json`, and
   * most servers add the charset.
   */
  jsonContentType: { positions: ["withParameters", "exact"], default: "withParameters" },
  /**
   * What crosses between a Flow and its subflow. The Subflows page says simple values alone, while the widget can parse
   * a parameter as JSON: lists and objects then stay text on the way in and behind on the way out, or cross as they are.
   */
  subflowValues: { positions: ["simple", "any"], default: "simple" },
} as const;

export type StudioSwitches = {
  readonly [Name in keyof typeof studioSwitches]: (typeof studioSwitches)[Name]["positions"][number];
};

/** Every switch in its default position. */
export const defaultStudioSwitches: StudioSwitches = {
  replyLocation: studioSwitches.replyLocation.default,
  conditionsJoin: studioSwitches.conditionsJoin.default,
  failingTemplate: studioSwitches.failingTemplate.default,
  jsonContentType: studioSwitches.jsonContentType.default,
  subflowValues: studioSwitches.subflowValues.default,
};

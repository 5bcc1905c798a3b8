/** What a conversation test refuses, by code: what is said and whose fault it is. */
export const conversationErrors = {
  "no-function": {
    fault: "user",
    text: 'The widget {widget} runs the Function {name}, and nothing answers for it: give functions: { "{name}": … } to the world, call functions.answers("{name}", …), or run the real ones with functionsFrom(folder).',
  },
  "no-server": {
    fault: "user",
    text: 'The widget {widget} asks {url}, and nothing answers there: give http: { "{url}": … } to the world, or call http.answers("{url}", …).',
  },
  "not-here": { fault: "user", text: "{what} cannot be had {world}: {because}." },
  "no-such-person": { fault: "user", text: "Nobody is called {name} here; there are {known}." },
  "no-text": {
    fault: "user",
    text: "No widget {widget} of this Flow says anything; those that do are {known}.",
  },
  "no-call": { fault: "user", text: "{name} is on no call, so there is nobody to {what}." },
  "no-ringing": { fault: "user", text: "No phone of {name} rings, and no call waits to be taken." },
  "not-asked": { fault: "user", text: "Nothing on the call waits for {what}; it waits for {waits}." },
  "twilio-refused": { fault: "user", text: "Twilio refuses {url}: {problem}" },
  "flow-failed": { fault: "user", text: "The Flow cannot go on: {problem}" },
  "control-refused": { fault: "twilio", text: "{path} answered {status}: {problem}" },
} as const;

export type ConversationErrorCode = keyof typeof conversationErrors;

/** The one error of conversation tests; what a person was to hear and did not is a `ConversationFailure`. */
export class ConversationError extends Error {
  readonly code: ConversationErrorCode;

  constructor(code: ConversationErrorCode, values: Readonly<Record<string, string>> = {}) {
    super(conversationErrors[code].text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""));
    this.name = "ConversationError";
    this.code = code;
  }
}

/** What keeps a Flow from being run, bound or read, by code: the template of its message. All of it is the Flow's fault. */
export const studioErrors = {
  "unknown-widget":
    'widget {widget} has type "{type}", which this engine cannot run{likely}; it runs {known}',
  "not-started": "an Execution begins with the event started, and this event is {event}",
  "no-such-widget": "a transition of {from} leads to {widget}, which the Flow does not have",
  "invalid-properties": "widget {widget} cannot run, because Studio would refuse its {property}: {problem}",
  "duplicate-widget": "two widgets are called {widget}; each name may appear once in a Flow; rename one",
  "no-such-place": "bindings name places that the template does not have: {problems}",
  "unfilled-place": "placeholders that no binding fills: {places}; bind each to a value that the stage has",
} as const;

export type StudioErrorCode = keyof typeof studioErrors;

/** A Flow that cannot be run or bound. */
export class StudioError extends Error {
  readonly code: StudioErrorCode;

  constructor(code: StudioErrorCode, values: Readonly<Record<string, string>>) {
    super(studioErrors[code].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""));
    this.name = "StudioError";
    this.code = code;
  }
}

/** What keeps a Flow from being run, bound or read, by code: the template of its message. All of it is the Flow's fault. */
export const studioErrors = {
  "unknown-widget": 'widget {widget} has type "{type}", which this engine cannot run; it runs {known}',
  "no-such-widget": "a transition of {from} leads to {widget}, which the Flow does not have",
  "invalid-properties": "widget {widget}: {problem}",
  "no-such-place": "the binding {place} names a place that the template does not have: {problem}",
  "unfilled-place":
    "{place} holds the placeholder {value} and no binding fills it; add one to the bindings file",
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

/** What keeps a Flow from being read or written as code, by code: the template of its message. The Flow is at fault. */
export const typedFlowErrors = {
  "exit-is-widget": "a part's exit is called {name} as one of its widgets; give either another name",
  "no-file": "{file} is not there; name a .ts file whose default export is a Flow",
  "does-not-load": "{file} cannot be loaded: {problem}",
  "no-flow":
    "{file} has no Flow as its default export; write `export default flow({…})`, with flow from @support-line/studio/typed",
  "no-definition":
    "this is not a Flow Definition: {problem}; take one as Studio's editor exports it, an object with initial_state and states",
  "duplicate-widget": "two widgets are called {name}; each name may appear once in a Flow; rename one",
} as const;

export type TypedFlowErrorCode = keyof typeof typedFlowErrors;

/** A Flow that cannot be read or written as code. */
export class TypedFlowError extends Error {
  readonly code: TypedFlowErrorCode;

  constructor(code: TypedFlowErrorCode, values: Readonly<Record<string, string>>, options?: ErrorOptions) {
    const message = typedFlowErrors[code].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
    super(message, options);
    this.name = "TypedFlowError";
    this.code = code;
  }
}

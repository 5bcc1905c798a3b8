/** Everything that keeps a Function from running, by code: the template of its message, and whose fault it is. */
export const functionsErrors = {
  "no-deployment": { fault: "user", template: "nothing is deployed at {domain}" },
  "child-died": { fault: "user", template: "the process of {domain} ended while {path} ran ({reason})" },
  "not-bundled": { fault: "user", template: "{faults}" },
  "same-path": {
    fault: "user",
    template:
      "{one} and {other} both answer at {path}, and Twilio runs only one of them; delete or rename one",
  },
  "bad-path": {
    fault: "user",
    template: "{file} would answer at {path}, which {why}, and Twilio refuses such a path; rename the file",
  },
  "child-start": { fault: "us", template: "the process of {domain} did not start: {reason}" },
} as const;

export type FunctionsErrorCode = keyof typeof functionsErrors;

/** A Function that could not be run at all. One that ran and failed is an `Invocation` with its `error`. */
export class FunctionsError extends Error {
  readonly code: FunctionsErrorCode;

  constructor(code: FunctionsErrorCode, values: Readonly<Record<string, string>>) {
    super(functionsErrors[code].template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""));
    this.name = "FunctionsError";
    this.code = code;
  }
}

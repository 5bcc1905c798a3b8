/** What the commands refuse, by code: what is said, and whose fault it is. */
export const cliErrors = {
  "not-set-up": {
    fault: "user",
    exitCode: 2,
    text: "The Pulumi CLI is not set up in this checkout: run npm run setup in it.",
  },
} as const;

/** The one error of the commands; `pulumi.ts` turns it into a line and an exit code. */
export class CliError extends Error {
  readonly code: keyof typeof cliErrors;

  constructor(code: keyof typeof cliErrors) {
    super(cliErrors[code].text);
    this.name = "CliError";
    this.code = code;
  }
}

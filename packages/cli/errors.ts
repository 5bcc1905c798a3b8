/** What the commands refuse, by code: what is said, whose fault it is, and the exit code. */
export const cliErrors = {
  "not-set-up": {
    fault: "user",
    exitCode: 2,
    text: "The Pulumi CLI is not set up in this checkout: run npm run setup in it.",
  },
  "stage-not-deployed": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} is not deployed, or not by this version of the stack: run npx pulumi up -s {stage}.",
  },
  "pulumi-failed": { fault: "user", exitCode: 3, text: "pulumi {command} failed: {problem}" },
  "no-such-line": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has no line {line}; it has {known}.",
  },
  "no-auth-token": {
    fault: "user",
    exitCode: 2,
    text: "Protected Functions take what is signed with the account's auth token, and an API key cannot sign: set TWILIO_AUTH_TOKEN to that of stage {stage}'s account.",
  },
  "no-credentials": {
    fault: "user",
    exitCode: 2,
    text: "Stage {stage} has no credentials at hand: set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, of its account.",
  },
  "twilio-refused": { fault: "twilio", exitCode: 3, text: "Twilio answered {problem}" },
  "no-address": {
    fault: "user",
    exitCode: 2,
    text: "{value} is no address: write +15550100201, or whatsapp:+15550100201.",
  },
  "one-of": { fault: "user", exitCode: 2, text: "Give one of {options}." },
  "function-refused": { fault: "twilio", exitCode: 3, text: "The Function answered {status}: {problem}" },
} as const;

/** The one error of the commands; each command turns it into a line and an exit code. */
export class CliError extends Error {
  readonly code: keyof typeof cliErrors;

  constructor(code: keyof typeof cliErrors, values: Readonly<Record<string, string>> = {}) {
    super(cliErrors[code].text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""));
    this.name = "CliError";
    this.code = code;
  }
}

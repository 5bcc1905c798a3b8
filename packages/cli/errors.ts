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
  "stages-to-mend": { fault: "user", exitCode: 1, text: "To mend: {stages}." },
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
  "git-failed": { fault: "user", exitCode: 2, text: "git {command} failed: {problem}" },
  "preview-failed": { fault: "user", exitCode: 3, text: "The preview of stage {stage} failed: {problem}" },
  "not-as-shown": {
    fault: "user",
    exitCode: 1,
    text: "Nothing was applied: what a deployment of stage {stage} would do is no longer what was shown. Preview it again and approve that.",
  },
  "github-refused": { fault: "user", exitCode: 3, text: "GitHub answered {status} to {what}." },
  "no-pull-request": {
    fault: "user",
    exitCode: 2,
    text: "No pull request to comment on: give --number, GITHUB_TOKEN and GITHUB_REPOSITORY, or --output with a file.",
  },
  "one-of": { fault: "user", exitCode: 2, text: "Give one of {options}." },
  "no-such-path": {
    fault: "user",
    exitCode: 2,
    text: "{path} is not there: name a Flow's file or a folder of Flows.",
  },
  "not-json": {
    fault: "user",
    exitCode: 2,
    text: "{path}:{line}:{column} is no JSON: {problem}. Export the Flow again from Studio's editor, or mend it there.",
  },
  "not-a-flow": {
    fault: "user",
    exitCode: 2,
    text: "{path} is no Flow: {problem}. A Flow Definition has initial_state and states, as Studio's editor exports it.",
  },
  "exports-no-flow": { fault: "user", exitCode: 2, text: "{problem}" },
  "not-typed": { fault: "user", exitCode: 2, text: "{problem}" },
  "no-answer": {
    fault: "user",
    exitCode: 2,
    text: "{asked} is asked and nothing answers: give {option}, or say so before it is asked: /answers {of} {example}.",
  },
  "too-large": {
    fault: "user",
    exitCode: 2,
    text: "{path} has {size} MB, and no Flow has more than {most}: is it another file?",
  },
  "no-flows": {
    fault: "user",
    exitCode: 2,
    text: "{path} has no Flow in it: name a folder with Flow Definitions (*.json), or a file.",
  },
  "one-flow": {
    fault: "user",
    exitCode: 2,
    text: "{path} has {count} Flows, and {command} takes one: name one of {names}.",
  },
  "no-such-code": { fault: "user", exitCode: 2, text: "There is no advice {code}; there is {known}." },
  "unlike-paths": {
    fault: "user",
    exitCode: 2,
    text: "{one} and {other} do not compare: name two Flows, or two folders of Flows.",
  },
  "no-such-folder": {
    fault: "user",
    exitCode: 2,
    text: "{path} is no folder: name the one that holds the Functions, or leave {option} out.",
  },
  "bad-value": { fault: "user", exitCode: 2, text: "{option} {value}: {problem}" },
  "bad-line": { fault: "user", exitCode: 2, text: "{place}: {problem}" },
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

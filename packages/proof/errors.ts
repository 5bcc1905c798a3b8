/** What the proof refuses, and what refused it, by code: what is said, and the exit code. */
export const proofErrors = {
  "bad-use": { exitCode: 2, text: "{problem}" },
  "unfinished-run": {
    exitCode: 2,
    text: "An earlier run on {stage} did not finish ({file}): go on with --resume, or remove what it left with --clean-up.",
  },
  "nothing-unfinished": {
    exitCode: 2,
    text: "No run on {stage} is unfinished in {folder}: nothing is left to {what}.",
  },
  "other-account": {
    exitCode: 2,
    text: "{file} is of another account than the one whose credentials are set: set those of the account that was asked.",
  },
  unreachable: { exitCode: 3, text: "{host} does not answer ({reason}): {wayOut}." },
  refused: { exitCode: 3, text: "{what} was refused: {status} {problem}" },
  "left-behind": {
    exitCode: 3,
    text: "{count} could not be removed ({reason}); run it again with --clean-up.",
  },
} as const;
export type ProofErrorCode = keyof typeof proofErrors;

/** The one error of the proof. */
export class ProofError extends Error {
  readonly code: ProofErrorCode;
  readonly exitCode: 2 | 3;

  constructor(code: ProofErrorCode, values: Readonly<Record<string, string>> = {}) {
    super(proofErrors[code].text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""));
    this.name = "ProofError";
    this.code = code;
    this.exitCode = proofErrors[code].exitCode;
  }
}

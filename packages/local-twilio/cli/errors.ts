/** What ends a command other than well: the exit code says whose turn it is. */

/** 1 findings, 2 wrong use, 3 Twilio or network. */
export type ExitCode = 1 | 2 | 3;

export class CommandError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
}

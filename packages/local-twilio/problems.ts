/** What went wrong behind the scenes: faults of ours that no request can carry back. Never message texts or numbers of people. */

export interface Problems {
  readonly report: (error: unknown) => void;
  /** The last twenty. */
  list(): readonly { readonly at: string; readonly message: string }[];
  /** Work that outlives the local Twilio fails because of that alone: from now on nothing is a problem. */
  close(): void;
}

/** Keeps the last problems for `status` and tells `tell` of each; standard error is told, unless said otherwise. */
export function openProblems(tell: (error: unknown) => void = writeToStandardError): Problems {
  const problems: { at: string; message: string }[] = [];
  let isClosed = false;
  return {
    report(error) {
      if (isClosed) return;
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ at: new Date().toISOString(), message });
      if (problems.length > 20) problems.shift();
      tell(error);
    },
    list: () => problems,
    close: () => void (isClosed = true),
  };
}

function writeToStandardError(error: unknown): void {
  // What is not played is nobody's fault: where in here it was noticed helps nobody.
  const isFault = error instanceof Error && error.name !== "NotPlayed";
  const text = isFault
    ? (error.stack ?? error.message)
    : error instanceof Error
      ? error.message
      : String(error);
  process.stderr.write(`local-twilio: ${text}\n`);
}

/** What went wrong behind the scenes: faults of ours that no request can carry back. Never message texts or numbers of people. */

export interface Problems {
  readonly report: (error: unknown) => void;
  /** The last twenty. */
  list(): readonly { readonly at: string; readonly message: string }[];
}

/** Keeps the last problems for `status` and writes each to standard error. */
export function openProblems(): Problems {
  const problems: { at: string; message: string }[] = [];
  return {
    report(error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      problems.push({ at: new Date().toISOString(), message: error instanceof Error ? error.message : text });
      if (problems.length > 20) problems.shift();
      process.stderr.write(`local-twilio: ${text}\n`);
    },
    list: () => problems,
  };
}

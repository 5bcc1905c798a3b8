/** The last REST calls, for `control` and for whoever counts them. In memory: it describes a run, not the account. */

export interface LoggedCall {
  readonly id: number;
  readonly at: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number | "dropped";
  readonly ms: number;
  /** SID that signed it, null when nobody was recognised. */
  readonly who: string | null;
  readonly agent: string | null;
}

const kept = 20_000;

export interface CallLog {
  add(call: Omit<LoggedCall, "id">): void;
  list(): readonly LoggedCall[];
  clear(): void;
}

/** A log that keeps the last 20,000 calls. */
export function openCallLog(): CallLog {
  let calls: LoggedCall[] = [];
  let id = 0;
  return {
    add(call) {
      calls.push({ id: ++id, ...call });
      if (calls.length > kept * 1.1) calls = calls.slice(-kept);
    },
    list: () => calls.slice(-kept),
    clear() {
      calls = [];
    },
  };
}

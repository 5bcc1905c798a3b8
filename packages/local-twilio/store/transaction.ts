/** Transactions that nest (savepoints) and remember what is to happen once the outermost one has committed. */
import type { DatabaseSync } from "node:sqlite";

export interface Transactions {
  /** All or nothing; nests. */
  readonly run: <Result>(work: () => Result) => Result;
  /** Runs `work` when what is being written is committed: at once outside a transaction, never after a rollback. */
  afterCommit(work: () => void): void;
}

/** Transactions on one connection. */
export function openTransactions(database: DatabaseSync): Transactions {
  let depth = 0;
  let pending: (() => void)[] = [];
  return {
    run(work) {
      const outer = depth;
      const mark = pending.length;
      database.exec(outer === 0 ? "begin immediate" : `savepoint level${outer}`);
      depth = outer + 1;
      let result;
      try {
        result = work();
        database.exec(outer === 0 ? "commit" : `release level${outer}`);
        depth = outer;
      } catch (error) {
        depth = outer;
        pending.length = mark;
        if (outer > 0) database.exec(`rollback to level${outer}; release level${outer}`);
        else if (database.isTransaction) database.exec("rollback");
        throw error;
      }
      if (outer === 0) {
        const due = pending;
        pending = [];
        for (const callback of due) callback();
      }
      return result;
    },
    afterCommit(work) {
      if (depth === 0) work();
      else pending.push(work);
    },
  };
}

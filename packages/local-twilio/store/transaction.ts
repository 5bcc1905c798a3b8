/** Transactions that nest (savepoints) and remember what is to happen once the outermost one has committed. */
import type { DatabaseSync, StatementSync } from "node:sqlite";

export interface Transactions {
  /** All or nothing; nests. */
  readonly run: <Result>(work: () => Result) => Result;
  /** Runs `work` when what is being written is committed: at once outside a transaction, never after a rollback. */
  afterCommit(work: () => void): void;
  /** Marks this moment; `rollBack` comes back to the last mark, which stays. Until it is dropped nothing is durable. */
  mark(): void;
  rollBack(): void;
  dropMark(): void;
}

/** Transactions on one connection. */
export function openTransactions(database: DatabaseSync): Transactions {
  let depth = 0;
  let marks = 0;
  let pending: (() => void)[] = [];
  const statements = new Map<string, StatementSync>();
  /** They come with every message: compiled once. */
  const execute = (sql: string): void => {
    let statement = statements.get(sql);
    if (statement === undefined) statements.set(sql, (statement = database.prepare(sql)));
    statement.run();
  };
  return {
    run(work) {
      const outer = depth;
      const mark = pending.length;
      const isReal = outer === 0 && marks === 0;
      execute(isReal ? "begin immediate" : `savepoint level${outer}`);
      depth = outer + 1;
      let result;
      try {
        result = work();
        execute(isReal ? "commit" : `release level${outer}`);
        depth = outer;
      } catch (error) {
        depth = outer;
        pending.length = mark;
        if (!isReal) database.exec(`rollback to level${outer}; release level${outer}`);
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
    mark() {
      marks += 1;
      database.exec(`savepoint mark${marks}`);
    },
    rollBack: () => database.exec(`rollback to mark${marks}`),
    dropMark() {
      database.exec(`release mark${marks}`);
      marks -= 1;
    },
  };
}

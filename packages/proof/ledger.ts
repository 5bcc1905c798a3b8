/**
 * The file of a run: what it will have made, before it makes it, and what it saw. Whatever ends the run, this says what to
 * remove and where to go on. It holds SIDs of the account and stays on the machine; the proof that comes of it holds none.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fact, Unasked } from "@support-line/local-twilio/proof";
import { z } from "zod";
import type { Notes } from "./account.ts";
import { ProofError } from "./errors.ts";
import type { Numbers } from "./probe.ts";

const place = z.object({ account: z.string(), url: z.string() });
export type Place = z.output<typeof place>;

const question = { id: z.string(), asks: z.string(), source: z.string() };
const schema = z.object({
  account: z.string(),
  /** Begins every name that the run gives. */
  prefix: z.string(),
  /** Null: everything is made in the account itself. */
  subAccount: z.string().nullable(),
  numbers: z.object({ line: z.string(), phone: z.string() }).nullable(),
  parts: z.array(z.string()),
  /** Collections in which something may be that nobody noted the SID of. */
  collections: z.array(place),
  made: z.array(place),
  done: z.array(z.string()),
  facts: z.array(z.object({ ...question, saw: z.json() })),
  notAsked: z.array(z.object({ ...question, why: z.string() })),
});
type Kept = z.output<typeof schema>;

/** A run as it is kept. */
export interface Ledger extends Notes {
  readonly file: string;
  readonly account: string;
  readonly prefix: string;
  readonly subAccount: string | null;
  readonly numbers: Numbers | null;
  readonly parts: readonly string[];
  readonly facts: readonly Fact[];
  readonly notAsked: readonly Unasked[];
  readonly collections: readonly Place[];
  /** What was made and is not known to be gone. */
  readonly left: readonly Place[];
  isDone(probe: string): boolean;
  finish(probe: string, facts: readonly Fact[], notAsked: readonly Unasked[]): void;
  setSubAccount(sid: string | null): void;
  /** Everything is removed. */
  forgetMade(): void;
  /** The run is over: nothing is left to go on with. */
  close(): void;
}

const fileIn = (folder: string) => join(folder, "run.json");

/** Whether a run of this folder is unfinished. */
export function hasRun(folder: string): boolean {
  return existsSync(fileIn(folder));
}

/** Begins a run. */
export function beginLedger(
  folder: string,
  begun: Pick<Kept, "account" | "prefix" | "numbers" | "parts">,
): Ledger {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = { subAccount: null, collections: [], made: [], done: [], facts: [], notAsked: [], ...begun };
  return ledgerOf(fileIn(folder), kept);
}

/**
 * The run that is unfinished in a folder.
 *
 * @throws ProofError `bad-use` when the file is damaged
 */
export function openLedger(folder: string): Ledger {
  const file = fileIn(folder);
  try {
    return ledgerOf(file, schema.parse(JSON.parse(readFileSync(file, "utf8"))));
  } catch {
    const problem = `${file} is no run: remove what begins with "proof-" from the account by hand, and the file.`;
    throw new ProofError("bad-use", { problem });
  }
}

function ledgerOf(file: string, kept: Kept): Ledger {
  const write = (): void => {
    writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const isSame = (a: Place, b: Place) => a.account === b.account && a.url === b.url;
  const add = (list: Place[], one: Place): void => {
    if (list.some((each) => isSame(each, one))) return;
    list.push(one);
    write();
  };
  write();
  return {
    file,
    account: kept.account,
    prefix: kept.prefix,
    numbers: kept.numbers,
    parts: kept.parts,
    facts: kept.facts,
    notAsked: kept.notAsked,
    get subAccount() {
      return kept.subAccount;
    },
    get collections() {
      return kept.collections;
    },
    get left() {
      return kept.made;
    },
    intends: (account, url) => add(kept.collections, { account, url }),
    made: (account, url) => add(kept.made, { account, url }),
    isDone: (probe) => kept.done.includes(probe),
    finish(probe, facts, notAsked) {
      kept.done.push(probe);
      kept.facts.push(...facts);
      kept.notAsked.push(...notAsked);
      write();
    },
    setSubAccount(sid) {
      kept.subAccount = sid;
      write();
    },
    gone(account, url) {
      kept.made = kept.made.filter((each) => !isSame(each, { account, url }));
      write();
    },
    forgetMade() {
      kept.made = [];
      kept.collections = [];
      write();
    },
    close: () => rmSync(file, { force: true }),
  };
}

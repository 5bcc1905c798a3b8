/** The local Twilios of this test worker: opened when a script needs one, taken by one after the other. */
import { createFunctionsPool } from "@support-line/functions-runtime";
import { openTwilio, type Mark, type OpenedTwilio, type StandIns } from "@support-line/local-twilio";
import { makeAccount, type Account } from "./account.ts";
import type { EngineWorldOptions } from "./options.ts";

/** A Twilio with an account made for a world, as it is when a script begins. */
export interface Lease {
  readonly twilio: OpenedTwilio;
  readonly account: Account;
  /** Who answers in place of Functions and servers from now on, and who is told of faults. */
  setStandIns(standIns: StandIns, report: (error: unknown) => void): void;
  /** The script is over: what it did is rolled back. */
  release(): Promise<void>;
}

interface Held {
  readonly twilio: OpenedTwilio;
  readonly base: Mark;
  standIns: StandIns;
  report: (error: unknown) => void;
  /** Whose account it has, and how it was when that was made. */
  made: { readonly options: EngineWorldOptions; readonly account: Account; readonly mark: Mark } | null;
}

/** How many are kept; beyond that the account of the one that was used least lately is made anew. */
const mostKept = 4;

let free: Held[] = [];
let open = 0;
/** The real Functions of all worlds run in the processes of one pool. */
const functionsPool = createFunctionsPool();
const users = new Set<EngineWorldOptions>();

/** Twilios for the scripts of one world. */
export function takeTwilio(options: EngineWorldOptions): {
  lease(): Promise<Lease>;
  /** No more scripts are to come; with the last world the Twilios are closed. */
  close(): Promise<void>;
} {
  return {
    async lease() {
      users.add(options);
      const held = await take(options);
      try {
        const { account, mark } = await furnished(held, options);
        return {
          twilio: held.twilio,
          account,
          setStandIns(standIns, report) {
            held.standIns = standIns;
            held.report = report;
          },
          async release() {
            await mark.rollBack();
            await putBack(held);
          },
        };
      } catch (error) {
        await toBase(held);
        await putBack(held);
        throw error;
      }
    },
    async close() {
      users.delete(options);
      if (users.size > 0) return;
      const all = free;
      free = [];
      open -= all.length;
      for (const { twilio } of all) await twilio.close();
      await functionsPool.close();
    },
  };
}

/** One that has this world's account, else one that has none, else a new one, else the one used least lately. */
async function take(options: EngineWorldOptions): Promise<Held> {
  const [own] = free.filter(({ made }) => made?.options === options);
  const [bare] = free.filter(({ made }) => made === null);
  const held = own ?? bare ?? (open < mostKept ? undefined : free[0]);
  if (held === undefined) return openOne();
  free = free.filter((each) => each !== held);
  return held;
}

async function putBack(held: Held): Promise<void> {
  if (users.size > 0) {
    free.push(held);
    return;
  }
  open -= 1;
  await held.twilio.close();
  await functionsPool.close();
}

async function openOne(): Promise<Held> {
  open += 1;
  const held: { current?: Held } = {};
  const twilio = await openTwilio({
    memory: true,
    clock: "manual",
    seeds: [{}],
    functionsPool,
    standIns: {
      functions: async (request) => held.current?.standIns.functions?.(request),
      servers: async (request) => held.current?.standIns.servers?.(request),
    },
    report: (error) => held.current?.report(error),
  });
  const none = { standIns: {}, report: () => undefined, made: null };
  return (held.current = { twilio, base: twilio.mark(), ...none });
}

async function furnished(held: Held, options: EngineWorldOptions): Promise<NonNullable<Held["made"]>> {
  if (held.made?.options === options) return held.made;
  await toBase(held);
  const problems: unknown[] = [];
  held.report = (error) => void problems.push(error);
  const account = await makeAccount(held.twilio, options);
  if (problems.length > 0) throw problems[0];
  return (held.made = { options, account, mark: held.twilio.mark() });
}

async function toBase(held: Held): Promise<void> {
  held.made?.mark.drop();
  held.made = null;
  held.standIns = {};
  await held.base.rollBack();
}

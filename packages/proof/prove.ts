/** A run: the probes, one after the other, on one Twilio. */
import type { Fact, Seen, Unasked } from "@support-line/local-twilio/proof";
import { fieldOf, textOf, openAccount, type Account, type Login } from "./account.ts";
import { cleanUp } from "./clean-up.ts";
import type { Run } from "./compare.ts";
import { ProofError } from "./errors.ts";
import { openFixtures } from "./fixtures.ts";
import type { Ledger } from "./ledger.ts";
import { mask, maskText, type Known } from "./mask.ts";
import type { Asked, Probe } from "./probe.ts";

export interface RunOptions {
  readonly login: Login;
  readonly ledger: Ledger;
  readonly probes: readonly Probe[];
  /** Ends the run; what it made is removed all the same. */
  readonly signal: AbortSignal;
  /** Told which probe begins, and of how many. */
  readonly onProbe?: (name: string, index: number, count: number) => void;
  /** Makes nothing in a sub-account. */
  readonly noSubAccount?: boolean;
}

/**
 * Asks what is not asked yet, and removes whatever was made, also when it fails or is ended.
 *
 * @throws ProofError `unreachable` or `refused`; what was seen until then is kept for a run that goes on
 */
export async function askAll(options: RunOptions): Promise<Run> {
  const { login, ledger, signal } = options;
  let failure: Error | undefined;
  try {
    await runProbes(options);
  } catch (error) {
    failure = errorOf(error);
  }
  // Cleaning up goes on when the run was ended: only a second end stops it.
  const never = new AbortController().signal;
  try {
    await removeAll(login, ledger, never);
  } catch (error) {
    // What ended the run is said; what it left stands in the ledger.
    failure ??= errorOf(error);
  }
  if (failure !== undefined) throw failure;
  signal.throwIfAborted();
  return { facts: ledger.facts, notAsked: ledger.notAsked };
}

const errorOf = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/**
 * Removes everything that a run made, whatever ended it.
 *
 * @throws ProofError `left-behind`, `unreachable`, `refused`
 */
export async function removeAll(login: Login, ledger: Ledger, signal: AbortSignal): Promise<void> {
  await cleanUp(ledger, await accountsOf(login, ledger, signal));
  ledger.setSubAccount(null);
}

/** The accounts of a run by SID: its own, and the sub-account where it has one. */
async function accountsOf(login: Login, ledger: Ledger, signal: AbortSignal): Promise<Map<string, Account>> {
  const own = await signIn(login, ledger, signal);
  const accounts = new Map([[login.accountSid, own]]);
  if (ledger.subAccount === null) return accounts;
  const sub = await own.ask("GET", accountUrl(ledger.subAccount));
  const authToken = textOf(sub.body, "auth_token");
  if (textOf(sub.body, "status") !== "active" || authToken === "") return accounts;
  const subLogin = { accountSid: ledger.subAccount, authToken, endpoint: login.endpoint };
  return accounts.set(ledger.subAccount, openAccount(subLogin, ledger, signal));
}

const accountUrl = (sid: string) => `api.twilio.com/2010-04-01/Accounts/${sid}.json`;

/**
 * Opens the account that was named.
 *
 * @throws ProofError `refused` when Twilio does not take the credentials: then a list of what is there would be none either
 */
async function signIn(login: Login, ledger: Ledger, signal: AbortSignal): Promise<Account> {
  const own = openAccount(login, ledger, signal);
  const check = await own.ask("GET", accountUrl(own.sid));
  if (check.status !== 200) throw refused("The account", check);
  return own;
}

async function runProbes(options: RunOptions): Promise<void> {
  const { login, ledger, probes, signal, onProbe = () => undefined } = options;
  const own = await signIn(login, ledger, signal);
  if (options.noSubAccount !== true) await openSubAccount(own, ledger, signal);
  const accounts = await accountsOf(login, ledger, signal);
  const home = accounts.get(ledger.subAccount ?? own.sid) ?? own;
  const fixtures = new Map([...accounts.keys()].map((sid) => [sid, openFixtures()]));
  const known: Known = {
    prefix: ledger.prefix,
    numbers: { ...ledger.numbers },
    secrets: [...accounts.values()].map((each) => each.login.authToken),
    endpoint: login.endpoint,
  };
  for (const [index, probe] of probes.entries()) {
    signal.throwIfAborted();
    if (ledger.isDone(probe.name)) continue;
    onProbe(probe.name, index + 1, probes.length);
    // Numbers are the account's own, and stay there.
    const account = probe.needsNumbers === true || probe.part === "numbers" ? own : home;
    const held = fixtures.get(account.sid) ?? openFixtures();
    const { facts, notAsked } = await runProbe(probe, ledger, account, held, known, signal);
    ledger.finish(probe.name, facts, notAsked);
  }
}

async function runProbe(
  probe: Probe,
  { prefix, numbers }: Ledger,
  account: Account,
  fixtures: Asked["fixtures"],
  known: Known,
  signal: AbortSignal,
): Promise<{ readonly facts: Fact[]; readonly notAsked: Unasked[] }> {
  const seen = new Map<string, Seen>();
  const reasons = new Map<string, string>();
  let reason = "the probe did not come so far";
  if (probe.needsNumbers === true && numbers === null) {
    reason = "it needs two numbers of the account (--line, --phone)";
  } else {
    const asked: Asked = {
      ...{ account, fixtures, prefix, numbers },
      saw: (id, what) => void seen.set(id, mask(what, known)),
      notAsked: (id, why) => void reasons.set(id, why),
    };
    try {
      await probe.run(asked);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProofError) throw error;
      const [first = ""] = maskText(errorOf(error).message, known).split("\n");
      reason = `the probe ended early: ${first}`;
    }
  }
  const facts: Fact[] = [];
  const notAsked: Unasked[] = [];
  for (const { id, asks, source } of probe.questions) {
    const saw = seen.get(id);
    if (saw === undefined) notAsked.push({ id, asks, source, why: reasons.get(id) ?? reason });
    else facts.push({ id, asks, source, saw });
  }
  const stray = [...seen.keys()].find((id) => !probe.questions.some((each) => each.id === id));
  if (stray !== undefined) throw new Error(`${probe.name} answers ${stray}, which it does not ask`);
  return { facts, notAsked };
}

/** Makes a sub-account for the run, where the account may have one and it opens with a token of its own. */
async function openSubAccount(own: Account, ledger: Ledger, signal: AbortSignal): Promise<void> {
  const collection = "api.twilio.com/2010-04-01/Accounts.json";
  const made = await own.make(collection, { form: { FriendlyName: `${ledger.prefix}-account` } });
  if (made.status >= 300) return;
  const sid = textOf(made.body, "sid");
  ledger.setSubAccount(sid);
  const authToken = textOf(made.body, "auth_token");
  const sub = openAccount({ ...own.login, accountSid: sid, authToken }, ledger, signal);
  const opened = await sub.ask("GET", accountUrl(sid));
  if (opened.status === 200) return;
  await own.ask("POST", accountUrl(sid), { form: { Status: "closed" } });
  own.notes.gone(own.sid, accountUrl(sid));
  ledger.setSubAccount(null);
}

function refused(what: string, { status, body }: Awaited<ReturnType<Account["ask"]>>): ProofError {
  const message = fieldOf(body, "message");
  return new ProofError("refused", {
    what,
    status: String(status),
    problem: typeof message === "string" ? message : "",
  });
}

/** Removes what a run made, whatever ended it: by the SIDs that were noted, then by the names that were meant. */
import { below, fieldOf, listOf, textOf, type Account, type Answer } from "./account.ts";
import { ProofError } from "./errors.ts";
import type { Ledger } from "./ledger.ts";
import type { Seen } from "@support-line/local-twilio/proof";

/** How long something that is still under way (a text on its way) is asked to go, in seconds. */
const patience = 60;

/**
 * Removes everything that a run made and can still be there.
 *
 * @param accounts by SID, those of the run
 * @throws ProofError `left-behind` with the reason when something will not go
 */
export async function cleanUp(ledger: Ledger, accounts: ReadonlyMap<string, Account>): Promise<void> {
  const problems: string[] = [];
  const remove = async (account: Account, url: string): Promise<void> => {
    const answer = await account.until(patience, async () => {
      const tried = await removeOnce(account, url);
      // Of what is not done yet Twilio says so, and has it stay.
      return tried.status === 409 || fieldOf(tried.body, "code") === 20009 ? null : tried;
    });
    const isGone = answer !== null && (answer.status < 300 || answer.status === 404);
    if (!isGone) problems.push(answeredWith(url, answer?.status ?? "that it is not done yet"));
  };
  // The newest first: what was made later may be part of what was made before.
  for (const { account: sid, url } of [...ledger.left].reverse()) {
    const account = accounts.get(sid);
    if (account !== undefined) await remove(account, url);
  }
  for (const { account: sid, url } of [...ledger.collections].reverse()) {
    const account = accounts.get(sid);
    if (account === undefined) continue;
    const { found, problem } = await named(account, url, ledger.prefix);
    if (problem !== null) problems.push(problem);
    for (const one of found) await remove(account, one);
  }
  if (problems.length > 0) {
    const things = problems.length === 1 ? "1 thing" : `${problems.length} things`;
    throw new ProofError("left-behind", { count: things, reason: problems[0] ?? "" });
  }
  ledger.forgetMade();
}

/** A sub-account is closed, which ends all that is in it; everything else is deleted. */
function removeOnce(account: Account, url: string): Promise<Answer> {
  return isAccount(url) ? account.ask("POST", url, { form: { Status: "closed" } }) : account.remove(url);
}

const isAccount = (url: string) => /\/Accounts\/AC[0-9a-f]{32}\.json$/i.test(url);

/** URLs of what is in a collection under a name of the run, and why that may not be all. */
async function named(
  account: Account,
  collection: string,
  prefix: string,
): Promise<{ readonly found: readonly string[]; readonly problem: string | null }> {
  const found: string[] = [];
  const isOurs = (item: Seen) =>
    ["friendly_name", "unique_name", "body"].some((name) => textOf(item, name).startsWith(prefix)) &&
    textOf(item, "status") !== "closed";
  let page: string | null = `${collection}?PageSize=${collection.includes("/Webhooks") ? 5 : 100}`;
  while (page !== null) {
    const { status, body } = await account.ask("GET", page);
    // What the account may not have, or what went with what it was in, has no list: nothing of the run is there.
    if (status === 429 || status >= 500) return { found, problem: answeredWith(page, status) };
    if (status >= 300) break;
    const key = textOf(fieldOf(body, "meta"), "key") || lastWord(collection);
    for (const item of listOf(body, key)) {
      const sid = textOf(item, "sid");
      if (isOurs(item)) found.push(below(collection, sid));
    }
    page = nextOf(body, collection);
  }
  return { found, problem: null };
}

const answeredWith = (url: string, status: number | string) => `${url.split("/")[0]} answered ${status}`;

/** The API of 2010 calls a list as its path ends: `messages`. */
function lastWord(collection: string): string {
  const last = collection.split("/").at(-1) ?? "";
  return last.replace(/\.json$/, "").toLowerCase();
}

function nextOf(body: Seen, collection: string): string | null {
  const v1 = textOf(fieldOf(body, "meta"), "next_page_url");
  if (v1 !== "") return v1.replace(/^https?:\/\//, "");
  const old = textOf(body, "next_page_uri");
  return old === "" ? null : `${collection.split("/")[0]}${old}`;
}

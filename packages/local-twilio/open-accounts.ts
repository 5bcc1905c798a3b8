/**
 * The accounts of a local Twilio: the first one, and the subaccounts that it makes
 * (https://www.twilio.com/docs/iam/api/subaccounts). Each is a Twilio of its own, with its numbers, Services and Flows; clock,
 * phones and machine are one.
 */
import { defaultAccount } from "./account.ts";
import { collectServices } from "./collect-services.ts";
import { textOf } from "./json.ts";
import type { Accounts, Product, Services, Twilio } from "./product.ts";
import { openStates, type States } from "./state.ts";

const token = "twilio:api:Account";

/** What the tables call an account: the first one is ''. */
export function accountKey(accountSid: string): string {
  return accountSid === defaultAccount.accountSid ? "" : accountSid;
}

/** What one account alone has. */
export interface OwnParts {
  readonly accountSid: string;
  readonly services: Services;
  readonly state: States["of"];
}

interface Opened {
  readonly twilio: Twilio;
  readonly services: { open(): void };
  readonly states: States;
}

export interface OpenedAccounts extends Accounts {
  /** Starts what every account is made of. */
  start(): Promise<void>;
  /** Stops it. */
  stop(): Promise<void>;
  /** Every account forgets what memory holds of the store. */
  forget(): void;
  /** The store has become another: accounts that it does not have are closed, those that it has are opened. */
  follow(): Promise<void>;
}

/**
 * Opens the first account.
 *
 * @param products what every account is made of
 * @param twilioOf makes the Twilio of an account, from what it alone has
 */
export function openAccounts(
  products: readonly Product[],
  twilioOf: (own: OwnParts) => Twilio,
): OpenedAccounts {
  const openOne = (accountSid: string): Opened => {
    const services = collectServices(products, () => twilio);
    const states = openStates(() => twilio);
    const twilio: Twilio = twilioOf({ accountSid, services: services.services, state: states.of });
    return { twilio, services, states };
  };
  const first = openOne(defaultAccount.accountSid);
  const opened = new Map<string, Opened>([[defaultAccount.accountSid, first]]);

  const start = async ({ twilio, services }: Opened): Promise<void> => {
    services.open();
    for (const product of products) await product.start?.(twilio);
  };
  const stop = async ({ twilio }: Opened): Promise<void> => {
    for (const product of products) await product.stop?.(twilio);
  };
  const open = async (accountSid: string): Promise<void> => {
    if (opened.has(accountSid)) return;
    const one = openOne(accountSid);
    opened.set(accountSid, one);
    await start(one);
  };
  const follow = async (): Promise<void> => {
    const there = new Set(first.twilio.store.list(token).map(({ sid }) => sid));
    for (const [sid, one] of opened) {
      if (one === first || there.has(sid)) continue;
      opened.delete(sid);
      await stop(one);
    }
    for (const sid of there) await open(sid);
  };
  return {
    owner: first.twilio,
    all: () => [...opened.values()].map(({ twilio }) => twilio),
    find: (accountSid) => opened.get(accountSid)?.twilio,
    status: (accountSid) => textOf(first.twilio.store.find(token, accountSid)?.body["status"]),
    open,
    async start() {
      await start(first);
      await follow();
    },
    async stop() {
      for (const one of opened.values()) await stop(one);
    },
    forget() {
      for (const { states } of opened.values()) states.forget();
    },
    follow,
  };
}

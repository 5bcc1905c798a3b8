/** A local Twilio in this process: the store, the clock, the products. It listens where somebody needs it to, and only then. */
import type { FunctionsPool } from "@support-line/functions-runtime";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { defaultAccount } from "./account.ts";
import { openBackground } from "./background.ts";
import { openClock } from "./clock.ts";
import type { ControlParts } from "./control/parts.ts";
import { openEvents } from "./events.ts";
import { primaryToken } from "./http/auth-tokens.ts";
import { openCallLog } from "./http/call-log.ts";
import { caFile } from "./http/ca-file.ts";
import { openCertificateAuthority, type CertificateAuthority } from "./http/certificates.ts";
import { openDisturbances } from "./http/disturbances.ts";
import { listen, type Listening } from "./http/listen.ts";
import { rawRequest, type TwilioAnswer, type TwilioRequest } from "./http/request.ts";
import { indexRows } from "./http/rows.ts";
import { twilioHandler } from "./http/twilio-hosts.ts";
import { openLifecycles } from "./lifecycle/lifecycle.ts";
import { accountKey, openAccounts } from "./open-accounts.ts";
import manifest from "./package.json" with { type: "json" };
import { openPhones, type Phones } from "./phones.ts";
import { openProblems } from "./problems.ts";
import type { Product, RawRequest, RawResponse, Twilio } from "./product.ts";
import { products as registered } from "./products.ts";
import { applySeed, defaultSeed, type Seed } from "./seed.ts";
import { newSid } from "./sid.ts";
import type { StandIns } from "./stand-ins.ts";
import { emptyDatabase, openDatabase } from "./store/database.ts";
import { folderError, inFolder, takeFolder } from "./store/folder.ts";
import { openIdentity } from "./store/identity.ts";
import { openObjects } from "./store/objects.ts";
import { openSettings } from "./store/settings.ts";
import { openSwitches } from "./store/switches.ts";
import { openTransactions } from "./store/transaction.ts";
import { defaultSwitches, type Switches } from "./switches.ts";

/** Where the state is kept: a folder that no other may use at the same time, or memory, gone when it is closed. */
type Place = { readonly folder: string } | { readonly memory: true };

export type OpenOptions = Place & {
  /** With real time (the default), or by hand: it stands until `pass` moves it. */
  readonly clock?: "wall" | "manual";
  /** Milliseconds since 1970 at which a manual clock stands first; now unless said otherwise. */
  readonly now?: number;
  /** Listens from the start; 0 takes a free port. Without it, `listen` does when somebody needs it. */
  readonly port?: number;
  /** Positions of switches, kept in the store over restarts. */
  readonly switches?: Partial<Switches>;
  /** What the account has; nine numbers and a WhatsApp sender unless said otherwise. What is there already stays as it is. */
  readonly seeds?: readonly Seed[];
  /** Lets webhooks go to other machines; without it they reach this one alone and fail elsewhere, saying so. */
  readonly webhooksLeaveMachine?: boolean;
  /** Who answers in place of Functions and of other people's servers. */
  readonly standIns?: StandIns;
  /** Processes of Functions that this Twilio shares with others. */
  readonly functionsPool?: FunctionsPool;
  /** Told of what went wrong behind a request; standard error is, unless said otherwise. */
  readonly report?: (error: unknown) => void;
  /** Changes an answer on its way out: for a Twilio that is to differ from this one in something known. */
  readonly rewrite?: (request: RawRequest, response: RawResponse) => RawResponse;
};

/** A moment that the state can go back to. */
export interface Mark {
  /** Back to it, as often as it is wanted. What is under way is waited for. */
  rollBack(): Promise<void>;
  /** It is needed no more; the state stays as it is. */
  drop(): void;
}

export interface OpenedTwilio {
  readonly accountSid: string;
  /** What opens the account now: it can be rotated. */
  readonly authToken: string;
  /** Which Twilio this is: a reset makes it another. */
  readonly identity: string;
  readonly twilio: Twilio;
  /** What people do with their phones. */
  readonly phones: Phones;
  /** A request to a host of Twilio's, as over HTTP: `conversations.twilio.com/v1/Services`, by the account unless it brings an Authorization. */
  request(request: TwilioRequest): Promise<TwilioAnswer>;
  /** Listens, where it does not yet, and answers `http://127.0.0.1:<port>`. */
  listen(): Promise<string>;
  /** Resolves when nothing moves any more; timers do not count. */
  idle(): Promise<void>;
  /** Time passes: what is due on the way happens at its time, each thing after all that follows from the one before. */
  pass(seconds: number): Promise<void>;
  /** Adds what is missing of this to the account. */
  seed(seed: Seed): void;
  /** The next thing whose SID begins as this one does gets this one: for what an account is known to have. */
  giveSid(sid: string): void;
  /** Sets a clock without running anything on the way. */
  setClock(now: number): void;
  /** Positions of switches from now on. */
  setSwitches(positions: Partial<Switches>): void;
  /** Told of each request to the REST API and its answer; answers how to stop that. */
  onRequest(listener: (request: RawRequest, response: RawResponse) => void): () => void;
  /** Marks this moment. Marks nest. Only for state in memory: while there is one, nothing is durable. */
  mark(): Mark;
  /** Stops. What was answered is kept in the folder. */
  close(): Promise<void>;
}

/** How long a stop waits for what still goes on (a Function that runs), in real time. */
const patienceMs = 2000;

/**
 * Opens a local Twilio.
 *
 * @throws NewerDatabase when a later one wrote the folder; FolderError when the folder cannot be had; Error when the port
 *   cannot
 */
export async function openTwilio(options: OpenOptions): Promise<OpenedTwilio> {
  const products: readonly Product[] = Object.values(registered);
  const place = openPlace(options);
  const database = openedIn(place, () => openDatabase(place.kept));
  const transactions = openTransactions(database);
  const settings = openSettings(database);
  const identity = openIdentity(settings);
  const problems = openProblems(options.report);
  const clock = openClock(
    settings,
    options.clock === "manual" ? { manual: options.now ?? Date.now() } : "wall",
    problems.report,
  );
  const background = openBackground(problems.report);
  const lifecycles = openLifecycles(clock);
  const calls = openCallLog();
  const disturbances = openDisturbances();
  const switches = openSwitches(settings, options.switches);
  const listeners = new Set<(request: RawRequest, response: RawResponse) => void>();
  /** SIDs that somebody gave, by prefix. */
  const given = new Map<string, string[]>();
  let listening: Promise<Listening> | undefined;
  let port: number | undefined;

  const endpointNow = (): string => {
    if (port === undefined) throw new Error("the local Twilio listens nowhere yet");
    return `http://127.0.0.1:${port}`;
  };
  const accounts = openAccounts(products, ({ accountSid, services, state }): Twilio => {
    const key = accountKey(accountSid);
    const listenNow = async (): Promise<string> => {
      await openPort();
      // Who reaches it as an HTTPS proxy has to trust its CA.
      if (!existsSync(caFile(place.folder()))) await openAuthority();
      return endpointNow();
    };
    return {
      settings: {
        accountSid,
        get authToken() {
          return primaryToken(accounts.owner.store, accountSid);
        },
        webhooksLeaveMachine: options.webhooksLeaveMachine ?? false,
        standIns: options.standIns ?? {},
        functionsPool: options.functionsPool,
        get folder() {
          return place.folder();
        },
        get switches() {
          return switches.current();
        },
      },
      get accounts() {
        return accounts;
      },
      get endpoint() {
        return endpointNow();
      },
      listen: listenNow,
      async securePort() {
        await listenNow();
        return (await openPort()).securePort();
      },
      request: (request) => answer(request),
      store: openObjects(database, transactions, key),
      clock,
      events: openEvents(database, clock, transactions, key),
      services,
      lifecycles,
      state,
      sid: (prefix) => given.get(prefix)?.shift() ?? newSid(prefix),
      background: background.add,
      idle: background.idle,
    };
  });
  const twilio = accounts.owner;

  const seed = (seeded: Seed): void => twilio.store.transaction(() => applySeed(twilio, seeded));
  const furnish = (): void => {
    for (const each of options.seeds ?? [defaultSeed]) seed(each);
  };
  /** Waits for what is under way, and forgets what memory holds of the store. Time-outs run on the clock: it is cleared last. */
  const quiet = async (): Promise<void> => {
    lifecycles.clear();
    disturbances.clear();
    disturbances.latencyMs = 0;
    calls.clear();
    if (background.pending() > 0) {
      await Promise.race([background.idle(), setTimeout(patienceMs, undefined, { ref: false })]);
    }
    clock.clear();
    accounts.forget();
  };
  const reset = async (): Promise<void> => {
    await quiet();
    transactions.run(() => emptyDatabase(database));
    identity.renew();
    clock.set(options.now ?? "real");
    switches.set({ ...defaultSwitches, ...options.switches });
    furnish();
    await accounts.follow();
    for (const product of products) await product.reset?.(twilio);
  };

  const behaviours = new Map(products.flatMap((product) => Object.entries(product.behaviours)));
  const rest = {
    twilio,
    rows: indexRows(),
    behaviourOf: (token: string) => behaviours.get(token) ?? {},
  };
  const answerTwilio = twilioHandler({ rest, products, clock, calls, disturbances, report: problems.report });
  const answer = async (request: RawRequest): Promise<RawResponse | null> => {
    const answered = await answerTwilio(request);
    const response = answered === null ? null : (options.rewrite?.(request, answered) ?? answered);
    if (response !== null) for (const listener of listeners) listener(request, response);
    return response;
  };
  const version = manifest.version;
  const control = lazyControl({
    ...{ twilio, version, identity, clock, calls, disturbances, switches, problems, background, lifecycles },
    reset,
    seed,
  });
  const started = Promise.withResolvers<void>();
  let authority: Promise<CertificateAuthority> | undefined;
  const openAuthority = () => (authority ??= openCertificateAuthority(twilio.settings.folder));
  const openPort = async (wanted = 0): Promise<Listening> => {
    listening ??= listen(wanted, {
      twilio: (request) => started.promise.then(() => answer(request)),
      control: (request, response) => started.promise.then(() => control(request, response)),
      authority: openAuthority,
      report: problems.report,
    });
    const opened = await listening;
    port = opened.port;
    // Who listens because a Function needs it keeps no process alive.
    if (options.port === undefined) opened.unref();
    return opened;
  };

  try {
    if (options.port !== undefined) await openPort(options.port);
    furnish();
    await accounts.start();
    started.resolve();
  } catch (error) {
    await (await listening?.catch(() => undefined))?.close();
    database.close();
    place.close();
    throw place.kept === null ? error : (folderError(error, place.kept) ?? error);
  }

  return {
    accountSid: defaultAccount.accountSid,
    get authToken() {
      return twilio.settings.authToken;
    },
    get identity() {
      return identity.current();
    },
    twilio,
    phones: openPhones(twilio),
    async request(request) {
      const response = await answer(await rawRequest(request, twilio.settings));
      return answerOf(response);
    },
    listen: () => twilio.listen(),
    idle: background.idle,
    async pass(seconds) {
      await background.idle();
      await clock.moveTo(clock.now() + seconds * 1000, background.idle);
    },
    seed,
    giveSid(sid) {
      const prefix = sid.slice(0, 2);
      given.set(prefix, [...(given.get(prefix) ?? []), sid]);
    },
    setClock: (now) => clock.set(now),
    setSwitches: (positions) => switches.set(positions),
    onRequest(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    mark() {
      if (place.kept !== null) throw new Error("a state that is kept in a folder cannot be rolled back");
      transactions.mark();
      const at = clock.now();
      return {
        async rollBack() {
          await quiet();
          transactions.rollBack();
          switches.reload();
          clock.set(at);
          await accounts.follow();
        },
        drop: () => transactions.dropMark(),
      };
    },
    async close() {
      await (await listening)?.close();
      // What is still under way may want the port that is gone.
      problems.close();
      await Promise.race([background.idle(), setTimeout(patienceMs, undefined, { ref: false })]);
      clock.clear();
      await accounts.stop();
      database.close();
      place.close();
    },
  };
}

interface OpenedPlace {
  readonly kept: string | null;
  readonly folder: () => string;
  readonly close: () => void;
}

/** What is opened in a place; when it cannot be, the place is free again. */
function openedIn<Opened>({ kept, close }: OpenedPlace, open: () => Opened): Opened {
  try {
    return kept === null ? open() : inFolder(kept, open);
  } catch (error) {
    close();
    throw error;
  }
}

/** The folder of the state, and the one of files that have to be somewhere: made when it is first asked for. */
function openPlace(options: Place): OpenedPlace {
  if ("folder" in options) {
    const { folder } = options;
    return { kept: folder, folder: () => folder, close: takeFolder(folder) };
  }
  let made: string | undefined;
  return {
    kept: null,
    folder: () => (made ??= mkdtempSync(join(tmpdir(), "local-twilio-"))),
    close() {
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
    },
  };
}

function answerOf(response: RawResponse | null): TwilioAnswer {
  if (response === null) throw new Error("a fault has cut the connection");
  const { status, headers, body } = response;
  const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
  return { status, headers, text };
}

/** `control` with its router is loaded when it is first asked for: a Twilio that nobody controls starts without it. */
function lazyControl(
  parts: ControlParts,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let opened: Promise<(request: IncomingMessage, response: ServerResponse) => void> | undefined;
  return async (request, response) => {
    opened ??= import("./control/index.ts").then(({ openControl }) => openControl(parts));
    (await opened)(request, response);
  };
}

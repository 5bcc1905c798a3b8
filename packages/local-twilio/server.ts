/** Starts a local Twilio in this process: the store, the clock, the products, the server. */
import { existsSync } from "node:fs";
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
import { listen } from "./http/listen.ts";
import { indexRows } from "./http/rows.ts";
import { twilioHandler } from "./http/twilio-hosts.ts";
import { openLifecycles } from "./lifecycle/lifecycle.ts";
import manifest from "./package.json" with { type: "json" };
import { openProblems } from "./problems.ts";
import type { Product, Twilio } from "./product.ts";
import { products as registered } from "./products.ts";
import { applySeed, defaultSeed, type Seed } from "./seed.ts";
import { collectServices } from "./services.ts";
import { newSid } from "./sid.ts";
import { emptyDatabase, openDatabase } from "./store/database.ts";
import { openIdentity } from "./store/identity.ts";
import { openObjects } from "./store/objects.ts";
import { openSettings } from "./store/settings.ts";
import { openTransactions } from "./store/transaction.ts";
import { openUnknowns } from "./store/unknowns.ts";
import { defaultUnknowns, type Unknowns } from "./unknowns.ts";

export interface Options {
  /** Folder of the database, the CA and the Functions' files; made when it is missing. */
  readonly folder: string;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Positions of unknowns, kept in the store over restarts. */
  readonly unknowns?: Partial<Unknowns>;
  /** What the account has beside the default numbers. What is there already stays as it is. */
  readonly seed?: Seed;
  /** Lets webhooks go to other machines; without it they reach this one alone and fail elsewhere, saying so. */
  readonly webhooksLeaveMachine?: boolean;
}

export interface LocalTwilio {
  /** `http://127.0.0.1:<port>`: Twilio's hosts are below it (`/api.twilio.com/…`), `control` is at `/_local/v1`. */
  readonly endpoint: string;
  readonly port: number;
  readonly accountSid: string;
  readonly authToken: string;
  /** Which Twilio this is: a reset makes it another. */
  readonly identity: string;
  /** File of the CA that clients on the proxy have to trust. */
  readonly caCertificate: string;
  readonly twilio: Twilio;
  /** Stops. What was answered is kept in the folder. */
  close(): Promise<void>;
}

/** How long a stop waits for what still goes on (a Function that runs), in real time. */
const patienceMs = 2000;

/** Starts a local Twilio on `folder`, which no other may use at the same time. Throws when port or folder cannot be had. */
export async function startLocalTwilio(options: Options): Promise<LocalTwilio> {
  const { folder } = options;
  const products: readonly Product[] = Object.values(registered);
  const database = openDatabase(folder);
  const transactions = openTransactions(database);
  const settings = openSettings(database);
  const identity = openIdentity(settings);
  const problems = openProblems();
  const clock = openClock(settings, problems.report);
  const background = openBackground(problems.report);
  const lifecycles = openLifecycles(clock);
  const calls = openCallLog();
  const disturbances = openDisturbances();
  const unknowns = openUnknowns(settings, options.unknowns);
  const services = collectServices(products, () => twilio);
  let port = 0;

  const twilio: Twilio = {
    settings: {
      ...defaultAccount,
      get authToken() {
        return primaryToken(twilio.store);
      },
      folder,
      webhooksLeaveMachine: options.webhooksLeaveMachine ?? false,
      get port() {
        return port;
      },
      get unknowns() {
        return unknowns.current();
      },
    },
    get endpoint() {
      return `http://127.0.0.1:${port}`;
    },
    store: openObjects(database, transactions),
    clock,
    events: openEvents(database, clock, transactions),
    services: services.services,
    lifecycles,
    sid: newSid,
    background: background.add,
    idle: background.idle,
  };

  const seed = (given: Seed): void => twilio.store.transaction(() => applySeed(twilio, given));
  const furnish = (): void => {
    seed(defaultSeed);
    if (options.seed) seed(options.seed);
  };
  const reset = async (): Promise<void> => {
    lifecycles.clear();
    disturbances.clear();
    disturbances.latencyMs = 0;
    calls.clear();
    // Time-outs of what is under way run on the clock: it is cleared when that has had its chance to end.
    await Promise.race([background.idle(), setTimeout(patienceMs, undefined, { ref: false })]);
    clock.clear();
    transactions.run(() => emptyDatabase(database));
    identity.renew();
    clock.setOffset(0);
    unknowns.set({ ...defaultUnknowns, ...options.unknowns });
    furnish();
    for (const product of products) await product.reset?.(twilio);
  };

  let authority: Promise<CertificateAuthority> | undefined;
  const openAuthority = (): Promise<CertificateAuthority> => (authority ??= openCertificateAuthority(folder));
  const behaviours = new Map(products.flatMap((product) => Object.entries(product.behaviours)));
  const rest = {
    twilio,
    rows: indexRows(),
    behaviourOf: (token: string) => behaviours.get(token) ?? {},
  };
  const answerTwilio = twilioHandler({ rest, products, clock, calls, disturbances, report: problems.report });
  const started = Promise.withResolvers<void>();
  const version = manifest.version;
  const parts = {
    twilio,
    version,
    identity,
    clock,
    calls,
    disturbances,
    unknowns,
    problems,
    background,
    lifecycles,
    reset,
    seed,
  };
  const control = lazyControl(parts);

  try {
    const listening = await listen(options.port ?? 0, {
      twilio: async (request) => {
        await started.promise;
        return answerTwilio(request);
      },
      control: async (request, response) => {
        await started.promise;
        await control(request, response);
      },
      authority: openAuthority,
      report: problems.report,
    });
    port = listening.port;
    services.open();
    furnish();
    for (const product of products) await product.start?.(twilio);
    if (!existsSync(caFile(folder))) await openAuthority();
    started.resolve();

    return {
      endpoint: twilio.endpoint,
      port,
      accountSid: defaultAccount.accountSid,
      get authToken() {
        return twilio.settings.authToken;
      },
      get identity() {
        return identity.current();
      },
      caCertificate: caFile(folder),
      twilio,
      async close() {
        await listening.close();
        await Promise.race([background.idle(), setTimeout(patienceMs, undefined, { ref: false })]);
        clock.clear();
        for (const product of products) await product.stop?.(twilio);
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
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

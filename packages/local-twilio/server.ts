/** A local Twilio on a folder that listens from the start: what `local-twilio start` runs, and tests over HTTP. */
import { caFile } from "./http/ca-file.ts";
import { openTwilio, type OpenedTwilio, type OpenOptions } from "./open.ts";
import { defaultSeed, type Seed } from "./seed.ts";
import type { Switches } from "./switches.ts";

export interface Options {
  /** Folder of the database, the CA and the Functions' files; made when it is missing. */
  readonly folder: string;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Positions of switches, kept in the store over restarts. */
  readonly switches?: Partial<Switches>;
  /** What the account has beside the default numbers. What is there already stays as it is. */
  readonly seed?: Seed;
  /** Lets webhooks go to other machines; without it they reach this one alone and fail elsewhere, saying so. */
  readonly webhooksLeaveMachine?: boolean;
  /** Changes an answer on its way out: for a Twilio that is to differ from this one in something known. */
  readonly rewrite?: NonNullable<OpenOptions["rewrite"]>;
  /** Told of what goes wrong behind the scenes; without it standard error is. */
  readonly report?: NonNullable<OpenOptions["report"]>;
}

export interface LocalTwilio extends OpenedTwilio {
  /** `http://127.0.0.1:<port>`: Twilio's hosts are below it (`/api.twilio.com/…`), `control` is at `/_local/v1`. */
  readonly endpoint: string;
  readonly port: number;
  /** File of the CA that clients on the proxy have to trust. */
  readonly caCertificate: string;
}

/** Starts a local Twilio on `folder`, which no other may use at the same time. Throws when port or folder cannot be had. */
export async function startLocalTwilio({ port = 0, seed = {}, ...options }: Options): Promise<LocalTwilio> {
  const opened = await openTwilio({ ...options, port, seeds: [defaultSeed, seed] });
  const endpoint = await opened.listen();
  return Object.assign(opened, {
    endpoint,
    port: Number(new URL(endpoint).port),
    caCertificate: caFile(options.folder),
  });
}

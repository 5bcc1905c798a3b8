/** `Twilio`, `Runtime` and what `context` can do: what a Function finds beside its event. */
import { readFileSync } from "node:fs";
import type { createRequire } from "node:module";
import type { ToChild } from "./messages.ts";
import { Response } from "./response.ts";
import { currentRun } from "./run.ts";

type Start = Extract<ToChild, { type: "start" }>;
type Require = ReturnType<typeof createRequire>;

/** The helper library as a Build installed it: only what is used of it here. */
interface Library {
  (accountSid: string, authToken: string, options: object): unknown;
  RequestClient: new (options: object) => RequestClient;
}

interface RequestClient {
  request(request: { uri: string }): Promise<unknown>;
}

/**
 * Puts `Twilio` and `Runtime` where Functions expect them. The toolkit's development server also defines `Response`,
 * `Functions` and `twilioClient`; Twilio's pages know none of them, and `Response` would hide the one of `fetch`.
 */
export function defineGlobals(start: Start, require: Require): void {
  const runtime = {
    getFunctions: () =>
      Object.fromEntries(start.functions.map(({ path, file }) => [path.replace(/^\//, ""), { path: file }])),
    // Private ones only: public Assets have a URL (https://www.twilio.com/docs/serverless/functions-assets/assets).
    getAssets: () =>
      Object.fromEntries(
        start.assets
          .filter(({ visibility }) => visibility === "private")
          .map(({ path, file }) => [path, { path: file, open: () => readFileSync(file, "utf8") }]),
      ),
    getSync: ({ serviceName = "default", ...options }: { serviceName?: string } = {}) => {
      const client = twilioClient(start, require, currentRun()?.context ?? {}, options) as {
        sync: { v1: { services(sid: string): object } };
      };
      const service = client.sync.v1.services(serviceName) as Record<string, unknown>;
      return Object.assign(service, { maps: service.syncMaps, lists: service.syncLists });
    },
  };
  Object.assign(globalThis, { Runtime: runtime });
  Object.defineProperty(globalThis, "Twilio", {
    configurable: true,
    get: () => {
      const library = Object.assign(require("twilio") as object, { Response });
      Object.defineProperty(globalThis, "Twilio", { value: library, writable: true, configurable: true });
      return library;
    },
  });
}

/**
 * `context.getTwilioClient()`: the helper library's client for the account, sent to the endpoint that stands in for
 * Twilio where there is one.
 *
 * @throws Error when the Service includes no credentials
 */
export function twilioClient(
  start: Start,
  require: Require,
  { ACCOUNT_SID, AUTH_TOKEN }: Readonly<Record<string, unknown>>,
  options: object,
): unknown {
  if (!isGiven(ACCOUNT_SID) || !isGiven(AUTH_TOKEN)) {
    throw new Error(
      "getTwilioClient needs ACCOUNT_SID and AUTH_TOKEN: let the Service include credentials, or set them as Variables",
    );
  }
  const library = require("twilio") as Library;
  const { endpoint } = start.deployment;
  const httpClient = endpoint === null ? {} : { httpClient: clientOf(library, endpoint, options) };
  return library(ACCOUNT_SID, AUTH_TOKEN, { lazyLoading: true, ...httpClient, ...options });
}

function isGiven(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

let shared: { readonly endpoint: string; readonly client: RequestClient } | undefined;

/** Sends what is for `https://<host>/…` to `<endpoint>/<host>/…`. Without options of its own a client is made once. */
function clientOf(library: Library, endpoint: string, options: object): RequestClient {
  const isPlain = Object.keys(options).length === 0;
  if (isPlain && shared?.endpoint === endpoint) return shared.client;
  const client = new library.RequestClient(options);
  const send = client.request.bind(client);
  client.request = (request) => send({ ...request, uri: request.uri.replace(/^https:\/\//, `${endpoint}/`) });
  if (isPlain) shared = { endpoint, client };
  return client;
}

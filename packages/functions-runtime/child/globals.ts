/** `Twilio`, `Runtime` and what `context` can do: what a Function finds beside its event. */
import { readFileSync } from "node:fs";
import type { createRequire } from "node:module";
import type { ToChild } from "./messages.ts";
import { Response } from "./response.ts";

type Start = Extract<ToChild, { type: "start" }>;
type Require = ReturnType<typeof createRequire>;

/** The helper library as a Build installed it: only what is used of it here. */
interface Library {
  (accountSid: string, authToken: string, options: object): unknown;
  RequestClient: new (options?: object) => { request(options: { uri: string }): Promise<unknown> };
}

/** Puts `Twilio`, `Runtime` and `Response` where Functions expect them. */
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
    getSync: ({ serviceName = "default" }: { serviceName?: string } = {}) => {
      const client = twilioClient(start, require, process.env, {}) as {
        sync: { v1: { services(sid: string): object } };
      };
      const service = client.sync.v1.services(serviceName) as Record<string, unknown>;
      return Object.assign(service, { maps: service.syncMaps, lists: service.syncLists });
    },
  };
  Object.assign(globalThis, { Runtime: runtime, Response });
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
  { ACCOUNT_SID, AUTH_TOKEN }: Readonly<Record<string, string | undefined>>,
  options: object,
): unknown {
  const accountSid = ACCOUNT_SID ?? start.deployment.accountSid;
  const authToken = AUTH_TOKEN ?? start.deployment.authToken;
  if (accountSid === "" || authToken === "") {
    throw new Error(
      "getTwilioClient needs ACCOUNT_SID and AUTH_TOKEN: let the Service include credentials, or set them as Variables",
    );
  }
  const library = require("twilio") as Library;
  const { endpoint } = start.deployment;
  const httpClient = endpoint === null ? {} : { httpClient: clientOf(library, endpoint) };
  return library(accountSid, authToken, { lazyLoading: true, ...httpClient, ...options });
}

const clients = new Map<string, object>();

function clientOf(library: Library, endpoint: string): object {
  const present = clients.get(endpoint);
  if (present !== undefined) return present;
  const client = new library.RequestClient();
  const send = client.request.bind(client);
  client.request = (options) => send({ ...options, uri: options.uri.replace(/^https:\/\//, `${endpoint}/`) });
  clients.set(endpoint, client);
  return client;
}

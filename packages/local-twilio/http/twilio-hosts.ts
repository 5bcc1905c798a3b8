/** Everything that comes in for Twilio's hosts: disturbances, the product's own hosts, the REST API, the log of calls. */
import { isoOf } from "../calendar.ts";
import { newSid } from "../sid.ts";
import type { Accounts, Clock, Product, RawRequest, RawResponse, Twilio } from "../product.ts";
import { refusal } from "./answer.ts";
import { loggedForm, type CallLog } from "./call-log.ts";
import type { Disturbances, Fault } from "./disturbances.ts";
import { openStaleReads, type StaleReads } from "./stale-reads.ts";
import { TwilioError } from "../errors.ts";
import { answerRest, type Rest } from "./rest.ts";

export interface TwilioHosts {
  readonly rest: Rest;
  readonly products: readonly Product[];
  readonly clock: Clock;
  readonly calls: CallLog;
  readonly disturbances: Disturbances;
  readonly report: (error: unknown) => void;
}

/** What recorded answers of Twilio's carry, whatever was asked: pages of other origins may read them. */
const everyAnswer = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers":
    "Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Idempotency-Key",
  "access-control-allow-methods": "GET, POST, PATCH, PUT, DELETE, OPTIONS",
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "ETag, Twilio-Request-Id",
  "strict-transport-security": "max-age=31536000",
  "x-home-region": "us1",
} as const;

/** A handler for requests to Twilio's hosts; it answers null where a fault cuts the connection. */
export function twilioHandler(hosts: TwilioHosts): (request: RawRequest) => Promise<RawResponse | null> {
  let concurrent = 0;
  const stale = openStaleReads(() => hosts.clock.now());
  const own = hosts.products.flatMap((product) => product.hosts ?? []);

  const answerApi = async (request: RawRequest): Promise<RawResponse | null> => {
    const began = performance.now();
    const log = { who: null as string | null };
    concurrent += 1;
    let response: RawResponse | null;
    try {
      response = await withFaults(hosts, stale, request, (who) => (log.who = who));
    } finally {
      concurrent -= 1;
    }
    const ms = performance.now() - began;
    const { calls, clock } = hosts;
    const agent = request.headers["user-agent"];
    calls.add({
      at: isoOf(clock.now()),
      method: request.method,
      host: request.host,
      path: request.path,
      status: response?.status ?? "dropped",
      ms: Math.round(ms * 10) / 10,
      who: log.who,
      agent: typeof agent === "string" ? agent : null,
      form: loggedForm(request.headers["content-type"], request.body),
    });
    if (response === null) return null;
    const headers = {
      ...everyAnswer,
      "x-api-domain": request.host,
      "Twilio-Request-Id": newSid("RQ"),
      "Twilio-Request-Duration": (ms / 1000).toFixed(3),
      "Twilio-Concurrent-Requests": String(concurrent + 1),
    };
    return { ...response, headers: { ...response.headers, ...headers } };
  };

  return (request) => {
    const isPreflight =
      request.method === "OPTIONS" && request.headers["access-control-request-method"] !== undefined;
    if (isPreflight && !request.host.endsWith(".twil.io")) {
      return Promise.resolve({ status: 204, headers: everyAnswer, body: "" });
    }
    const host = own.find(
      ({ matches, path }) => matches.test(request.host) && (path?.test(request.path) ?? true),
    );
    return host
      ? host.serve(askedAccount(hosts.rest.twilio.accounts, host, request), request)
      : answerApi(request);
  };
}

/** The account whose host it is: the one that the path names, or the one that says so. */
function askedAccount(
  accounts: Accounts,
  { isAsked }: NonNullable<Product["hosts"]>[number],
  request: RawRequest,
): Twilio {
  const named = /\/Accounts\/(AC[0-9a-f]{32})\//i.exec(request.path)?.[1];
  const found =
    (named === undefined ? undefined : accounts.find(named)) ??
    accounts.all().find((twilio) => isAsked?.(twilio, request) === true);
  return found ?? accounts.owner;
}

/** The request itself, after the latency that is set and unless a fault hits it. */
async function withFaults(
  hosts: TwilioHosts,
  stale: StaleReads,
  request: RawRequest,
  onWho: (who: string) => void,
): Promise<RawResponse | null> {
  const { disturbances, clock, rest } = hosts;
  const pass = (ms: number) => new Promise<void>((resolve) => void clock.at(clock.now() + ms, resolve));
  if (disturbances.latencyMs > 0) await pass(disturbances.latencyMs);
  const answer = async (asked: RawRequest): Promise<RawResponse> => {
    try {
      return await answerRest(rest, asked, ({ who }) => onWho(who));
    } catch (error) {
      return refusal(error, hosts.report);
    }
  };
  const done = (): Promise<RawResponse> =>
    request.method !== "GET" && disturbances.servesStale ? stale.around(request, answer) : answer(request);

  const fault = disturbances.draw(request.method, request.host, request.path);
  if (fault === null) return done();
  if (fault === "dropBefore") return null;
  if (fault === "dropAfter") {
    await done();
    return null;
  }
  if ("delayMs" in fault) {
    await pass(fault.delayMs);
    return done();
  }
  if ("staleSeconds" in fault) return stale.before(request, fault.staleSeconds) ?? done();
  if (fault.committed === true) await done();
  return failed(fault, hosts.report);
}

/** The answer of a Twilio that could not do it; 502 and 504 are those of a gateway, which knows no JSON. */
function failed(
  { status, retryAfter }: Extract<Fault, { status: number }>,
  report: TwilioHosts["report"],
): RawResponse {
  const headers = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  if (status === 502 || status === 504) {
    const title = status === 502 ? "Bad Gateway" : "Gateway Timeout";
    return { status, headers: { ...headers, "content-type": "text/html" }, body: `<h1>${title}</h1>` };
  }
  const answer = refusal(new TwilioError(codes[status]), report);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

const codes = { 429: 20429, 500: 20500, 503: 20503 } as const;

/** Everything that comes in for Twilio's hosts: weather, the product's own hosts, the REST API, the log of calls. */
import { newSid } from "../sid.ts";
import type { Clock, Product, RawRequest, RawResponse } from "../product.ts";
import { refusal } from "./answer.ts";
import type { CallLog } from "./call-log.ts";
import type { Disturbances } from "./disturbances.ts";
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

/** A handler for requests to Twilio's hosts; it answers null where a fault cuts the connection. */
export function twilioHandler(hosts: TwilioHosts): (request: RawRequest) => Promise<RawResponse | null> {
  let concurrent = 0;
  const own = hosts.products.flatMap((product) => product.hosts ?? []);

  const answerApi = async (request: RawRequest): Promise<RawResponse | null> => {
    const began = performance.now();
    const log = { who: null as string | null };
    concurrent += 1;
    let response: RawResponse | null;
    try {
      response = await underWeather(hosts, request, (who) => (log.who = who));
    } finally {
      concurrent -= 1;
    }
    const ms = performance.now() - began;
    const { calls, clock } = hosts;
    const agent = request.headers["user-agent"];
    calls.add({
      at: new Date(clock.now()).toISOString(),
      method: request.method,
      host: request.host,
      path: request.path,
      status: response?.status ?? "dropped",
      ms: Math.round(ms * 10) / 10,
      who: log.who,
      agent: typeof agent === "string" ? agent : null,
    });
    if (response === null) return null;
    const headers = {
      "Twilio-Request-Id": newSid("RQ"),
      "Twilio-Request-Duration": (ms / 1000).toFixed(3),
      "Twilio-Concurrent-Requests": String(concurrent + 1),
    };
    return { ...response, headers: { ...response.headers, ...headers } };
  };

  return (request) => {
    const host = own.find(({ matches }) => matches.test(request.host));
    return host ? host.serve(hosts.rest.twilio, request) : answerApi(request);
  };
}

/** The request itself, after the latency that is set and unless a fault hits it. */
async function underWeather(
  hosts: TwilioHosts,
  request: RawRequest,
  onWho: (who: string) => void,
): Promise<RawResponse | null> {
  const { disturbances, clock, rest } = hosts;
  const { latencyMs } = disturbances;
  if (latencyMs > 0) await new Promise<void>((resolve) => void clock.at(clock.now() + latencyMs, resolve));
  const fault = disturbances.draw(request.method, request.host, request.path);
  if (fault === "dropBefore") return null;
  if (fault !== null && fault !== "dropAfter") {
    const error = new TwilioError(fault.status === 429 ? 20429 : fault.status === 500 ? 20500 : 20503);
    const answer = refusal(error, hosts.report);
    if (fault.retryAfter === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, "retry-after": String(fault.retryAfter) } };
  }
  let answer;
  try {
    answer = await answerRest(rest, request, ({ who }) => onWho(who));
  } catch (error) {
    answer = refusal(error, hosts.report);
  }
  return fault === "dropAfter" ? null : answer;
}

/** Requests to the domains of Serverless, from outside (`https://foo-1234.twil.io/path`) and from other products. */
import {
  signRequest,
  type FunctionRequest,
  type FunctionResponse,
  type Invocation,
} from "@support-line/functions-runtime";
import type { Alert, Json, RawRequest, RawResponse, Services, StoredObject, Twilio } from "../product.ts";
import { keepLog } from "./logs.ts";
import type { RunningFunctions } from "./running.ts";

/** Most of an answer that the event stream carries, in characters. */
const mostAnswer = 4000;

/** Runs a request and keeps what came of it: log lines and an event. Null when no Environment has the domain. */
async function run(
  twilio: Twilio,
  running: RunningFunctions,
  request: FunctionRequest,
  executionSid: string | null = null,
): Promise<FunctionResponse | null> {
  const domain = new URL(request.url).host;
  const ran = await running.invoke(domain, request);
  if (ran === null) return null;
  if (ran.invocation === null) {
    return { status: 404, headers: { "content-type": "text/plain" }, body: Buffer.from("Not Found") };
  }
  record(twilio, ran.environment, request, ran.invocation, executionSid);
  return ran.invocation.response;
}

function record(
  twilio: Twilio,
  environment: StoredObject,
  request: FunctionRequest,
  invocation: Invocation,
  executionSid: string | null,
): void {
  const { path, functionSid, response, durationMs, error, logs, parameters } = invocation;
  if (functionSid === null) return;
  const requestSid = twilio.sid("RQ");
  twilio.store.transaction(() => {
    for (const { level, message } of logs) {
      keepLog(twilio, environment, { functionSid, requestSid, level, message });
    }
    if (error) {
      const message = error.stack ?? error.message;
      keepLog(twilio, environment, { functionSid, requestSid, level: "error", message });
    }
    for (const found of findings(invocation)) {
      const serviceSid = environment.parents["ServiceSid"] ?? null;
      const method = request.method === "GET" ? "GET" : "POST";
      const where = { resourceSid: functionSid, serviceSid, request: { method, url: request.url } as const };
      twilio.services.monitor.alert({ ...found, ...where });
    }
    twilio.events.append("function.invoked", functionSid, environment.sid, {
      domain: new URL(request.url).host,
      path,
      method: request.method,
      executionSid,
      status: response.status,
      duration_ms: Math.round(durationMs * 10) / 10,
      parameters: parameters as Json,
      logs: logs.map(({ level, message }) => ({ level, message })),
      error: error && { code: error.code, message: error.message, stack: error.stack ?? null },
      answer: {
        contentType: single(response.headers["content-type"]),
        body: Buffer.from(response.body.subarray(0, mostAnswer)).toString("utf8"),
        bytes: response.body.length,
      },
    });
  });
}

/** What the Debugger hears of a run: failures, answers from 400 on, and what was written with console.error and console.warn. */
function findings({ error, response, logs }: Invocation): Pick<Alert, "code" | "level" | "text">[] {
  const written = logs.flatMap(({ level, message }): Pick<Alert, "code" | "level" | "text">[] => {
    if (level === "error") return [{ code: 82005, level: "error", text: message }];
    return level === "warn" ? [{ code: 82004, level: "warning", text: message }] : [];
  });
  if (error) return [...written, { code: error.code, level: "error", text: error.message }];
  if (response.status < 400) return written;
  return [
    ...written,
    { code: 82001, level: "error", text: `The Function answered with status ${response.status}` },
  ];
}

/** A request that came in over HTTP, by prefix or through the proxy. */
export async function serveDomain(
  twilio: Twilio,
  running: RunningFunctions,
  request: RawRequest,
): Promise<RawResponse> {
  const { method, url, headers, body } = request;
  const response = await run(twilio, running, { method, path: pathOf(url), url, headers, body });
  if (response) return response;
  return {
    status: 404,
    headers: { "content-type": "text/plain" },
    body: `There is no Environment at ${request.host}\n`,
  };
}

/** What other products ask of Functions: form parameters in, the answer as text out, signed as Twilio signs. */
export function functionsService(twilio: Twilio, running: RunningFunctions): Services["functions"] {
  return {
    async request({ method, url: asked, parameters, headers: given, sign, timeoutMs, executionSid = null }) {
      const stoodIn = await twilio.settings.standIns.functions?.({
        method,
        url: asked,
        parameters: Object.fromEntries(
          Object.entries(parameters).map(([name, value]) => [name, [value].flat().at(-1) ?? ""]),
        ),
        executionSid,
      });
      const isElsewhere = typeof stoodIn === "object" && stoodIn !== null && "url" in stoodIn;
      if (stoodIn === "timeout" || stoodIn === null) return stoodIn;
      if (stoodIn !== undefined && !isElsewhere) return { ...stoodIn, headers: { ...stoodIn.headers } };
      const url = isElsewhere ? stoodIn.url : asked;
      const pairs = Object.entries(parameters).flatMap(([name, value]) =>
        [value].flat().map((each) => [name, each] as [string, string]),
      );
      const form = new URLSearchParams(pairs).toString();
      const full = method === "GET" && form !== "" ? `${url}${url.includes("?") ? "&" : "?"}${form}` : url;
      const signed = method === "POST" ? parameters : {};
      const headers = {
        host: new URL(full).host,
        "user-agent": "TwilioProxy/1.1",
        ...(method === "POST" ? { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" } : {}),
        ...given,
        ...(sign ? { "x-twilio-signature": signRequest(twilio.settings.authToken, full, signed) } : {}),
      };
      const body = Buffer.from(method === "POST" ? form : "");
      const request = { method, path: pathOf(full), url: full, headers, body };
      const answer = run(twilio, running, request, executionSid);
      const response = await within(twilio, timeoutMs, answer);
      if (response === null || response === "timeout") return response;
      return {
        status: response.status,
        contentType: single(response.headers["content-type"]),
        body: Buffer.from(response.body).toString("utf8"),
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, single(value)]),
        ),
      };
    },
  };
}

/** `work`, or `"timeout"` when the clock gets there first; what the Function does after that is its own affair. */
async function within<Result>(
  twilio: Twilio,
  timeoutMs: number,
  work: Promise<Result>,
): Promise<Result | "timeout"> {
  let cancel = (): void => {};
  const late = new Promise<"timeout">((resolve) => {
    cancel = twilio.clock.at(twilio.clock.now() + timeoutMs, () => resolve("timeout"));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}

/** The path of a URL as a Function or Asset has it: a space or an umlaut is written with per cent signs in a URL alone. */
function pathOf(url: string): string {
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function single(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.join(", ") ?? "");
}

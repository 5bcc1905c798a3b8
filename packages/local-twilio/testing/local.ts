/** A local Twilio for a test: on a folder and a port of its own, gone when the test is. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { matchRoute } from "@support-line/twilio-api";
import { responseFaults } from "@support-line/twilio-api/testing/response-schema.ts";
import { startLocalTwilio, type LocalTwilio, type Options } from "../index.ts";
import type { Body } from "../product.ts";
import { tellFaults } from "./faults-alone.ts";

export interface TestTwilio extends LocalTwilio {
  readonly folder: string;
  /**
   * A call with the account's credentials: host and path as on Twilio. Throws when the answer is not what Twilio's
   * OpenAPI documents say of the operation.
   */
  call(method: string, url: string, form?: Readonly<Record<string, string>> | FormData): Promise<TestAnswer>;
  /** A call to `/_local/v1`. */
  control(method: string, path: string, body?: unknown): Promise<TestAnswer>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface TestAnswer {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Starts one. `folder` keeps an earlier one's state; without it the state is thrown away at the end. */
export async function startForTest(options: Partial<Options> = {}): Promise<TestTwilio> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "local-twilio-"));
  const local = await startLocalTwilio({ report: tellFaults, ...options, folder });
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`;
  return {
    ...local,
    folder,
    async call(method, url, form) {
      const answer = await answerOf(`${local.endpoint}/${url}`, {
        method,
        headers: { authorization },
        ...(form === undefined ? {} : { body: form instanceof FormData ? form : new URLSearchParams(form) }),
      });
      checkAgainstDocuments(method, url, answer);
      return answer;
    },
    control: (method, path, body) =>
      answerOf(`${local.endpoint}/_local/v1/${path}`, {
        method,
        headers: { accept: "application/json", "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async [Symbol.asyncDispose]() {
      await local.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answerOf(url: string, init: RequestInit): Promise<TestAnswer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? {} : (JSON.parse(text) as Body),
  };
}

/** No answer of the REST API goes through a test that Twilio's own documents would not allow. */
function checkAgainstDocuments(method: string, url: string, { status, body }: TestAnswer): void {
  const { host, pathname } = new URL(`https://${url}`);
  const route = matchRoute(host, method, pathname);
  if (status >= 300 || status === 204 || route === null || route === "methodNotAllowed") return;
  const faults = responseFaults(route.resource.token, route.operation, body);
  if (faults.length === 0) return;
  const shown = JSON.stringify(body).slice(0, 1000);
  throw new Error(
    `${method} ${url} answers what Twilio's documents do not allow:\n${faults.join("\n")}\n${shown}`,
  );
}

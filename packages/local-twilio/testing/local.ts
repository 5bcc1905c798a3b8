/** A local Twilio for a test: on a folder and a port of its own, gone when the test is. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalTwilio, type LocalTwilio, type Options } from "../index.ts";
import type { Body } from "../product.ts";

export interface TestTwilio extends LocalTwilio {
  readonly folder: string;
  /** A call with the account's credentials: host and path as on Twilio. */
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
  const local = await startLocalTwilio({ ...options, folder });
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`;
  return {
    ...local,
    folder,
    call: (method, url, form) =>
      answerOf(`${local.endpoint}/${url}`, {
        method,
        headers: { authorization },
        ...(form === undefined ? {} : { body: form instanceof FormData ? form : new URLSearchParams(form) }),
      }),
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

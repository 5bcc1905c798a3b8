/**
 * Reads that still show what was before a write, as Twilio's do for a moment: 404 for what was just made, the old
 * revision of what was just changed. Pictures are taken around writes while a rule asks for such reads, and only then.
 */
import { TwilioError } from "../errors.ts";
import type { RawRequest, RawResponse } from "../product.ts";
import { refusal } from "./answer.ts";

interface Picture {
  readonly answer: RawResponse;
  readonly at: number;
}

export interface StaleReads {
  /** Performs a write, with a picture of what reads showed before it. */
  around(request: RawRequest, answer: (request: RawRequest) => Promise<RawResponse>): Promise<RawResponse>;
  /** What a read showed before the last write, when that was less than so many seconds ago; null when it was not. */
  before(request: RawRequest, seconds: number): RawResponse | null;
}

/** Pictures in memory; `now` in milliseconds. */
export function openStaleReads(now: () => number): StaleReads {
  const shown = new Map<string, Picture>();
  const made = new Map<string, number>();

  return {
    async around(request, answer) {
      const at = now();
      for (const path of [pathOf(request), collectionOf(pathOf(request))]) {
        const read = { ...request, method: "GET", url: urlOf(request, path), path, body: Buffer.alloc(0) };
        const before = await answer({ ...read, headers: withoutType(request) });
        if (before.status < 500) shown.set(keyOf(request, path), { answer: before, at });
      }
      const answered = await answer(request);
      const sid = answered.status < 300 ? sidOf(answered) : undefined;
      const isNew = sid !== undefined && !pathOf(request).includes(sid);
      if (isNew) made.set(keyOf(request, instanceOf(pathOf(request), sid)), at);
      return answered;
    },
    before(request, seconds) {
      const since = now() - seconds * 1000;
      const key = keyOf(request, pathOf(request));
      const bare = key.replace(/\.json$/, "");
      for (const [instance, at] of made) {
        const isBelow = bare === instance.replace(/\.json$/, "") || bare.startsWith(`${instance}/`);
        if (at >= since && isBelow) return notThere(request);
      }
      const picture = shown.get(key);
      return picture !== undefined && picture.at >= since ? picture.answer : null;
    },
  };
}

function notThere(request: RawRequest): RawResponse {
  const path = pathOf(request).replace(/^\/v\d+(?=\/)/, "");
  return refusal(new TwilioError(20404, { path }), () => undefined);
}

/** Without its query. */
function pathOf({ path }: RawRequest): string {
  return path.split("?")[0] ?? path;
}

/** What is uploaded at one host is read at another. */
function keyOf({ host }: RawRequest, path: string): string {
  return `${host.replace(/^serverless-upload\./, "serverless.")}${path}`;
}

function urlOf({ host }: RawRequest, path: string): string {
  return `https://${host.replace(/^serverless-upload\./, "serverless.")}${path}`;
}

function collectionOf(path: string): string {
  const [, collection = path, ending = ""] = /^(.*)\/[^/]*?(\.json)?$/.exec(path) ?? [];
  return collection + ending;
}

function instanceOf(path: string, sid: string): string {
  return path.endsWith(".json") ? `${path.slice(0, -".json".length)}/${sid}.json` : `${path}/${sid}`;
}

function withoutType({ headers }: RawRequest): RawRequest["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("content-")));
}

function sidOf({ body }: RawResponse): string | undefined {
  try {
    const { sid } = JSON.parse(String(body)) as { sid?: unknown };
    return typeof sid === "string" ? sid : undefined;
  } catch {
    return undefined;
  }
}

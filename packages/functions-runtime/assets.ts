/**
 * Assets: files with a URL, https://www.twilio.com/docs/serverless/functions-assets/assets. Their validators, ranges and content
 * types are those of `@twilio/runtime-handler`'s development server; that public ones are open to pages of every origin is
 * reported in serverless-toolkit#107.
 */
import { createHash } from "node:crypto";
import { contentType } from "mime-types";
import type { DeployedFile, Deployment, FunctionRequest, FunctionResponse } from "./types.ts";

/** The Asset of a path; `/` is answered by one at `/` or `/assets/index.html`. */
export function assetAt({ assets }: Deployment, path: string): DeployedFile | undefined {
  const paths = path === "/" ? ["/", "/assets/index.html"] : [path];
  return assets.find((asset) => paths.includes(asset.path));
}

/**
 * An Asset as a response: whole, a part of it where one range is asked for, or nothing where the caller has it already.
 *
 * @param request with header names in lower case
 */
export function assetResponse(asset: DeployedFile, { method, headers }: FunctionRequest): FunctionResponse {
  const { content, date } = asset;
  const tag = `"${createHash("sha1").update(content).digest("base64url")}"`;
  const modified = date === undefined ? undefined : new Date(date).toUTCString();
  const common = {
    "accept-ranges": "bytes",
    etag: tag,
    ...(modified === undefined ? {} : { "last-modified": modified }),
    ...(asset.visibility === "public" ? { "access-control-allow-origin": "*" } : {}),
  };
  const empty = new Uint8Array();
  if (isKnown(headers, tag, modified)) return { status: 304, headers: common, body: empty };

  const told = { ...common, "content-type": typeOf(asset.path) };
  const range = method === "GET" ? rangeOf(headers, content.length, tag, modified) : undefined;
  if (range === "unsatisfiable") {
    return { status: 416, headers: { ...common, "content-range": `bytes */${content.length}` }, body: empty };
  }
  const { first, last } = range ?? { first: 0, last: content.length - 1 };
  const part = content.subarray(first, last + 1);
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...told,
      "content-length": String(part.length),
      ...(range === undefined ? {} : { "content-range": `bytes ${first}-${last}/${content.length}` }),
    },
    body: method === "HEAD" ? empty : part,
  };
}

/** By the extension, in any letters; a path without one is a page. */
function typeOf(path: string): string {
  const extension = /\.[^./]+$/.exec(path)?.[0];
  if (extension === undefined) return "text/html; charset=utf-8";
  return contentType(extension.toLowerCase()) || "application/octet-stream";
}

/** Whether the caller has this very content; a tag goes before a date (RFC 9110, 13.2.2). */
function isKnown(headers: FunctionRequest["headers"], tag: string, modified: string | undefined): boolean {
  const tags = headers["if-none-match"];
  if (tags !== undefined) {
    return [tags]
      .flat()
      .some((list) => list.split(",").some((each) => ["*", tag, `W/${tag}`].includes(each.trim())));
  }
  const since = Date.parse(String(headers["if-modified-since"] ?? ""));
  return modified !== undefined && Date.parse(modified) <= since;
}

/** The one range that is asked for. Several at once, and what is no range, count for nothing: the whole is an answer too. */
function rangeOf(
  headers: FunctionRequest["headers"],
  length: number,
  tag: string,
  modified: string | undefined,
): { readonly first: number; readonly last: number } | "unsatisfiable" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(String(headers["range"] ?? "")) ?? [];
  if (from === "" && to === "") return undefined;
  const condition = headers["if-range"];
  if (condition !== undefined && condition !== tag && condition !== modified) return undefined;
  const first = from === "" ? Math.max(0, length - Number(to)) : Number(from);
  const last = from === "" || to === "" ? length - 1 : Math.min(Number(to), length - 1);
  if (to !== "" && from !== "" && Number(to) < Number(from)) return undefined;
  return first > last ? "unsatisfiable" : { first, last };
}

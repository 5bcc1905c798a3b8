import { expect, test } from "vitest";
import { assetResponse } from "./assets.ts";
import { requestOf, textOf } from "./testing/deployment.ts";
import type { DeployedFile } from "./types.ts";

const date = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const asset = (path: string, visibility: DeployedFile["visibility"] = "public"): DeployedFile => {
  return { sid: "ZN1", path, visibility, content: Buffer.from("0123456789"), date };
};
const answer = (headers: Record<string, string> = {}, method = "GET", file = asset("/a.txt")) => {
  const response = assetResponse(file, requestOf(file.path, { method, body: "", headers }));
  return { ...response, text: textOf({ response }) };
};

// The types of runtime-handler's development server.
test.each([
  ["/a.woff2", "font/woff2"],
  ["/a.PDF", "application/pdf"],
  ["/a.webp", "image/webp"],
  ["/a.mp4", "video/mp4"],
  ["/a.ogg", "audio/ogg"],
  ["/a.ico", "image/vnd.microsoft.icon"],
  ["/a.csv", "text/csv; charset=utf-8"],
  ["/a.mjs", "text/javascript; charset=utf-8"],
  ["/a.unheard-of", "application/octet-stream"],
  ["/a", "text/html; charset=utf-8"],
])("%s is %s", (path, type) => {
  expect(answer({}, "GET", asset(path)).headers["content-type"]).toBe(type);
});

test("I29: an Asset has validators, and who shows one of them gets no body", () => {
  const { headers } = answer();
  expect(headers).toMatchObject({ "last-modified": "Fri, 02 Jan 2026 03:04:05 GMT", "content-length": "10" });
  const tag = String(headers["etag"]);
  expect(answer({ "if-none-match": `"other", W/${tag}` })).toMatchObject({ status: 304, text: "" });
  expect(
    answer({ "if-none-match": '"other"', "if-modified-since": "Sat, 03 Jan 2026 00:00:00 GMT" }).status,
  ).toBe(200);
  expect(answer({ "if-modified-since": "Fri, 02 Jan 2026 03:04:05 GMT" }).status).toBe(304);
  expect(answer({ "if-modified-since": "Thu, 01 Jan 2026 00:00:00 GMT" }).status).toBe(200);
});

test("I29: HEAD is GET without the body", () => {
  const { text, ...head } = answer({}, "HEAD");
  expect(text).toBe("");
  expect(head).toMatchObject({ status: 200, headers: answer().headers });
});

test.each([
  ["bytes=2-4", 206, "234", "bytes 2-4/10"],
  ["bytes=7-", 206, "789", "bytes 7-9/10"],
  ["bytes=-2", 206, "89", "bytes 8-9/10"],
  ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
  ["bytes=10-", 416, "", "bytes */10"],
  ["bytes=4-2", 200, "0123456789", undefined],
  ["bytes=0-1,4-5", 200, "0123456789", undefined],
])("I29: the range %s", (range, status, text, contentRange) => {
  const part = answer({ range });
  expect([part.status, part.text, part.headers["content-range"]]).toEqual([status, text, contentRange]);
});

test("a range of something that has changed since is the whole", () => {
  const tag = String(answer().headers["etag"]);
  expect(answer({ range: "bytes=0-1", "if-range": tag }).status).toBe(206);
  expect(answer({ range: "bytes=0-1", "if-range": '"other"' }).status).toBe(200);
});

test("I6: pages of every origin may read public Assets, and no others", () => {
  expect(answer().headers["access-control-allow-origin"]).toBe("*");
  expect(answer({}, "GET", asset("/a.txt", "protected")).headers).not.toHaveProperty(
    "access-control-allow-origin",
  );
});

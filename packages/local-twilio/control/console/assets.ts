/** `/_local/console/`: the page that shows what happens here, built from `packages/console`. */
import { createReadStream, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Where set-up builds the page. */
const builtFolder = fileURLToPath(new URL("dist", import.meta.resolve("@support-line/console/package.json")));

export const consolePath = "/_local/console";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/** Nothing from elsewhere, no inline code: what a customer writes could not run even if it became markup. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

const unbuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Console</title>
<h1>The console is not built yet</h1>
<p>In the checkout, run <code>npm run setup</code>, then reload this page.</p>`;

/** Whether a request is for the page. */
export function isForConsole(url: string): boolean {
  return url === consolePath || url.startsWith(`${consolePath}/`) || url.startsWith(`${consolePath}?`);
}

/**
 * Answers with a file of the page; every path that names no file is a view of it, and gets the page itself.
 *
 * @param folder what was built
 */
export function serveConsole(request: IncomingMessage, response: ServerResponse, folder = builtFolder): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const path = (request.url ?? "").slice(consolePath.length).replace(/[?#].*$/, "");
  if (path === "") {
    response.writeHead(308, { location: `${consolePath}/` }).end();
    return;
  }
  const wanted = fileIn(folder, path);
  const file = wanted ?? (extname(path) === "" ? fileIn(folder, "/index.html") : null);
  if (file === null) {
    const isPage = extname(path) === "";
    response.writeHead(isPage ? 503 : 404, { "content-type": isPage ? types[".html"] : "text/plain" });
    response.end(isPage ? unbuilt : "There is no such file.\n");
    return;
  }
  const isHashed = path.startsWith("/assets/");
  response.writeHead(200, {
    "content-type": types[extname(file.path)] ?? "application/octet-stream",
    "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    ...encodingOf(request, file.path),
  });
  if (request.method === "HEAD") response.end();
  else createReadStream(compressedOf(request, file.path) ?? file.path).pipe(response);
}

function fileIn(folder: string, path: string): { readonly path: string } | null {
  const file = normalize(join(folder, decoded(path)));
  if (!file.startsWith(folder + sep)) return null;
  return isFile(file) ? { path: file } : null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "/";
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The build leaves a compressed copy beside each file. */
function compressedOf(request: IncomingMessage, file: string): string | null {
  const accepts = String(request.headers["accept-encoding"] ?? "").includes("gzip");
  return accepts && isFile(`${file}.gz`) ? `${file}.gz` : null;
}

function encodingOf(request: IncomingMessage, file: string): Record<string, string> {
  const compressed = compressedOf(request, file) !== null;
  return { vary: "accept-encoding", ...(compressed ? { "content-encoding": "gzip" } : {}) };
}

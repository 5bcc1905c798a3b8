/** Where the pieces of a project are in this package. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Source } from "./project/files.ts";

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export function ownSource(): Source {
  const { version } = JSON.parse(readFileSync(place("package.json"), "utf8")) as { version: string };
  return { template: place("template"), files: place("files"), version };
}

/** The Dependencies of a Build: reading what clients send, and a folder with a `node_modules` that holds them. */
import { createHash } from "node:crypto";
import { isBuiltin } from "node:module";
import { TwilioError } from "../errors.ts";
import { isBody, textOf } from "../json.ts";
import type { Json } from "../product.ts";

export interface Dependency {
  readonly name: string;
  readonly version: string;
}

/** Reads the parameter, a list of names and versions; a version that is left out is any. */
export function readDependencies(value: Json | undefined): Dependency[] {
  if (value === undefined || value === null) return [];
  const refused = new TwilioError(20001, {
    reason: "Dependencies must be a JSON array of objects with name and version",
  });
  if (!Array.isArray(value)) throw refused;
  return value.map((item) => {
    if (!isBody(item)) throw refused;
    const name = textOf(item["name"]);
    const version = textOf(item["version"]) || "*";
    if (!/^(?:@[\w.-]+\/)?[\w.-]+$/.test(name)) throw refused;
    // A range or a tag of the registry; npm would take paths and addresses too.
    if (!/^[\w.^~<>=|*+ -]+$/.test(version)) {
      const reason = `Some dependencies could not be validated. No matching version found for ${name}@${version}.`;
      throw new TwilioError(20001, { reason });
    }
    return { name, version };
  });
}

/** What the platform itself brings, so that nothing has to be installed for it. */
export function isOfThePlatform({ name }: Dependency): boolean {
  return name === "@twilio/runtime-handler" || isBuiltin(name);
}

/** A name for a set of dependencies: the same for the same set. */
export function setName(dependencies: readonly Dependency[]): string {
  const lines = dependencies.map(({ name, version }) => `${name}@${version}`).sort();
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 24);
}

/**
 * Whether an installed version is what was asked for, for the forms that need no library: exact, `*`, `^` and `~`.
 * Any other range is left to npm.
 */
export function satisfies(installed: string, wanted: string): boolean {
  if (wanted === "*" || wanted === installed) return true;
  const range = /^([\^~])(\d+)\.(\d+)\.(\d+)$/.exec(wanted);
  const version = /^(\d+)\.(\d+)\.(\d+)$/.exec(installed);
  if (!range || !version) return false;
  const [major = 0, minor = 0, patch = 0] = version.slice(1).map(Number);
  const [fromMajor = 0, fromMinor = 0, fromPatch = 0] = range.slice(2).map(Number);
  if (major !== fromMajor) return false;
  const minorIsFixed = range[1] === "~" || major === 0;
  if (minor !== fromMinor) return !minorIsFixed && minor > fromMinor;
  const patchIsFixed = range[1] === "^" && major === 0 && minor === 0;
  return patchIsFixed ? patch === fromPatch : patch >= fromPatch;
}

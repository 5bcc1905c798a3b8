/** The Dependencies of a Build: what clients send, and what is part of every Build. */
import { createHash } from "node:crypto";
import { isBuiltin } from "node:module";
import twilio from "twilio/package.json" with { type: "json" };
import { TwilioError } from "../errors.ts";
import { bodiesOf, isBody, textOf } from "../json.ts";
import type { Body, Json } from "../product.ts";

export interface Dependency {
  readonly name: string;
  readonly version: string;
}

/**
 * What every Build has, named or not (Functions' page on dependencies). Twilio's default versions are not documented: the helper
 * library is the one that is installed here.
 */
const ofEveryBuild: readonly Dependency[] = [
  { name: "twilio", version: twilio.version },
  { name: "@twilio/runtime-handler", version: "2.1.0" },
];

/** The dependencies with those of every Build. */
export function completed(given: readonly Dependency[]): Dependency[] {
  return [...given, ...ofEveryBuild.filter(({ name }) => !given.some((each) => each.name === name))];
}

/** npm's rule for names: no dot or underscore in front, so that none leads out of its folder. */
const namePattern = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;

/** A range or a tag of the registry; npm would take paths (a dot in front), archives and addresses too. */
const versionPattern = /^(?!\.)(?!.*\.(?:tgz|tar|tar\.gz)$)[\w.^~<>=|*+ -]+$/i;

/** The refusal of a dependency that does not exist (serverless-toolkit#325). */
export function notFound({ name, version }: Dependency): TwilioError {
  const reason = `Some dependencies could not be validated. No matching version found for ${name}@${version}.`;
  return new TwilioError(20001, { reason });
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
    if (!namePattern.test(name) || name.toLowerCase() === "node_modules") throw refused;
    if (!versionPattern.test(version)) throw notFound({ name, version });
    return { name, version };
  });
}

/** The dependencies of a stored Build. */
export function dependenciesOf(build: Body): Dependency[] {
  return bodiesOf(build["dependencies"]).map(({ name, version }) => ({
    name: textOf(name),
    version: textOf(version),
  }));
}

/** What the platform itself brings, so that nothing has to be installed for it. */
export function isOfThePlatform({ name }: Dependency): boolean {
  return name === "@twilio/runtime-handler" || isBuiltin(name);
}

/** A name for a set of dependencies: the same for the same set. */
export function setName(dependencies: readonly Dependency[]): string {
  // "2": a set holds what its dependencies bring, which an earlier version left out.
  const lines = ["2", ...dependencies.map(({ name, version }) => `${name}@${version}`).sort()];
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

/** JSON files by key, and what `package.json` means by its own. */
import { gt, minVersion } from "semver";
import { isObject, type JsonObject, type JsonValue } from "@support-line/studio";
import type { Format, ThreeValues } from "./by-key.ts";

export const json: Format = {
  read: (text) => JSON.parse(text) as JsonValue,
  write: (value, { ours }) => `${JSON.stringify(value, null, /^[ \t]+/m.exec(ours)?.[0] ?? 2)}\n`,
};

const lists = ["dependencies", "devDependencies", "optionalDependencies"];
/** They move together, and the upgrade moves them. */
const isOurs = (name: string) => name.startsWith("@support-line/") || name === "@pulumi/twilio";

/** Where both sides moved a package, the newer version is what both want; lists stay in the order of their names. */
export const packageJson: Format = {
  ...json,
  settle: (three) => lists.reduce(settledList, three),
  write: (value, texts) => json.write(isObject(value) ? sorted(value) : value, texts),
};

function settledList(three: ThreeValues, list: string): ThreeValues {
  const [base, ours, theirs] = [three.base, three.ours, three.theirs].map((file) => {
    const versions = isObject(file) ? file[list] : undefined;
    return isObject(versions) ? versions : null;
  });
  if (!base || !ours || !theirs || !isObject(three.ours) || !isObject(three.theirs)) return three;
  const decided = Object.entries(ours).map(([name, version]) => {
    const [was, comes] = [base[name], theirs[name]];
    if (comes === undefined || comes === version || version === was || comes === was) {
      return [name, version] as const;
    }
    return [name, isOurs(name) || isNewer(comes, version) ? comes : version] as const;
  });
  const settled: JsonObject = Object.fromEntries(decided);
  const coming = Object.entries(theirs).map(([name, version]) => {
    const own = settled[name];
    return [name, own !== undefined && own !== base[name] && base[name] !== version ? own : version] as const;
  });
  return {
    base: three.base,
    ours: { ...three.ours, [list]: settled },
    theirs: { ...three.theirs, [list]: Object.fromEntries(coming) },
  };
}

function isNewer(one: JsonValue, other: JsonValue): boolean {
  const [left, right] = [one, other].map((range) => {
    try {
      return typeof range === "string" ? minVersion(range) : null;
    } catch {
      return null;
    }
  });
  return Boolean(left && right && gt(left, right));
}

function sorted(file: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(file).map(([key, value]) => {
      if (!lists.includes(key) || !isObject(value)) return [key, value];
      return [
        key,
        Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))),
      ];
    }),
  );
}

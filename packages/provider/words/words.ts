/**
 * What each resource, input and output is for, in our own words: one file a product, read when the schema is made.
 * A resource is under its name; below it `is` says what it is, `like` names the resource whose words hold where its own
 * are silent, and everything else is a property by its place (`autoCreation.type`).
 */
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const entry = z.union([
  z.string(),
  z.strictObject({ says: z.string(), values: z.record(z.string(), z.string()) }),
]);
const file = z.record(z.string(), z.record(z.string(), entry));

/** What is said of one property. */
export interface Said {
  readonly says: string;
  /** What each word means that may stand there. */
  readonly values?: Readonly<Record<string, string>>;
}

type Entries = Readonly<Record<string, z.infer<typeof entry>>>;

const read = new Map<string, Readonly<Record<string, Entries>>>();

/** The words of a product; `everywhere` are those of what every resource has. */
function fileOf(name: string): Readonly<Record<string, Entries>> {
  let found = read.get(name);
  if (found === undefined) {
    const url = new URL(`${name}.yaml`, import.meta.url);
    found = existsSync(url) ? file.parse(parse(readFileSync(url, "utf8"))) : {};
    read.set(name, found);
  }
  return found;
}

/** What a resource is; undefined when nobody has said it. */
export function whatIs(token: string): string | undefined {
  return said(token, "is")?.says;
}

/** What a property of a resource is, by its place; undefined when nobody has said it. */
export function whatIsProperty(token: string, place: string): Said | undefined {
  return said(token, place) ?? asSaid(fileOf("everywhere")["Resource"]?.[place]);
}

/** Every place that words are about, with its product and resource: so that none is about nothing. */
export function placesSaid(product: string): (readonly [resource: string, place: string])[] {
  return Object.entries(fileOf(product)).flatMap(([resource, entries]) =>
    Object.keys(entries)
      .filter((place) => place !== "is" && place !== "like")
      .map((place) => [resource, place] as const),
  );
}

function said(token: string, place: string): Said | undefined {
  const [, product = "", name = ""] = token.split(":");
  const entries = fileOf(product)[name];
  const own = asSaid(entries?.[place]);
  const like = entries?.["like"];
  return own ?? (typeof like === "string" ? said(`twilio:${product}:${like}`, place) : undefined);
}

function asSaid(entry: Entries[string] | undefined): Said | undefined {
  return typeof entry === "string" ? { says: entry } : entry;
}

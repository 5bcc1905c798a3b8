/**
 * The methods of Twilio's own Node client by the paths they call: its code is generated from the same API, and its
 * objects say in `_uri` where they are.
 */
import type { Resource } from "@support-line/twilio-api";
import type { Twilio } from "twilio";

type Member = Record<string, unknown> & { readonly _uri?: unknown };
type Call = (...given: unknown[]) => unknown;

const versions: Readonly<Record<string, string>> = { "2010-04-01": "v2010" };
const domains: Readonly<Record<string, string>> = { flex: "flexApi" };

/** The object of the client at a path below its version, with what it can be called with. */
export function clientAt(
  client: Twilio,
  { product, version }: Resource,
  path: string,
  method: string,
): Member | undefined {
  const domain = memberOf(client, domains[product] ?? product);
  const api = domain && memberOf(domain, versions[version] ?? version);
  // The client's objects say where they are as they were asked for, a number with its plus.
  const below = decodeURIComponent(path.replace(/^\/[^/]+/, "").replace(/\.json$/, ""));
  return api && search(api, { path: below, method }, 0);
}

/** What is looked for: several objects may stand at one path, each with some of the methods. */
interface Sought {
  readonly path: string;
  readonly method: string;
}

function search(place: unknown, sought: Sought, depth: number): Member | undefined {
  if (depth > 12) return undefined;
  const { path, method } = sought;
  for (const name of memberNames(place)) {
    const member = memberOf(place, name);
    const at = member && uriOf(member);
    if (member === undefined || at === undefined) continue;
    if (!isWithin(at, path)) {
      // Some only lead further, and what they lead to stands elsewhere.
      const elsewhere = depth < 1 ? search(member, sought, depth + 1) : undefined;
      if (elsewhere !== undefined) return elsewhere;
      continue;
    }
    if (at === path && methodOf(member, method) !== undefined) return member;
    const found =
      search(member, sought, depth + 1) ??
      contexts(member, path.slice(at.length)).reduce<Member | undefined>(
        (one, context) => one ?? below(context, sought, depth),
        undefined,
      );
    if (found !== undefined) return found;
  }
  return undefined;
}

function below(context: Member, sought: Sought, depth: number): Member | undefined {
  const { path, method } = sought;
  const at = uriOf(context);
  if (at === undefined || !isWithin(at, path)) return undefined;
  if (at === path && methodOf(context, method) !== undefined) return context;
  return search(context, sought, depth + 1);
}

function isWithin(at: string, path: string): boolean {
  return at === "" || path === at || path.startsWith(`${at}/`);
}

/** The contexts that a list opens for what comes next in a path: one by id, or the one there is. */
function contexts(list: Member, rest: string): Member[] {
  if (typeof list !== "function") return [];
  const open = list as unknown as Call;
  const ids = rest.split("/").filter((part) => part !== "");
  // An id may stand behind a literal, and one object may take two: `/PhoneNumbers/{PhoneNumber}/Overrides/{Field}`,
  // in an order of its own.
  const pairs = ids.flatMap((one) => ids.filter((other) => other !== one).map((other) => [one, other]));
  return [[], ...ids.map((id) => [id]), ...pairs].flatMap((given) => {
    try {
      const context = open(...given);
      return isMember(context) ? [context] : [];
    } catch {
      return [];
    }
  });
}

function memberNames(place: unknown): string[] {
  if ((typeof place !== "object" && typeof place !== "function") || place === null) return [];
  const own = Object.getOwnPropertyNames(place);
  const inherited = Object.getOwnPropertyNames(Object.getPrototypeOf(place) ?? {});
  return [...new Set([...own, ...inherited])].filter((name) => /^[a-z]/.test(name) && name !== "constructor");
}

function memberOf(place: unknown, name: string): Member | undefined {
  let value: unknown;
  try {
    value = (place as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
  return isMember(value) ? value : undefined;
}

function isMember(value: unknown): value is Member {
  return (typeof value === "object" || typeof value === "function") && value !== null;
}

/** The path of an object; one that is only there to lead further has none of its own. */
function uriOf({ _uri: uri }: Member): string | undefined {
  return typeof uri === "string" ? uri.replace(/\.json$/, "") : undefined;
}

/** A method of an object, bound; undefined when it has none of that name. */
export function methodOf(member: Member | undefined, name: string): Call | undefined {
  const method = member?.[name];
  return typeof method === "function" ? (method as Call).bind(member) : undefined;
}

/** Parameters by wire name → as a method takes them, by what its source says it sends. */
export function clientParameters(
  member: Member,
  name: string,
  wire: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const source = String(member[name]);
  const names = [...source.matchAll(/data\["([^"]+)"\]\s*=\s*[^;]*?params\["([^"]+)"\]/g)];
  return Object.fromEntries(
    names.flatMap(([, sent = "", taken = ""]) => (sent in wire ? [[taken, wire[sent]] as const] : [])),
  );
}

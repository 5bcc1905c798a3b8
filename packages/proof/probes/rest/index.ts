/** A probe for each resource: an object's whole life over REST, and what is refused. */
import { resource, type OperationName, type Parameter, type Resource } from "@support-line/twilio-api";
import type { Seen } from "@support-line/local-twilio/proof";
import { below, fieldOf, listOf, textOf, type Account, type Answer, type Request } from "../../account.ts";
import { FixtureRefused } from "../../fixtures.ts";
import { formOf } from "../../mask.ts";
import type { Asked, Probe, Question } from "../../probe.ts";
import { conversationRows } from "./conversations.ts";
import { otherRows } from "./others.ts";
import type { Refused, RestRow, Words } from "./row.ts";
import { studioRows } from "./studio-and-functions.ts";

/** An object that is there: its URL, and the SIDs from the outermost to its own. */
interface There {
  readonly url: string;
  readonly sids: readonly string[];
}

interface Known {
  readonly row: RestRow;
  readonly rest: Resource;
}

const known = new Map<string, Known>(
  [...conversationRows, ...studioRows, ...otherRows].map((row) => {
    const rest = resource(row.token);
    if (rest === undefined) throw new Error(`no rows of ${row.token}`);
    return [row.name, { row, rest }];
  }),
);

function knownOf(name: string): Known {
  const found = known.get(name);
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
}

/** The probes, in the order of the rows. */
export const restProbes: readonly Probe[] = [...known.values()].map(probeOf);

function probeOf({ row, rest }: Known): Probe {
  return {
    name: `rest/${row.name}`,
    part: "rest",
    matters: `whatever a stage or a Function asks of ${rest.token.replace("twilio:", "").replace(":", " ")}`,
    questions: questionsOf(row, rest),
    run: (asked) => run(asked, row, rest),
  };
}

function questionsOf(
  row: RestRow,
  { token, product, version, operations, idParameter }: Resource,
): Question[] {
  const document = `OpenAPI ${product} ${version}, ${token.split(":")[2] ?? ""}`;
  const ask = (id: string, asks: string, operation: OperationName, source = document): Question => ({
    id: `rest.${row.name}.${id}`,
    asks,
    source,
    touches: [`rest:${operation} ${token}`],
  });
  const has = (operation: OperationName) => operations[operation] !== undefined;
  const isMade = row.create !== undefined || row.json !== undefined;
  const page = ({ code }: Refused) => `https://www.twilio.com/docs/api/errors/${code}`;
  return [
    ...(has("create")
      ? missingOf(row, operations.create?.form).map(({ name }) =>
          ask(`without.${name}`, `a create without ${name}`, "create"),
        )
      : []),
    ...(isMade ? [ask("create", "a create: status, fields, their form", "create")] : []),
    ...(isMade && has("fetch") ? [ask("fetch", "a fetch: in what it differs from the create", "fetch")] : []),
    ...(!isMade && idParameter === null && has("fetch")
      ? [ask("fetch", "a fetch: status, fields, their form", "fetch")]
      : []),
    ...(row.refused ?? []).map((one) =>
      ask(`refused.${one.name}`, `a create that is refused: ${one.name}`, "create", page(one)),
    ),
    ...(row.update ? [ask("update", "an update: in what it differs from what was", "update")] : []),
    ...(row.refusedUpdate ?? []).map((one) =>
      ask(`refused-update.${one.name}`, `an update that is refused: ${one.name}`, "update", page(one)),
    ),
    ...(has("list")
      ? [
          ask("list", "a list: status, what it is wrapped in, in what an entry differs from a fetch", "list"),
          ...(isMade && row.single !== true
            ? [ask("order", "the order of a list", "list"), ask("pages", "the second page of a list", "list")]
            : []),
        ]
      : []),
    ...(has("fetch") && idParameter !== null ? [ask("absent", "a fetch of what is not there", "fetch")] : []),
    ...(isMade && has("delete") && row.stays !== true
      ? [
          ask("delete", "a delete: status, body", "delete"),
          ask("deleted", "a fetch of what was deleted", "fetch"),
          ask("deleted-again", "a delete of what was deleted", "delete"),
        ]
      : []),
  ];
}

/** Inputs that a create must have, each left out in its turn. */
function missingOf(row: RestRow, form: readonly Parameter[] = []): readonly Parameter[] {
  return row.create === undefined
    ? []
    : form.filter(({ required, name }) => required && row.create?.[name] !== undefined);
}

/** What an answer is, for one that is refused: its code and the form of its message. */
export function refusal({ status, body }: Answer): Seen {
  // What it would have looked like is another fact's.
  if (status < 400) return { status, refused: false };
  const keys = isObject(body) ? Object.keys(body).sort() : [];
  return { status, code: fieldOf(body, "code") ?? null, message: fieldOf(body, "message") ?? null, keys };
}

async function run(asked: Asked, row: RestRow, rest: Resource): Promise<void> {
  const { account } = asked;
  const saw = (id: string, what: Seen) => asked.saw(`rest.${row.name}.${id}`, what);
  const parent = row.below === undefined ? null : await shared(asked, row.below);
  const sids = parent?.sids ?? [];
  const { operations, list, idParameter } = rest;
  const collection = operations.create ?? operations.list;
  const at =
    collection === undefined
      ? ""
      : filled(`${collection.host ?? rest.host}${collection.path}`, rest, sids, account);
  const words = (form: Words, each: string) => filledWords(asked, form, each);
  /** What stands by itself is noted before it is made, also when it should be refused. */
  const create = (request: Request) =>
    parent === null ? account.make(at, request) : account.ask("POST", at, request);
  /** A create that should be refused; what is made all the same is removed. */
  const refuse = async (form: Words, each: string): Promise<Seen> => {
    const answer = await create({ form: await words(form, each) });
    if (answer.status < 300) await account.remove(below(at, textOf(answer.body, rest.idProperty ?? "sid")));
    return refusal(answer);
  };

  for (const { name } of missingOf(row, operations.create?.form)) {
    saw(`without.${name}`, await refuse(without(row.create ?? {}, name), "without"));
  }

  if (row.create === undefined && row.json === undefined) {
    if (idParameter === null && operations.fetch !== undefined) {
      const url = filled(`${rest.host}${operations.fetch.path}`, rest, sids, account);
      const first = await account.ask("GET", url);
      saw("fetch", { status: first.status, fields: first.body });
      if (row.update) {
        const changed = await account.ask("POST", url, { form: await words(row.update, "a") });
        saw("update", { status: changed.status, differs: changesOf(first.body, changed.body) });
      }
    }
    for (const one of row.refused ?? []) saw(`refused.${one.name}`, await refuse(one.with, "x"));
    if (list !== null) await seeList(asked, row, rest, at, null);
    await seeAbsent(asked, row, rest, sids);
    return;
  }

  const make = async (each: string): Promise<Answer> => {
    const { json } = row;
    return create(
      json === undefined
        ? { form: await words(row.create ?? {}, each) }
        : { json: JSON.stringify(jsonOf(asked, json, each)) },
    );
  };
  const made = await make("a");
  saw("create", { status: made.status, fields: made.status < 300 ? made.body : refusal(made) });
  if (made.status >= 300) return;
  const id = textOf(made.body, rest.idProperty ?? "sid");
  const url = below(at, id);
  if (operations.fetch !== undefined) {
    const fetched = await account.ask("GET", url);
    saw("fetch", { status: fetched.status, differs: changesOf(made.body, fetched.body) });
  }
  for (const one of row.refused ?? []) {
    saw(`refused.${one.name}`, await refuse(one.with, "x"));
  }
  if (row.update) {
    const before = (await account.ask("GET", url)).body;
    const changed = await account.ask("POST", url, { form: await words(row.update, "a") });
    saw("update", { status: changed.status, differs: changesOf(before, changed.body) });
  }
  for (const one of row.refusedUpdate ?? []) {
    saw(
      `refused-update.${one.name}`,
      refusal(await account.ask("POST", url, { form: await words(one.with, "x") })),
    );
  }
  const other = row.single === true ? null : await make("b");
  if (list !== null) {
    const ids = other === null ? null : [id, textOf(other.body, rest.idProperty ?? "sid")];
    await seeList(asked, row, rest, at, ids);
  }
  await seeAbsent(asked, row, rest, sids);
  if (operations.delete === undefined || row.stays === true) return;
  const gone = await account.remove(url);
  saw("delete", { status: gone.status, bytes: gone.text.length, type: gone.headers.get("content-type") });
  const missed = await account.until(2, async () => {
    const tried = await account.ask("GET", url);
    return tried.status === 200 ? null : tried;
  });
  saw("deleted", missed === null ? "still there after 2 s" : refusal(missed));
  saw("deleted-again", refusal(await account.ask("DELETE", url)));
  if (other !== null) await account.remove(below(at, textOf(other.body, rest.idProperty ?? "sid")));
}

/** What was asked for with a SID that is not one of the account's. */
async function seeAbsent(asked: Asked, row: RestRow, rest: Resource, sids: readonly string[]): Promise<void> {
  const { fetch } = rest.operations;
  if (fetch === undefined || rest.idParameter === null) return;
  const absent = `${rest.sidPrefix ?? "XX"}${"0".repeat(32)}`;
  const url = filled(`${rest.host}${fetch.path}`, rest, [...sids, absent], asked.account);
  asked.saw(`rest.${row.name}.absent`, refusal(await asked.account.ask("GET", url)));
}

/** A list with these two in it, the one that was made first being first; nothing is asked of their order where there are none. */
async function seeList(
  asked: Asked,
  row: RestRow,
  { list, idProperty }: Resource,
  at: string,
  ids: readonly string[] | null,
): Promise<void> {
  const { account } = asked;
  const key = list?.key ?? "";
  const id = idProperty ?? "sid";
  const { status, body } = await account.ask("GET", at);
  const items = listOf(body, key);
  const entry = items.find((item) => ids === null || textOf(item, id) === ids[0]);
  const fetched =
    entry === undefined || idProperty === null
      ? null
      : (await account.ask("GET", below(at, textOf(entry, id)))).body;
  const wrap = isObject(body) ? without(body, key) : {};
  const differs = entry === undefined ? "no entry" : fetched === null ? null : changesOf(fetched, entry);
  asked.saw(`rest.${row.name}.list`, { status, wrap: wrapOf(wrap), differs });
  if (ids === null) return;
  const order = items.map((item) => textOf(item, id)).filter((one) => ids.includes(one));
  const isLonger = (textOf(fieldOf(body, "meta"), "next_page_url") || textOf(body, "next_page_uri")) !== "";
  const said = order[0] === ids[0] ? "oldest first" : "newest first";
  if (order.length === 2) asked.saw(`rest.${row.name}.order`, said);
  else if (isLonger) asked.notAsked(`rest.${row.name}.order`, "the account has more of them than one page");
  else asked.saw(`rest.${row.name}.order`, "not both are there");
  const first = await account.ask("GET", `${at}?PageSize=1`);
  const next = textOf(fieldOf(first.body, "meta"), "next_page_url") || textOf(first.body, "next_page_uri");
  const second =
    next === ""
      ? null
      : await account.ask(
          "GET",
          next.startsWith("/") ? `${at.split("/")[0]}${next}` : next.replace(/^https?:\/\//, ""),
        );
  asked.saw(`rest.${row.name}.pages`, {
    first: listOf(first.body, key).length,
    next: next === "" ? null : [...new URL(next, "https://x").searchParams.keys()],
    second: second === null ? null : { status: second.status, entries: listOf(second.body, key).length },
  });
}

/** An object without some of its keys. */
function without<Value>(
  object: Readonly<Record<string, Value>>,
  ...names: readonly string[]
): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The wrapping of a list without what counts the account's own objects. */
function wrapOf(wrap: { readonly [key: string]: Seen }): Seen {
  const others = without(wrap, "end", "next_page_uri");
  const { meta } = others;
  if (typeof meta !== "object" || meta === null || Array.isArray(meta)) return others;
  return { ...others, meta: { ...meta, next_page_url: "next_page_url" in meta ? "there" : "missing" } };
}

/** The fields that are other than they were; a field that is gone is `missing`. */
export function changesOf(before: Seen, after: Seen): Seen {
  if (!isObject(before) || !isObject(after)) return before === after ? {} : { all: after };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    names
      // Whether a second went by in between says nothing.
      .filter((name) => textIn(before, name) !== textIn(after, name))
      .map((name) => [name, name in after ? (after[name] ?? null) : "missing"]),
  );
}

function textIn(object: { readonly [key: string]: Seen }, name: string): string | undefined {
  return name in object ? JSON.stringify(formOf({ [name]: object[name] ?? null })) : undefined;
}

function isObject(value: Seen): value is { [key: string]: Seen } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object of a row that others are below, made once in a run. */
async function shared(asked: Asked, name: string): Promise<There> {
  const { row, rest } = knownOf(name);
  return asked.fixtures.once(`rest/${name}`, async () => {
    const { account } = asked;
    const parent = row.below === undefined ? null : await shared(asked, row.below);
    const { create } = rest.operations;
    const at = filled(`${rest.host}${create?.path ?? ""}`, rest, parent?.sids ?? [], account);
    const form = await filledWords(asked, row.create ?? {}, "shared");
    const made = parent === null ? await account.make(at, { form }) : await account.ask("POST", at, { form });
    if (made.status >= 300) throw new FixtureRefused(name, made);
    const sid = textOf(made.body, "sid");
    return { url: below(at, sid), sids: [...(parent?.sids ?? []), sid] };
  });
}

/** A path with its parameters: parents in their order, then its own. */
function filled(
  path: string,
  { parents, idParameter }: Resource,
  sids: readonly string[],
  { sid }: Account,
): string {
  const names = [...parents.map(({ name }) => name), idParameter];
  const given = path.includes("{AccountSid}") ? [sid, ...sids] : sids;
  return path.replace(/\{(\w+)\}/g, (_, name: string) => given[names.indexOf(name)] ?? "");
}

async function filledWords(
  asked: Asked,
  form: Words,
  each: string,
): Promise<Record<string, string | string[]>> {
  const entries = Object.entries(form).map(async ([name, value]) => {
    const all = await Promise.all(
      (typeof value === "string" ? [value] : value).map((text) => filledText(asked, text, each)),
    );
    return [name, typeof value === "string" ? (all[0] ?? "") : all] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function filledText(asked: Asked, text: string, each: string): Promise<string> {
  let filledIn = text.replaceAll("{run}", asked.prefix).replaceAll("{each}", each);
  for (const name of ["task-queue", "workflow"]) {
    if (filledIn.includes(`{${name}}`)) {
      filledIn = filledIn.replaceAll(`{${name}}`, (await shared(asked, name)).sids.at(-1) ?? "");
    }
  }
  return filledIn;
}

function jsonOf(asked: Asked, json: unknown, each: string): unknown {
  return JSON.parse(JSON.stringify(json).replaceAll("{run}", asked.prefix).replaceAll("{each}", each));
}

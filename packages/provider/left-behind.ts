/**
 * What deployments that died left at Twilio, and no state has: each is deleted, or named with the ways out. Only who has
 * the state can tell; the engine shows its provider no more of it than the program speaks of.
 */
import { resource } from "@support-line/twilio-api";
import { isUnique, type Entry, type Journal } from "./journal/journal.ts";
import { leftoversOf, removeLeftover, unsettledMs, type Leftover } from "./lifecycles/leftover.ts";
import type { Session } from "./lifecycles/lifecycle.ts";
import { wait } from "./http/retry.ts";
import { parentsIn } from "./translate/inputs-to-request.ts";
import { textAt } from "./values/place.ts";
import { isMap, type Json, type ValueMap } from "./values/value.ts";

/** A resource as a stack's state has it. */
export interface KnownResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: ValueMap;
}

/** What is looked after once a deployment has ended well. */
export interface Ended {
  readonly journal: Journal;
  readonly known: readonly KnownResource[];
  /** When the deployment began, by this machine's clock: what was begun later is another's. */
  readonly began: number;
  readonly session: (entry: Entry) => Session;
}

/** Words for a person, a line each. A command stands in backquotes. */
export interface Line {
  readonly urn: string;
  readonly text: string;
}

/**
 * Deletes what a dead deployment made, the state does not have and nobody can miss; names the rest.
 *
 * @returns a line for each
 */
export async function settleLeft({ journal, known, began, session }: Ended): Promise<Line[]> {
  const lines: Line[] = [];
  for (const entry of journal.abandoned()) {
    if (entry.at >= began) continue;
    if (entry.id !== undefined && isKnown(known, entry, entry.id)) {
      journal.close(entry.urn);
      continue;
    }
    const { urn } = entry;
    const isTaken = known.some((one) => one.urn === urn);
    try {
      lines.push(...(await settleEntry(journal, session(entry), entry, known, isTaken)));
    } catch (error) {
      lines.push({ urn, text: notLookedUp(entry, error) });
    }
  }
  return lines;
}

async function settleEntry(
  journal: Journal,
  session: Session,
  entry: Entry,
  known: readonly KnownResource[],
  isTaken: boolean,
): Promise<Line[]> {
  const { urn } = entry;
  await wait(unsettledMs(session, entry), session.signal);
  const found = await leftoversOf(session, entry);
  if (found === undefined) {
    journal.close(urn);
    return [{ urn, text: nobodyCanLook(entry) }];
  }
  const left = found.filter(({ id }) => !isKnown(known, entry, id));
  if (left.length === 0) journal.close(urn);
  const lines: Line[] = [];
  for (const one of left) {
    if (one.reason !== undefined) {
      lines.push({ urn, text: stays(one, isTaken, journal.fileOf(urn)) });
      continue;
    }
    await removeLeftover(session, one);
    journal.close(urn);
    lines.push({
      urn,
      text: `Deleted ${one.id}, ${what(entry)}: an interrupted deployment made it, and this stack does not need it.`,
    });
  }
  return lines;
}

/**
 * What an earlier deployment made and this run spoke of with no word: named, for whoever has no launcher that looks into
 * the state. What is gone is forgotten.
 *
 * @param isCleaned whether whoever calls Pulumi looks after it once a deployment has ended well
 */
export async function nameLeft(
  journal: Journal,
  entries: readonly Entry[],
  session: (entry: Entry) => Session,
  isCleaned: boolean,
): Promise<Line[]> {
  const lines = await Promise.all(
    entries.map(async (entry): Promise<Line[]> => {
      const { urn } = entry;
      try {
        const found = await leftoversOf(session(entry), entry);
        if (found === undefined) {
          const file = journal.fileOf(urn);
          const end = isCleaned || file === undefined ? "" : ` To hear no more of it: delete ${file}.`;
          return [{ urn, text: `${nobodyCanLook(entry)}${end}` }];
        }
        if (found.length === 0 && unsettledMs(session(entry), entry) === 0) journal.close(urn);
        return found.map((one) => ({ urn, text: mayBeLeft(one, journal.fileOf(urn), isCleaned) }));
      } catch (error) {
        return [{ urn, text: notLookedUp(entry, error) }];
      }
    }),
  );
  return lines.flat();
}

/**
 * Whether the state has what an entry names: by its SID; what is called by a name, in the same parents. A parent that is
 * a secret is hidden in an export, and may be the same.
 */
function isKnown(known: readonly KnownResource[], entry: Entry, id: string): boolean {
  const row = resource(entry.token);
  const parents = row === undefined ? [] : Object.entries(parentsIn(row, entry.parent));
  return known.some(
    (one) =>
      one.type === entry.token &&
      one.id === id &&
      (isUnique(id) || parents.every(([name, value]) => ["", value].includes(textAt(one.inputs, name)))),
  );
}

function mayBeLeft(one: Leftover, file: string | undefined, isCleaned: boolean): string {
  const made = `${one.id}, ${what(one.entry)}, was made by a deployment that was interrupted, and this one speaks of no such resource. If the state does not have it`;
  const stay = one.reason === undefined ? "" : `, because ${one.reason}`;
  const then = isCleaned
    ? `, \`pulumi up\` ${stay === "" ? "deletes it" : "leaves it"} when it has ended well${stay}.`
    : ", nothing looks after it.";
  return `${made}${then} ${waysOut(one, false)}${another(one, file)}`;
}

function stays(one: Leftover, isTaken: boolean, file: string | undefined): string {
  return `${one.id}, ${what(one.entry)}, stays at Twilio: an interrupted deployment made it, and it is not part of this stack. It was not deleted, because ${one.reason ?? ""}. ${waysOut(one, isTaken)}${another(one, file)}`;
}

function waysOut({ entry, importId, remove }: Leftover, isTaken: boolean): string {
  const name = isTaken ? `${nameOf(entry)}-2` : nameOf(entry);
  const takeOver = `To take it over: \`pulumi import ${entry.token} ${name} ${importId}\`.`;
  return remove === undefined ? takeOver : `${takeOver} To delete it: \`${remove}\`.`;
}

/** What to do where it may not be ours at all. */
function another({ entry }: Leftover, file: string | undefined): string {
  return entry.id !== undefined || file === undefined ? "" : ` If it is somebody else's: delete ${file}.`;
}

function notLookedUp(entry: Entry, error: unknown): string {
  const made = entry.id === undefined ? "" : `${entry.id}, `;
  const reason = error instanceof Error ? error.message : String(error);
  return `${made}${what(entry)} was begun by a deployment that was interrupted, and what became of it could not be looked up: ${reason} The next \`pulumi up\` looks again.`;
}

function nobodyCanLook(entry: Entry): string {
  return `${what(entry)} was begun by a deployment that was interrupted, nobody knows whether it was made, and Twilio lists no such things: look at ${entry.parent}. If it is there and yours, \`pulumi import ${entry.token} ${nameOf(entry)} <id>\` takes it over.`;
}

const what = (entry: Entry): string => `${entry.token} "${nameOf(entry)}"`;
const nameOf = ({ urn }: Entry): string => urn.split("::").at(-1) ?? "";

/** The resources of a `pulumi stack export` as far as they are Twilio's, and what its providers were configured with. */
export function exported(state: unknown): {
  readonly known: readonly KnownResource[];
  readonly providers: readonly ValueMap[];
} {
  const { deployment } = isObject(state) ? state : {};
  const { resources } = isObject(deployment) ? deployment : {};
  const all = (Array.isArray(resources) ? (resources as readonly unknown[]) : []).filter(isObject);
  const known = all
    .filter(({ type }) => text(type).startsWith("twilio:"))
    .map(({ urn, type, id, inputs }) => ({
      urn: text(urn),
      type: text(type),
      id: text(id),
      inputs: isObject(inputs) ? (inputs as ValueMap) : {},
    }));
  const providers = all
    .filter(({ type }) => type === "pulumi:providers:twilio")
    .map(({ inputs }) => (isObject(inputs) ? withoutHidden(inputs) : {}));
  return { known, providers };
}

/** A secret of an export is an object in its place, which says nothing. */
function withoutHidden(inputs: Readonly<Record<string, unknown>>): ValueMap {
  const kept = Object.entries(inputs).filter(
    ([name, value]) => name === "deployedAt" || !isMap(value as Json),
  );
  return Object.fromEntries(kept) as ValueMap;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

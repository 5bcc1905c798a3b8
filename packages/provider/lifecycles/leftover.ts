/** What a deployment that died made and nobody recorded: whether it is still there, whose it is, and how to be rid of it. */
import { isResource, product, type Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import type { Entry } from "../journal/journal.ts";
import { genericToken } from "../shape/generic-shape.ts";
import { parentsIn } from "../translate/inputs-to-request.ts";
import type { JsonMap, ValueMap } from "../values/value.ts";
import { importIdOf } from "./import-id.ts";
import type { Session, State } from "./lifecycle.ts";
import { lifecycle } from "./lifecycles.ts";
import { entriesOf } from "./list-request.ts";
import { deleteByHand, madeAt } from "./lost.ts";
import { deleteLine } from "./in-the-way.ts";
import { mayBeOf } from "./make.ts";
import { PlainLifecycle } from "./plain.ts";
import { mayDelete, reasonToStay } from "./retained.ts";

/** Something at Twilio that a dead deployment made, or may have made. */
export interface Leftover {
  readonly entry: Entry;
  readonly id: string;
  readonly importId: string;
  /** The command that deletes it by hand; undefined where Twilio deletes no such thing. */
  readonly remove: string | undefined;
  /** Why it is left alone; undefined when it may be deleted. */
  readonly reason: string | undefined;
  readonly state: State;
}

/** What is made with a Service or a Workspace comes within this time; what came later is somebody's. */
const madeWithItMs = 60_000;

/** After so long much may have happened to it that nobody here knows of: another stack has it, or somebody let go of it on purpose. */
const longAgoMs = 7 * 24 * 3_600_000;

/** What is called irreplaceable for what it holds: empty, it can be had again. */
const emptyMayGo: readonly string[] = ["twilio:conversations:Service", "twilio:studio:Flow"];

/**
 * What an entry of the journal that no state knows left at Twilio; empty when it is gone, or never came to be.
 *
 * @returns undefined where nobody can look but a person
 */
export async function leftoversOf(session: Session, entry: Entry): Promise<readonly Leftover[] | undefined> {
  const life = await lifecycle(entry.token);
  if (!(life instanceof PlainLifecycle)) return ofGeneric(session, entry);
  const inputs: ValueMap = { ...entry.inputs, ...parentsIn(life.row, entry.parent) };
  if (entry.id !== undefined) {
    // It may be as young as the process that made it: a 404 is asked again.
    session.client.made(entry.id);
    const body = await life.fetch(session, entry.id, inputs);
    if (body === undefined) return [];
    const reason = await reasonToKeep(life, session, entry, inputs, body);
    return [leftover(life, session, entry, inputs, body, reason)];
  }
  const found = await mayBeOf(life, session, entry, inputs);
  const reason = "the answer to its create was lost, so it may be somebody else's";
  return found?.map((body) => leftover(life, session, entry, inputs, body, reason));
}

/** How long Twilio may still not show what an entry without an answer made, in milliseconds. */
export function unsettledMs({ client }: Session, { id, at }: Entry): number {
  return id === undefined ? Math.max(0, at + client.policy.settleMs - Date.now()) : 0;
}

/** Deletes one. That it is gone already is no error. */
export async function removeLeftover(session: Session, { entry, state }: Leftover): Promise<void> {
  const settings = { ...session.settings, deletable: ["*"] };
  await (await lifecycle(entry.token)).delete({ ...session, settings }, state);
}

function leftover(
  life: PlainLifecycle,
  session: Session,
  entry: Entry,
  inputs: ValueMap,
  body: JsonMap,
  reason: string | undefined,
): Leftover {
  const { row } = life;
  const id = life.idOf(body, inputs);
  return {
    entry,
    id,
    importId: importIdOf(row, inputs, id),
    remove: deleteLine(life, session, inputs, id),
    reason,
    state: { id, inputs, outputs: life.outputs(body, inputs) },
  };
}

/** The generic resource: its URL is its id, and nobody knows what it may hold. */
async function ofGeneric(session: Session, entry: Entry): Promise<readonly Leftover[] | undefined> {
  const { id } = entry;
  if (id === undefined) return undefined;
  const inputs: ValueMap = { ...entry.inputs, url: entry.parent };
  const state = await (await lifecycle(genericToken)).read(session, { id, inputs, outputs: {} });
  if (state === undefined) return [];
  const { host, pathname } = new URL(id);
  const remove = deleteByHand(session.client.urlOf({ host, path: pathname }));
  return [{ entry, id, importId: id, remove, reason: "it is unknown what it holds", state }];
}

/** Why one is left alone; undefined when nobody can miss it: nobody changed it, and nothing came to be in it. */
async function reasonToKeep(
  life: PlainLifecycle,
  session: Session,
  entry: Entry,
  inputs: ValueMap,
  body: JsonMap,
): Promise<string | undefined> {
  const { row } = life;
  if (row.operations.delete === undefined) return "Twilio deletes no such thing";
  if (mayDelete(session.settings, row.token)) return undefined;
  if (Date.now() - entry.at > longAgoMs) return "it was made more than a week ago";
  if (!life.isMadeOf(body, inputs)) return "somebody has changed it since";
  const state = { id: life.idOf(body, inputs), inputs, outputs: life.outputs(body, inputs) };
  if (!emptyMayGo.includes(row.token)) {
    const reason = await reasonToStay(session, row, state);
    if (reason !== undefined) return reason;
  }
  const held = await heldBy(life, session, state, body);
  return held === undefined ? undefined : `it holds ${held}`;
}

/** What somebody put into it since it was made; undefined when there is nothing. */
async function heldBy(
  life: PlainLifecycle,
  session: Session,
  { id, inputs }: State,
  body: JsonMap,
): Promise<string | undefined> {
  const { row } = life;
  const own = life.path(session, inputs, id);
  const values = [...(row.instancePath ?? "").matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => own[name] ?? "");
  for (const child of rowsBelow(row)) {
    const { list } = child.operations;
    if (list === undefined || list.query.some(({ required }) => required)) continue;
    const left = [...values];
    const path = list.path.replace(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? ""));
    const request = { method: "GET" as const, host: list.host ?? child.host, path, form: [] };
    const purpose = { what: `Looking what ${id} holds`, signal: session.signal };
    try {
      for await (const entry of entriesOf(session.client, child, request, purpose)) {
        if (madeAt(entry) > madeAt(body) + madeWithItMs || isUndated(entry)) return `a ${child.name}`;
      }
    } catch (error) {
      // What cannot be listed so has nothing in it that this way could be seen.
      if (!(error instanceof ProviderError) || ![400, 404, 405, 501].includes(error.status ?? 0)) throw error;
    }
  }
  return undefined;
}

const isUndated = (entry: JsonMap): boolean =>
  madeAt(entry) === -Infinity && typeof entry["sid"] === "string";

/** Rows of what stands directly in a resource. */
function rowsBelow({ product: name, host, instancePath }: Resource): readonly Resource[] {
  const place = plain(instancePath ?? "");
  return product(name).resources.filter((child) => {
    const below = plain(child.collectionPath ?? "");
    return (
      child.host === host &&
      child.list !== null &&
      // Figures about others are nothing that it holds.
      (child.sidPrefix !== null || isResource(child)) &&
      below.startsWith(`${place}/`) &&
      !below.slice(place.length).includes("{")
    );
  });
}

const plain = (path: string): string => path.replace(/\{\w+\}/g, "{}").replace(/\.json$/, "");

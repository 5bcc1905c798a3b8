/** A revision of a Flow with its picture, and what changed since another one. */
import type { FlowDefinition, State } from "@support-line/studio";
import { text } from "../../fields.ts";
import type { Twilio } from "../../product.ts";
import { findRevision } from "../../studio/revisions.ts";
import { tokens } from "../../studio/tokens.ts";

/** How large the console draws a widget, in pixels; `packages/console/app/flow` draws it so. */
const card = { width: 240, height: 92 };

/** Revisions of a Flow, newest first. */
export function revisionsOf(twilio: Twilio, flowSid: string): object[] {
  return twilio.store
    .list(tokens.revision, { Sid: flowSid })
    .map(({ body }) => ({
      revision: body["revision"] ?? 0,
      status: text(body, "status"),
      message: text(body, "commit_message") || null,
      at: text(body, "date_updated") || text(body, "date_created"),
    }))
    .reverse();
}

/** Pictures take long for large Flows, and a revision never changes. */
const pictures = new Map<string, object>();
const mostPictures = 20;

/** The picture of a revision; undefined when it is not there. */
export async function picture(
  twilio: Twilio,
  flowSid: string,
  revision: number,
): Promise<object | undefined> {
  const definition = definitionOf(twilio, flowSid, revision);
  if (!definition) return undefined;
  const key = `${flowSid}/${revision}`;
  const known = pictures.get(key);
  if (known) return known;
  const { layout, faceOf } = await import("@support-line/studio/draw");
  const { nodes, edges } = layout(definition, { sizeOf: () => card, words: definition.states.length < 300 });
  const drawn = {
    flowSid,
    revision,
    name: text(twilio.store.find(tokens.flow, flowSid)?.body ?? {}, "friendly_name"),
    initial: definition.initial_state,
    card,
    widgets: definition.states.map((state) => ({
      name: state.name,
      type: state.type,
      face: faceOf(state),
      offset: offsetOf(state),
      transitions: (state.transitions ?? []).map(({ event, next, conditions = [] }) => ({
        event,
        next: next ?? null,
        conditions: conditions.map(({ friendly_name: name, type, value }) => ({ name, type, value })),
      })),
    })),
    nodes,
    edges,
  };
  const [oldest] = pictures.keys();
  if (pictures.size >= mostPictures && oldest !== undefined) pictures.delete(oldest);
  pictures.set(key, drawn);
  return drawn;
}

/** What changed between two revisions, in words; undefined when one is not there. */
export async function changesBetween(
  twilio: Twilio,
  flowSid: string,
  from: number,
  to: number,
): Promise<object[] | undefined> {
  const [before, after] = [definitionOf(twilio, flowSid, from), definitionOf(twilio, flowSid, to)];
  if (!before || !after) return undefined;
  const { diff } = await import("@support-line/studio");
  return diff(before, after).map(({ kind, widget, words }) => ({ kind, widget: widget ?? null, words }));
}

export function definitionOf(twilio: Twilio, flowSid: string, revision: number): FlowDefinition | undefined {
  const stored = findRevision(twilio, flowSid, revision);
  // It was validated before it was stored.
  return stored && (stored.body["definition"] as unknown as FlowDefinition);
}

function offsetOf({ properties }: State): { x: number; y: number } | null {
  const offset: unknown = properties?.["offset"];
  if (typeof offset !== "object" || offset === null || !("x" in offset) || !("y" in offset)) return null;
  const { x, y } = offset;
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}

/**
 * Revisions of a Flow, https://www.twilio.com/docs/studio/rest-api/v2/flow-revision: one for each save. Executions
 * run on the revision they began with, so all of them are kept.
 */
import type { FlowDefinition } from "@support-line/studio";
import { TwilioError } from "../errors.ts";
import { number, text } from "../fields.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
import type { State } from "../state.ts";
import { tokens } from "./tokens.ts";

/** Which revision is meant. */
export type Wanted = number | "published" | "latest";

/** Keeps what a Flow is now as a revision. */
export function insertRevision(twilio: Twilio, flow: Body): void {
  const flowSid = text(flow, "sid");
  const revision = number(flow, "revision");
  twilio.store.insert({
    token: tokens.revision,
    sid: keyOf(flowSid, revision),
    parents: { Sid: flowSid },
    body: {
      ...flow,
      sid: flowSid,
      url: `https://studio.twilio.com/v2/Flows/${flowSid}/Revisions/${revision}`,
    },
    hidden: {},
  });
}

/** A stored revision; undefined when there is none, or nothing is published yet. */
export function findRevision(twilio: Twilio, flowSid: string, wanted: Wanted): StoredObject | undefined {
  const { store } = twilio;
  if (typeof wanted === "number") return store.find(tokens.revision, keyOf(flowSid, wanted));
  const flow = store.find(tokens.flow, flowSid);
  const latest = flow && (wanted === "latest" ? flow.body["revision"] : flow.hidden["published"]);
  return typeof latest === "number" ? store.find(tokens.revision, keyOf(flowSid, latest)) : undefined;
}

/** Definitions that were read lately, by revision: reading one anew for every message would cost the most of a turn. */
const readLately: State<Map<string, FlowDefinition>> = { ofStore: true, open: () => new Map() };
const mostDefinitions = 200;

/** The definition of a revision. Throws when the revision is gone, its Flow deleted. */
export function definitionOf(twilio: Twilio, flowSid: string, revision: number): FlowDefinition {
  const definitions = twilio.state(readLately);
  const key = keyOf(flowSid, revision);
  const known = definitions.get(key);
  if (known) return known;
  const stored = findRevision(twilio, flowSid, revision);
  if (!stored) throw new Error(`revision ${revision} of Flow ${flowSid} is gone`);
  // It was validated before it was stored.
  const definition = stored.body["definition"] as unknown as FlowDefinition;
  const [oldest] = definitions.keys();
  if (definitions.size >= mostDefinitions && oldest !== undefined) definitions.delete(oldest);
  definitions.set(key, definition);
  return definition;
}

function keyOf(flowSid: string, revision: number): string {
  return `${flowSid}/${revision}`;
}

export const flowRevision: Behaviour = {
  before(call) {
    const { Sid: flowSid = "", Revision: wanted } = call.path;
    if (wanted === undefined) return call;
    const found = findRevision(call.twilio, flowSid, readWanted(wanted));
    const revision = found === undefined ? 0 : number(found.body, "revision");
    return { ...call, path: { ...call.path, Revision: String(revision) } };
  },
  // As in the list of Flows, definitions are left out.
  list: (_, objects) =>
    objects
      .map((one) => ({ ...one, body: { ...one.body, definition: null, valid: null, errors: null } }))
      .reverse(),
};

/** A number or one of the two magic names, https://www.twilio.com/docs/api/errors/81021 */
function readWanted(text: string): Wanted {
  if (text === "LatestPublished") return "published";
  if (text === "LatestRevision") return "latest";
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new TwilioError(81021, { revision: text });
}

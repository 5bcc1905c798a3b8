/** The Flows that Run Subflow names: https://www.twilio.com/docs/studio/subflows */
import type { EngineEvent, Subflow, SubflowRevision } from "@support-line/studio";
import { inner, text } from "../fields.ts";
import type { Body, Twilio } from "../product.ts";
import { isTestUser } from "./flow.ts";
import { definitionOf, findRevision, type Wanted } from "./revisions.ts";
import type { Run } from "./runs.ts";

/**
 * A subflow in the revision that is meant. A draft is for test users, and it is the caller's test users that count.
 *
 * @param before the Execution so far; null when `event` starts it
 */
export function findSubflow(
  twilio: Twilio,
  about: Pick<Run, "flowSid">,
  before: Pick<Run, "execution"> | null,
  event: EngineEvent,
  flowSid: string,
  revision: SubflowRevision,
): Subflow | undefined {
  const isDraft = revision === "LatestDraft" && takesDraft(twilio, about.flowSid, contactOf(before, event));
  const wanted: Wanted = typeof revision === "number" ? revision : isDraft ? "latest" : "published";
  const found = findRevision(twilio, flowSid, wanted)?.body["revision"];
  if (typeof found !== "number") return undefined;
  return { definition: definitionOf(twilio, flowSid, found), revision: found };
}

function takesDraft(twilio: Twilio, flowSid: string, contact: string): boolean {
  return twilio.settings.switches.draftSubflow === "everyone" || isTestUser(twilio, flowSid, contact);
}

function contactOf(before: Pick<Run, "execution"> | null, event: EngineEvent): string {
  if (event.type === "started") return event.start.contactAddress;
  return text(inner((before?.execution.context.contact ?? {}) as Body, "channel"), "address");
}

import { resource } from "@support-line/twilio-api";
import { plainRequest, type PathParameters } from "../translate/inputs-to-request.ts";
import { textAt } from "../values/place.ts";
import type { JsonMap, ValueMap } from "../values/value.ts";
import { domainsOf, hasUrl, publishedFlows, textOf, type Caller } from "./callers.ts";
import type { Session } from "./lifecycle.ts";

/**
 * Flows that are looked into, and Executions and revisions of each: a warning is worth that much and no more. Executions
 * come in pages of 1,000, the newest first.
 */
const most = { flows: 20, executions: 3000, revisions: 10 } as const;

interface Dropped {
  readonly sid: string;
  readonly path: string;
}

/** From one Build to another, on an Environment. */
export interface Move {
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly from: string;
  /** Undefined in a preview, in which it is not made yet. */
  readonly to: string | undefined;
}

/** Executions that wait for something. */
interface Waiting {
  readonly count: number;
  /** There are too many to look at all of them. */
  readonly mayBeMore: boolean;
}

/**
 * What to say before a Build is deployed that leaves out a Function of the one before, while Executions wait that may
 * still call it: how many, of which Flow, and what to do. Nothing when there is no such Function or no such Execution. An Execution goes on with the
 * revision of its Flow with which it began, so revisions count too.
 *
 * Asks nothing of Twilio unless what this process was told of the stack says that a Function may be left out; then at
 * most two reads of Builds, the Environments, the published Flows, and for each of the first Flows that call the Service
 * its newest Executions, and its last revisions where one of those is active.
 */
export async function warningOfDropped(session: Session, move: Move): Promise<string[]> {
  if (!session.seen.mayDropFunctions(move.from, move.to)) return [];
  const dropped = await droppedBy(session, move);
  if (dropped.length === 0) return [];
  const domain = (await domainsOf(session, move.serviceSid)).get(move.environmentSid) ?? "";
  const isRelated = ({ text }: Caller): boolean =>
    text.includes(move.serviceSid) || (domain !== "" && text.includes(`//${domain}`));
  const flows = (await publishedFlows(session)).filter(isRelated).slice(0, most.flows);
  const calledIn = (text: string): Dropped[] =>
    dropped.filter(({ sid, path }) => text.includes(sid) || (domain !== "" && hasUrl(text, domain, path)));
  const warnings = flows.map(async (flow) => {
    const waiting = await waitingExecutions(session, flow);
    if (waiting.count === 0) return [];
    const now = calledIn(flow.text);
    const called = now.length > 0 ? now : (await earlierTexts(session, flow)).flatMap(calledIn);
    return called.length === 0 ? [] : [wordsOf(flow, waiting, [...new Set(called)])];
  });
  return (await Promise.all(warnings)).flat();
}

function wordsOf({ sid, name }: Caller, { count, mayBeMore }: Waiting, called: readonly Dropped[]): string {
  const functions = called.map((one) => `${one.path} (${one.sid})`).join(", ");
  const number = `${mayBeMore ? "At least " : ""}${count}`;
  const executions = count === 1 && !mayBeMore ? "1 Execution waits" : `${number} Executions wait`;
  const them = count === 1 && !mayBeMore ? "it has" : "they have";
  return `${executions} in Flow ${sid} ("${name}") and may still call ${functions}, which this deployment removes: such a call fails from then on. Keep the Function in the program until ${them} ended, or end them first (POST https://studio.twilio.com/v2/Flows/${sid}/Executions/FN… with Status=ended). Once it is removed, declaring it again and deploying brings it back.`;
}

/** Functions whose path only the Build before answers. */
async function droppedBy(session: Session, { serviceSid, from, to }: Move): Promise<Dropped[]> {
  const versionsOf = async (Sid: string) => {
    const body = await fetched(session, "twilio:serverless:Build", { ServiceSid: serviceSid, Sid });
    return (Array.isArray(body["function_versions"]) ? body["function_versions"] : []) as JsonMap[];
  };
  const pathsAfter = async () =>
    to === undefined
      ? session.seen.paths
      : new Set((await versionsOf(to)).map((version) => textAt(version, "path")));
  const [before, paths] = await Promise.all([versionsOf(from), pathsAfter()]);
  return before
    .map((version) => ({ sid: textAt(version, "function_sid"), path: textAt(version, "path") }))
    .filter(({ path }) => paths?.has(path) === false);
}

async function waitingExecutions(session: Session, { sid }: Caller): Promise<Waiting> {
  const row = resource("twilio:studio:Execution");
  const operation = row?.operations.list;
  if (!row?.list || operation === undefined) return { count: 0, mayBeMore: false };
  const { path, ...rest } = plainRequest(row, operation, { FlowSid: sid });
  const request = { ...rest, path: `${path}?PageSize=1000` };
  let [seen, count] = [0, 0];
  for await (const { status } of session.client.list(request, row.list.key, purposeOf(session))) {
    if (seen === most.executions) return { count, mayBeMore: true };
    seen += 1;
    if (status === "active") count += 1;
  }
  return { count, mayBeMore: false };
}

/** The last published revisions of a Flow; a list shows no definitions (https://www.twilio.com/docs/studio/rest-api/v2/flow-revision). */
async function earlierTexts(session: Session, { sid }: Caller): Promise<string[]> {
  const revisions = await firstPage(session, "twilio:studio:FlowRevision", { Sid: sid }, 50);
  const numbers = revisions
    .filter(({ status }) => status === "published")
    .map(({ revision }) => (typeof revision === "number" ? revision : 0))
    .toSorted((one, other) => other - one);
  const bodies = numbers
    .slice(0, most.revisions)
    .map((revision) =>
      fetched(session, "twilio:studio:FlowRevision", { Sid: sid, Revision: String(revision) }),
    );
  return (await Promise.all(bodies)).map(textOf);
}

function fetched(session: Session, token: string, path: PathParameters): Promise<JsonMap> {
  const row = resource(token);
  const operation = row?.operations.fetch;
  if (row === undefined || operation === undefined) return Promise.resolve({});
  return session.client.send(plainRequest(row, operation, path), purposeOf(session));
}

async function firstPage(
  session: Session,
  token: string,
  parents: PathParameters,
  size: number,
): Promise<JsonMap[]> {
  const row = resource(token);
  const operation = row?.operations.list;
  if (!row?.list || operation === undefined) return [];
  const { path, ...rest } = plainRequest(row, operation, parents);
  const page = await session.client.send({ ...rest, path: `${path}?PageSize=${size}` }, purposeOf(session));
  const entries = page[row.list.key];
  return (Array.isArray(entries) ? entries : []) as JsonMap[];
}

function purposeOf({ signal }: Session) {
  return { what: "Looking for Executions that may still call what this deployment removes", signal };
}

/** What a Deployment moves its Environment from and to. */
export function moveOf(outputs: ValueMap, inputs: ValueMap): Move {
  return {
    serviceSid: textAt(inputs, "serviceSid"),
    environmentSid: textAt(inputs, "environmentSid"),
    from: textAt(outputs, "buildSid"),
    to: textAt(inputs, "buildSid") || undefined,
  };
}

import { resource } from "@support-line/twilio-api";
import { plainRequest, type PathParameters } from "../translate/inputs-to-request.ts";
import { textAt } from "../values/place.ts";
import type { JsonMap, ValueMap } from "../values/value.ts";
import { domainsOf, hasUrl, publishedFlows, textOf, type Caller } from "./callers.ts";
import type { Session } from "./lifecycle.ts";

/** Flows that are looked into, and Executions and revisions of each: a warning is worth that much and no more. */
const most = { flows: 20, executions: 200, revisions: 10 } as const;

interface Dropped {
  readonly sid: string;
  readonly path: string;
}

/** From one Build to another, on an Environment. */
export interface Move {
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What to say before a Build is deployed that leaves out a Function of the one before, while Executions are active that
 * may still call it; nothing when there is no such Function or no such Execution. An Execution goes on with the
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
    const active = await activeExecutions(session, flow);
    if (active === 0) return [];
    const now = calledIn(flow.text);
    const called = now.length > 0 ? now : (await earlierTexts(session, flow)).flatMap(calledIn);
    return called.length === 0 ? [] : [wordsOf(flow, active, [...new Set(called)])];
  });
  return (await Promise.all(warnings)).flat();
}

function wordsOf({ sid, name }: Caller, active: number, called: readonly Dropped[]): string {
  const functions = called.map((one) => `${one.path} (${one.sid})`).join(", ");
  const executions = active === 1 ? "1 active Execution" : `${active} active Executions`;
  return `This Build no longer has ${functions}, and ${executions} of Flow ${sid} ("${name}") may still call it: such a call fails from now on. To spare them, declare the Function again and deploy; drop it when they have ended.`;
}

/** Functions whose path only the Build before answers. */
async function droppedBy(session: Session, { serviceSid, from, to }: Move): Promise<Dropped[]> {
  const [before, after] = await Promise.all(
    [from, to].map(async (Sid) => {
      const body = await fetched(session, "twilio:serverless:Build", { ServiceSid: serviceSid, Sid });
      return (Array.isArray(body["function_versions"]) ? body["function_versions"] : []) as JsonMap[];
    }),
  );
  const paths = new Set((after ?? []).map((version) => textAt(version, "path")));
  return (before ?? [])
    .map((version) => ({ sid: textAt(version, "function_sid"), path: textAt(version, "path") }))
    .filter(({ path }) => !paths.has(path));
}

async function activeExecutions(session: Session, { sid }: Caller): Promise<number> {
  const executions = await firstPage(session, "twilio:studio:Execution", { FlowSid: sid }, most.executions);
  return executions.filter(({ status }) => status === "active").length;
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
  return { what: "Looking for Executions that may still call what this Build leaves out", signal };
}

/** What a Deployment moves its Environment from and to. */
export function moveOf(outputs: ValueMap, inputs: ValueMap): Move {
  return {
    serviceSid: textAt(inputs, "serviceSid"),
    environmentSid: textAt(inputs, "environmentSid"),
    from: textAt(outputs, "buildSid"),
    to: textAt(inputs, "buildSid"),
  };
}

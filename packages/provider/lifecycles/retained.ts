import { resource, type Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { plainRequest } from "../translate/inputs-to-request.ts";
import { isMap, type JsonMap, type ValueMap } from "../values/value.ts";
import { textAt } from "../values/place.ts";
import { importIdOf } from "./import-id.ts";
import type { Session, Settings, State } from "./lifecycle.ts";

/** What cannot be had back once it is deleted, and what is lost with it. */
const irreplaceable: Readonly<Record<string, string>> = {
  "twilio:api:IncomingPhoneNumber": "the number goes back to Twilio and may be sold to somebody else",
  "twilio:conversations:Service": "its Conversations with all their messages go with it",
  "twilio:studio:Flow": "its Executions and revisions go with it, and so does the URL that numbers call",
};

/** Parts of a Serverless Service that stop answering when they are deleted, whatever else stays. */
const running: readonly string[] = [
  "twilio:serverless:Service",
  "twilio:serverless:Environment",
  "twilio:serverless:Deployment",
];

const service = "twilio:serverless:Service";

/** Whether a resource stays at Twilio when its stack lets go of it, unless the configuration says otherwise. */
export function keepsForever(token: string): boolean {
  return token in irreplaceable;
}

/**
 * Why a resource is to stay at Twilio though its stack lets go of it; undefined when it may be deleted. A part of a
 * Serverless Service stays while a published Flow calls it. When the whole stack goes, so do the parts without which
 * the Service would answer otherwise.
 */
export async function reasonToStay(
  session: Session,
  row: Resource,
  state: State,
): Promise<string | undefined> {
  if (mayDelete(session.settings, row.token)) return undefined;
  const reason = irreplaceable[row.token];
  if (reason !== undefined) return `it cannot be had back: ${reason}`;
  if (row.product !== "serverless" || mayDelete(session.settings, service)) return undefined;
  const names = called(row, state, !session.seen.isDeclared(service));
  const caller = names.length === 0 ? undefined : await publishedCaller(session, names);
  return caller === undefined ? undefined : `the published Flow ${caller} calls it`;
}

/** Says that a resource stays, where it is and how to be rid of it. */
export function sayThatItStays(session: Session, row: Resource, state: State, reason: string): void {
  const values: ValueMap = { ...state.outputs, ...state.inputs };
  const importId = importIdOf(row, values, state.id);
  const type = keepsForever(row.token) ? row.token : service;
  session.warn(
    `${state.id} stays at Twilio, and is no longer part of the stack: ${reason}. To take it back: \`pulumi import ${row.token} <name> ${importId}\`. To have such things deleted, name them in \`twilio:deletable\`, or for one command: \`PULUMI_TWILIO_DELETABLE=${type} pulumi …\`.`,
  );
}

function mayDelete({ deletable }: Settings, token: string): boolean {
  return deletable.includes("*") || deletable.includes(token);
}

/** What a definition says that calls this part: its SID or its domain; of a Service that goes as a whole, the Service's. */
function called(row: Resource, { id, outputs }: State, isWhole: boolean): string[] {
  if (row.token === "twilio:serverless:Deployment") return known(textAt(outputs, "environmentSid"));
  if (running.includes(row.token)) {
    return known(id, textAt(outputs, "domainBase"), textAt(outputs, "domainName"));
  }
  if (isWhole) return known(textAt(outputs, "serviceSid"));
  return row.token === "twilio:serverless:Function" ? known(id) : [];
}

function known(...names: readonly string[]): string[] {
  return names.filter((name) => name !== "");
}

/** A published Flow in whose definition one of the names stands; every Flow is read once in a deployment. */
async function publishedCaller(session: Session, names: readonly string[]): Promise<string | undefined> {
  const flows = await session.once("published flows", () => publishedFlows(session));
  const caller = flows.find(({ text }) => names.some((name) => text.includes(name)));
  return caller === undefined ? undefined : `${caller.sid} ("${caller.name}")`;
}

interface Published {
  readonly sid: string;
  readonly name: string;
  readonly text: string;
}

async function publishedFlows(session: Session): Promise<Published[]> {
  const row = resource("twilio:studio:Flow");
  const { list, fetch } = row?.operations ?? {};
  if (!row?.list || list === undefined || fetch === undefined) return [];
  const purpose = { what: "Looking for Flows that call Functions of this Service", signal: session.signal };
  const published: string[] = [];
  const request = plainRequest(row, list, {});
  try {
    for await (const flow of session.client.list(request, row.list.key, purpose)) {
      if (flow["status"] === "published") published.push(textAt(flow, "sid"));
    }
  } catch (error) {
    // An account without Studio has no Flows.
    if (!(error instanceof ProviderError && error.code === "not-found")) throw error;
  }
  const bodies = published.map((sid) =>
    session.client.send(plainRequest(row, fetch, { Sid: sid }), purpose).catch((error: unknown): JsonMap => {
      // Gone meanwhile calls nobody; one that cannot be read may call anything.
      if (error instanceof ProviderError && error.code === "not-found") return {};
      throw error;
    }),
  );
  return (await Promise.all(bodies)).map((body) => ({
    sid: textAt(body, "sid"),
    name: textAt(body, "friendly_name"),
    text: isMap(body["definition"]) ? JSON.stringify(body["definition"]) : textAt(body, "definition"),
  }));
}

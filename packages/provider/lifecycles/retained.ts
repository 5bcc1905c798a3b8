import type { Resource } from "@support-line/twilio-api";
import type { ValueMap } from "../values/value.ts";
import { textAt } from "../values/place.ts";
import { domainsOf, hasUrl, publishedFlows, type Caller } from "./callers.ts";
import { importIdOf } from "./import-id.ts";
import type { Session, Settings, State } from "./lifecycle.ts";

/** What cannot be had back once it is deleted, and what is lost with it. */
const irreplaceable: Readonly<Record<string, string>> = {
  "twilio:api:IncomingPhoneNumber": "the number goes back to Twilio and may be sold to somebody else",
  "twilio:conversations:Service": "its Conversations with all their messages go with it",
  "twilio:studio:Flow": "its Executions and revisions go with it, and so does the URL that numbers call",
};

const tokens = {
  service: "twilio:serverless:Service",
  environment: "twilio:serverless:Environment",
  deployment: "twilio:serverless:Deployment",
  function: "twilio:serverless:Function",
} as const;

/** Parts of a Serverless Service that stop answering when they are deleted, whatever else stays. */
const running: readonly string[] = [tokens.service, tokens.environment, tokens.deployment];

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
  if (row.product !== "serverless" || mayDelete(session.settings, tokens.service)) return undefined;
  const isWhole = !session.seen.isDeclared(tokens.service);
  const caller = await callerOf(session, row, state, isWhole);
  return caller === undefined ? undefined : `the published Flow ${caller.sid} ("${caller.name}") calls it`;
}

/** A published Flow that names this part by its SID, or that has its URL. */
async function callerOf(
  session: Session,
  row: Resource,
  state: State,
  isWhole: boolean,
): Promise<Caller | undefined> {
  const names = called(row, state, isWhole);
  if (names.length === 0) return undefined;
  const flows = await publishedFlows(session);
  const byName = flows.find(({ text }) => names.some((name) => text.includes(name)));
  if (byName !== undefined) return byName;
  // Only what calls some Function by its URL is worth a look at this Service's domains.
  const withUrls = flows.filter(({ text }) => text.includes(".twil.io"));
  const serviceSid = textAt(state.outputs, "serviceSid");
  if (withUrls.length === 0 || serviceSid === "" || row.token === tokens.environment) return undefined;
  const domains = await domainsOf(session, serviceSid);
  return withUrls.find(({ text }) => hasUrlOf(text, row, state, isWhole, domains));
}

/** Whether a text has a URL that this part answers; of a Service that goes as a whole, any of the Service's. */
function hasUrlOf(
  text: string,
  row: Resource,
  { outputs }: State,
  isWhole: boolean,
  domains: ReadonlyMap<string, string>,
): boolean {
  const own = textAt(outputs, "environmentSid");
  const answering = [...domains]
    .filter(([sid, domain]) => domain !== "" && (row.token !== tokens.deployment || sid === own))
    .map(([, domain]) => domain);
  const wanted = row.token === tokens.function && !isWhole ? textAt(outputs, "path") : undefined;
  return answering.some((domain) =>
    wanted === undefined ? text.includes(`//${domain}`) : hasUrl(text, domain, wanted),
  );
}

/** Says that a resource stays, where it is and how to be rid of it. */
export function sayThatItStays(session: Session, row: Resource, state: State, reason: string): void {
  const values: ValueMap = { ...state.outputs, ...state.inputs };
  const importId = importIdOf(row, values, state.id);
  const type = keepsForever(row.token) ? row.token : tokens.service;
  session.warn(
    `${state.id} stays at Twilio, and is no longer part of the stack: ${reason}. To take it back: \`pulumi import ${row.token} <name> ${importId}\`. To have such things deleted, name them in \`twilio:deletable\`, or for one command: \`PULUMI_TWILIO_DELETABLE=${type} pulumi …\`.`,
  );
}

/** Whether the configuration says that things of a type may be deleted for good. */
export function mayDelete({ deletable }: Settings, token: string): boolean {
  return deletable.includes("*") || deletable.includes(token);
}

/** What a definition says that calls this part: its SID or its domain; of a Service that goes as a whole, the Service's. */
function called(row: Resource, { id, outputs }: State, isWhole: boolean): string[] {
  if (row.token === tokens.deployment) return known(textAt(outputs, "environmentSid"));
  if (running.includes(row.token)) {
    return known(id, textAt(outputs, "domainBase"), textAt(outputs, "domainName"));
  }
  if (isWhole) return known(textAt(outputs, "serviceSid"));
  return row.token === tokens.function ? known(id) : [];
}

function known(...names: readonly string[]): string[] {
  return names.filter((name) => name !== "");
}

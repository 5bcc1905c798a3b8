import { resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { plainRequest } from "../translate/inputs-to-request.ts";
import { textAt } from "../values/place.ts";
import { isMap, type JsonMap } from "../values/value.ts";
import type { Session } from "./lifecycle.ts";

/** A Flow with its definition as text, in which the SIDs and URLs stand that it calls. */
export interface Caller {
  readonly sid: string;
  readonly name: string;
  readonly text: string;
}

/** Every published Flow of the account, read once in a deployment. */
export function publishedFlows(session: Session): Promise<readonly Caller[]> {
  return session.once("published flows", () => read(session));
}

/** Domains of a Service's Environments by their SIDs, read once in a deployment; none when the Service is gone. */
export function domainsOf(session: Session, serviceSid: string): Promise<ReadonlyMap<string, string>> {
  return session.once(`domains of ${serviceSid}`, () => readDomains(session, serviceSid));
}

/** Whether a text has the URL of a path on a domain, `https://<domain><path>`, and not of a longer path. */
export function hasUrl(text: string, domain: string, path: string): boolean {
  const url = `//${domain}${path}`;
  for (let at = text.indexOf(url); at !== -1; at = text.indexOf(url, at + 1)) {
    if (!/[\w./~%-]/.test(text.charAt(at + url.length))) return true;
  }
  return false;
}

/** A definition as text, whether Twilio shows it as an object or as text. */
export function textOf(body: JsonMap): string {
  return isMap(body["definition"]) ? JSON.stringify(body["definition"]) : textAt(body, "definition");
}

async function read(session: Session): Promise<Caller[]> {
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
    text: textOf(body),
  }));
}

async function readDomains(session: Session, serviceSid: string): Promise<Map<string, string>> {
  const row = resource("twilio:serverless:Environment");
  const list = row?.operations.list;
  const domains = new Map<string, string>();
  if (!row?.list || list === undefined) return domains;
  const purpose = { what: "Looking for the domains of this Service", signal: session.signal };
  const request = plainRequest(row, list, { ServiceSid: serviceSid });
  try {
    for await (const environment of session.client.list(request, row.list.key, purpose)) {
      domains.set(textAt(environment, "sid"), textAt(environment, "domain_name"));
    }
  } catch (error) {
    if (!(error instanceof ProviderError && error.code === "not-found")) throw error;
  }
  return domains;
}

import { resource, type Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { plainRequest } from "../translate/inputs-to-request.ts";
import { textAt } from "../values/place.ts";
import type { JsonMap } from "../values/value.ts";
import type { Session, State } from "./lifecycle.ts";
import { madeAt } from "./lost.ts";
import { orGone, type PlainLifecycle } from "./plain.ts";

/**
 * What becomes of a Build that another one replaced: it stays at Twilio, so that it can be deployed again. Of the
 * Service's Builds that no Environment runs, the newest are kept, as many as are configured, and older ones are
 * deleted. What is newer than the replaced one (somebody may be about to deploy it) and what the stack has stays.
 *
 * Costs one list of Builds, and one of Environments where there are more than are kept.
 */
export async function pruneBuilds(life: PlainLifecycle, session: Session, replaced: State): Promise<void> {
  const { keepBuilds } = session.settings;
  const builds = await listed(life, session, replaced, life.row);
  const others = builds
    .filter((build) => build["status"] === "completed" && !session.seen.isCurrent(textAt(build, "sid")))
    // Within one second, the list has the newer ones first.
    .sort((one, other) => madeAt(other) - madeAt(one));
  if (others.length <= keepBuilds) return;
  const environments = await listed(life, session, replaced, environmentRow());
  const running = new Set(environments.map((environment) => environment["build_sid"]));
  const idle = others.filter(({ sid }) => !running.has(sid));
  const replacedAt = madeAt(builds.find(({ sid }) => sid === replaced.id) ?? {});
  for (const build of idle.slice(keepBuilds)) {
    if (madeAt(build) <= replacedAt) await remove(life, session, replaced, textAt(build, "sid"));
  }
}

async function remove(
  life: PlainLifecycle,
  session: Session,
  { outputs }: State,
  sid: string,
): Promise<void> {
  const path = life.path(session, outputs, sid);
  const request = plainRequest(life.row, life.operation("delete"), path);
  try {
    await orGone(session.client.send(request, life.purpose(session, `Deleting Build ${sid}, older than`)));
  } catch (error) {
    // Somebody deployed it just now.
    if (!isStillDeployed(error)) throw error;
  }
}

/** Everything of a type in the Service; nothing when the Service is gone. */
async function listed(
  life: PlainLifecycle,
  session: Session,
  { outputs }: State,
  row: Resource,
): Promise<JsonMap[]> {
  const { list } = row.operations;
  if (list === undefined || row.list === null) return [];
  const { path, ...rest } = plainRequest(row, list, life.path(session, outputs));
  const request = { ...rest, path: `${path}?PageSize=${row.list.maxPageSize}` };
  const purpose = life.purpose(session, `Listing ${row.name}s beside`);
  const found: JsonMap[] = [];
  try {
    for await (const entry of session.client.list(request, row.list.key, purpose)) found.push(entry);
  } catch (error) {
    if (!(error instanceof ProviderError && error.code === "not-found")) throw error;
  }
  return found;
}

function environmentRow(): Resource {
  const row = resource("twilio:serverless:Environment");
  if (row === undefined) throw new ProviderError("unexpected", { reason: "there is no row of Environments" });
  return row;
}

/** Whether Twilio keeps a Build because an Environment runs it: it says so in words only, with the general code 20001. */
export function isStillDeployed(error: unknown): boolean {
  return (
    error instanceof ProviderError && error.twilioCode === 20001 && /active Deployment/i.test(error.message)
  );
}

/** Builds, https://www.twilio.com/docs/serverless/api/resource/build: made asynchronously, then never changed. */
import { setImmediate } from "node:timers/promises";
import { TwilioError } from "../errors.ts";
import type { Behaviour, Body, Call, StoredObject, Twilio } from "../product.ts";
import { bodiesOf, textOf } from "../json.ts";
import { contentOf, pruneContents } from "./contents.ts";
import { completed, dependenciesOf, notFound, readDependencies } from "./dependencies.ts";
import { modules } from "./installed.ts";
import { NpmFailed } from "./npm.ts";
import { syntaxProblem } from "./syntax.ts";
import { tokens } from "./tokens.ts";

/**
 * What a new Build may ask for, https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow and the changelog
 * of July 2026: node18 is refused since its end of life.
 */
const runtimes = ["node20", "node22", "node24"];
const defaultRuntime = "node22";

export const build: Behaviour = {
  refuse({ parameter, kind, message }) {
    if (parameter !== "Runtime" || kind !== "enum") return undefined;
    return new TwilioError(20001, { reason: message.replace(/^.*?'(.*?)'.*$/, "unsupported runtime: $1") });
  },
  async before(call) {
    if (call.operation !== "create") return call;
    const given = readDependencies(call.input["Dependencies"]);
    const unknown = await call.twilio.state(modules).unknownOf(given);
    if (unknown !== undefined) throw notFound(unknown);
    return call;
  },
  create(call, draft) {
    const functions = versions(call, "FunctionVersions", tokens.functionVersion);
    const assets = versions(call, "AssetVersions", tokens.assetVersion);
    if (functions.length + assets.length === 0) {
      throw new TwilioError(20001, {
        reason: "At least one Function Version or Asset Version is required for Build.",
      });
    }
    refuseSamePath([...functions, ...assets]);
    const dependencies = completed(readDependencies(call.input["Dependencies"]));
    const runtime = textOf(call.input["Runtime"]) || lastRuntime(call) || defaultRuntime;
    if (!runtimes.includes(runtime)) {
      throw new TwilioError(20001, { reason: `unsupported runtime: ${runtime}` });
    }
    const body: Body = {
      ...draft.body,
      status: "building",
      function_versions: functions.map((version) => versionBody(version, "function_sid")),
      asset_versions: assets.map((version) => versionBody(version, "asset_sid")),
      dependencies: dependencies.map(({ name, version }) => ({ name, version })),
      runtime,
    };
    return { body };
  },
  created: ({ twilio }, object) => startBuilding(twilio, object),
  delete({ twilio }, object) {
    if (twilio.store.list(tokens.environment, {}, { build_sid: object.sid }).length > 0) {
      throw new TwilioError(20001, {
        reason: "Cannot delete Build because it's part of an active Deployment.",
      });
    }
  },
  deleted: ({ twilio }) => pruneContents(twilio),
};

/** `Builds/{Sid}/Status`: the one property that clients poll. */
export const buildStatus: Behaviour = {
  instead: {
    fetch({ twilio, path, accountSid }) {
      const [service = "", sid = ""] = [path["ServiceSid"], path["Sid"]];
      const found = twilio.store.find(tokens.build, sid, { ServiceSid: service });
      if (!found) throw new TwilioError(20404, { path: `/Services/${service}/Builds/${sid}/Status` });
      const url = `https://serverless.twilio.com/v1/Services/${service}/Builds/${sid}/Status`;
      const status = found.body["status"] ?? null;
      return { body: { sid, account_sid: accountSid, service_sid: service, status, url } };
    },
  },
};

/** Goes on with a Build that is `building`: at its creation, and at a start for those that a stop interrupted. */
export function startBuilding(twilio: Twilio, object: StoredObject): void {
  twilio.background(
    (async () => {
      // The answer to the create says `building`, as Twilio's does: nothing changes before it is written.
      await setImmediate();
      try {
        const reason = await whyItFails(twilio, object);
        twilio.lifecycles.begin("build", object.sid, () => finish(twilio, object.sid, reason));
      } catch (error) {
        // The next start goes on with it.
        if (!(error instanceof NpmFailed)) throw error;
      }
    })(),
  );
}

async function whyItFails(twilio: Twilio, { body }: StoredObject): Promise<string | null> {
  for (const version of bodiesOf(body["function_versions"])) {
    const source = Buffer.from(contentOf(twilio, textOf(version["sid"]))).toString("utf8");
    const problem = syntaxProblem(source, textOf(version["path"]));
    if (problem !== null) return problem;
  }
  try {
    await twilio.state(modules).folderOf(dependenciesOf(body));
    return null;
  } catch (error) {
    if (error instanceof NpmFailed && error.code === "stopped") throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

function finish(twilio: Twilio, sid: string, reason: string | null): void {
  const stored = twilio.store.find(tokens.build, sid);
  if (stored?.body["status"] !== "building") return;
  const status = reason === null ? "completed" : "failed";
  twilio.store.transaction(() => {
    twilio.store.replace(
      tokens.build,
      sid,
      { ...stored.body, status, date_updated: twilio.clock.iso() },
      { reason },
    );
    const serviceSid = stored.parents["ServiceSid"] ?? null;
    const runtime = textOf(stored.body["runtime"]);
    // What the Build asks for, and what its Functions run on: this Node, whatever was asked for.
    const runs = { runtime, runsOn: `node${process.versions.node.split(".")[0] ?? ""}` };
    twilio.events.append(`deployment.build.${status}`, sid, serviceSid, { reason, ...runs });
    if (reason !== null) {
      twilio.services.monitor.alert({
        code: 20001,
        level: "error",
        text: reason,
        resourceSid: sid,
        serviceSid,
      });
    }
  });
}

function versions(call: Call, parameter: string, token: string): StoredObject[] {
  const given = call.input[parameter];
  const sids = (Array.isArray(given) ? given : []).map(String).filter((sid) => sid !== "");
  const parents = { ServiceSid: call.path["ServiceSid"] ?? "" };
  return [...new Set(sids)].map((sid) => {
    const found = call.twilio.store.find(token, sid, parents);
    if (!found) {
      throw new TwilioError(20001, { reason: `Invalid ${parameter}: ${sid} was not found in this Service` });
    }
    return found;
  });
}

function refuseSamePath(all: readonly StoredObject[]): void {
  const seen = new Map<string, string>();
  for (const { sid, body } of all) {
    const path = textOf(body["path"]);
    const other = seen.get(path);
    if (other !== undefined) {
      throw new TwilioError(20001, {
        reason: `Versions ${other} and ${sid} have the same Path ${path}`,
      });
    }
    seen.set(path, sid);
  }
}

function versionBody(version: StoredObject, holder: "function_sid" | "asset_sid"): Body {
  const { sid, account_sid, service_sid, path, visibility, date_created } = version.body;
  const shown = {
    sid,
    account_sid,
    service_sid,
    [holder]: version.body[holder],
    path,
    visibility,
    date_created,
  };
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, value ?? null]));
}

/** Without a Runtime a Build takes that of the last one that succeeded (E-82007). */
function lastRuntime(call: Call): string {
  const parents = { ServiceSid: call.path["ServiceSid"] ?? "" };
  const last = call.twilio.store.list(tokens.build, parents, { status: "completed" }).at(-1);
  return textOf(last?.body["runtime"]);
}

/** The versions that a Build consists of. */
export function versionsOf(body: Body): { functions: Body[]; assets: Body[] } {
  return { functions: bodiesOf(body["function_versions"]), assets: bodiesOf(body["asset_versions"]) };
}

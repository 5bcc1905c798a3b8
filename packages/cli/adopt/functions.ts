/** The Functions that a Flow runs: their Service and Environment, the code of what is deployed there, and its Variables. */
import { functionFile } from "@support-line/functions-runtime/sources";
import { z } from "zod";
import { looksSecret } from "@support-line/twilio-api/looks-secret";
import { CliError } from "../errors.ts";
import type { Account } from "./account.ts";
import { readAssets, type DeployedAsset } from "./assets.ts";

export interface DeployedFunction {
  readonly sid: string;
  readonly versionSid: string;
  readonly friendlyName: string;
  readonly path: string;
  readonly visibility: string;
  /** `inner/greet.protected.js` */
  readonly file: string;
  readonly code: string;
}

export interface DeployedVariable {
  readonly sid: string;
  readonly key: string;
  readonly value: string;
  readonly isSecret: boolean;
}

export interface DeployedFunctions {
  readonly service: {
    readonly sid: string;
    readonly uniqueName: string;
    readonly friendlyName: string;
    readonly includeCredentials: boolean;
    readonly uiEditable: boolean;
  };
  readonly environment: {
    readonly sid: string;
    readonly uniqueName: string;
    readonly domainSuffix: string | null;
    readonly domainName: string;
  };
  readonly buildSid: string;
  readonly deploymentSid: string;
  readonly runtime: string | null;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly functions: readonly DeployedFunction[];
  readonly assets: readonly DeployedAsset[];
  readonly variables: readonly DeployedVariable[];
  /** Keys of Variables whose values the API does not show. */
  readonly hidden: readonly string[];
  /** Paths of Functions that are there and not deployed. */
  readonly undeployed: readonly string[];
}

/** An Environment, to be found by what a Flow says of it. */
export interface Place {
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly domainName: string;
}

/** Every Environment of the account. */
export async function readPlaces({ client }: Account): Promise<Place[]> {
  const services = await client.serverless.v1.services.list({ pageSize: 100 });
  const places = await Promise.all(
    services.map(async ({ sid: serviceSid }) =>
      (await client.serverless.v1.services(serviceSid).environments.list({ pageSize: 100 })).map(
        ({ sid, domainName }) => ({ serviceSid, environmentSid: sid, domainName }),
      ),
    ),
  );
  return places.flat();
}

const version = z.object({
  sid: z.string(),
  path: z.string(),
  visibility: z.string().default("public"),
  function_sid: z.string().optional(),
});
const dependency = z.object({ name: z.string(), version: z.string().default("*") });

/**
 * Reads what an Environment runs.
 *
 * @throws CliError `not-adoptable` when nothing is deployed, a Function has a newer version than the deployed one, or a
 *   path that no file can have
 */
export async function readFunctions(account: Account, place: Place): Promise<DeployedFunctions> {
  const service = account.client.serverless.v1.services(place.serviceSid);
  const environment = service.environments(place.environmentSid);
  const [itself, { uniqueName, domainSuffix, buildSid, domainName }, variables, [deployment], all] =
    await Promise.all([
      service.fetch(),
      environment.fetch(),
      environment.variables.list({ pageSize: 100 }),
      environment.deployments.list({ limit: 1 }),
      service.functions.list({ pageSize: 100 }),
    ]);
  if ((buildSid ?? "") === "" || deployment === undefined) {
    throw notAdoptable(
      `${domainName}, whose Functions the Flow runs, runs no Build: deploy it, then adopt again.`,
    );
  }
  const build = await service.builds(buildSid).fetch();
  const versions = z.array(version).parse(build.functionVersions ?? []);
  const assets = await readAssets(account, domainName, z.array(version).parse(build.assetVersions ?? []));
  const functions = await Promise.all(
    versions.map((each) =>
      readFunction(account, place, each, new Map(all.map((one) => [one.sid, one.friendlyName]))),
    ),
  );
  const readable = variables.filter(({ value }) => typeof value === "string");
  const deployed = new Set(functions.map(({ sid }) => sid));
  return {
    service: {
      sid: itself.sid,
      uniqueName: itself.uniqueName,
      friendlyName: itself.friendlyName,
      includeCredentials: itself.includeCredentials,
      uiEditable: itself.uiEditable,
    },
    environment: {
      sid: place.environmentSid,
      uniqueName,
      domainSuffix: (domainSuffix ?? "") === "" ? null : domainSuffix,
      domainName,
    },
    buildSid,
    deploymentSid: deployment.sid,
    runtime: build.runtime ?? null,
    dependencies: Object.fromEntries(
      z
        .array(dependency)
        .parse(build.dependencies ?? [])
        .map(({ name, version: of }) => [name, of] as const)
        // So that adopting once more writes the same.
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
    functions,
    assets,
    variables: readable.map(({ sid, key, value }) => ({
      sid,
      key,
      value,
      isSecret: looksSecret(key, value),
    })),
    hidden: variables.filter((each) => !readable.includes(each)).map(({ key }) => key),
    undeployed: all.filter(({ sid }) => !deployed.has(sid)).map(({ friendlyName }) => friendlyName),
  };
}

async function readFunction(
  { client }: Account,
  { serviceSid }: Place,
  { sid: versionSid, path, visibility, function_sid: given }: z.output<typeof version>,
  names: ReadonlyMap<string, string>,
): Promise<DeployedFunction> {
  const file = functionFile(path, visibility);
  if (file === null) {
    throw notAdoptable(
      `The Function at ${path} has a path that no file in functions/adopted can have: give it another, deploy, then adopt again.`,
    );
  }
  const service = client.serverless.v1.services(serviceSid);
  const sid = given ?? (await functionOf(service, versionSid, [...names.keys()]));
  const found = service.functions(sid);
  const [[newest], { content }] = await Promise.all([
    found.functionVersions.list({ limit: 1 }),
    found.functionVersions(versionSid).functionVersionContent().fetch(),
  ]);
  if (newest !== undefined && newest.sid !== versionSid) {
    throw notAdoptable(
      `The Function at ${path} has a version (${newest.sid}) that is newer than the deployed one: deploy it or delete it, then adopt again.`,
    );
  }
  return { sid, versionSid, friendlyName: names.get(sid) ?? path, path, visibility, file, code: content };
}

/** A Build does not always say which Function a version is of. */
async function functionOf(
  service: ReturnType<Account["client"]["serverless"]["v1"]["services"]>,
  versionSid: string,
  sids: readonly string[],
): Promise<string> {
  for (const sid of sids) {
    const versions = await service.functions(sid).functionVersions.list({ pageSize: 100 });
    if (versions.some((each) => each.sid === versionSid)) return sid;
  }
  throw notAdoptable(
    `The Build runs version ${versionSid} of a Function that is deleted: deploy once more, then adopt again.`,
  );
}

function notAdoptable(problem: string): CliError {
  return new CliError("not-adoptable", { problem });
}

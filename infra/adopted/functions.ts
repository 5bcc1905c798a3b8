import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { readDeployedFunctions } from "@support-line/functions-runtime/sources";
import { nameOfPart, type AdoptedFunctions, type Project } from "@support-line/stage";
import { adoptedAssets } from "@support-line/stage/adopted-assets";
import { orderedFunctions, type Order } from "@support-line/stage/order";
import { join } from "node:path";
import type { FunctionAddress } from "../functions-service.ts";

/** A Service of Functions that adopted lines run, under the names that they have. */
export interface DeclaredFunctions {
  readonly domainName: pulumi.Output<string>;
  readonly deployment: twilio.serverless.Deployment;
  /** All of them, by key. */
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  /** By path without the slash. */
  readonly addresses: Readonly<Record<string, FunctionAddress>>;
  /** By path, those that anybody may read. */
  readonly assets: Readonly<Record<string, { readonly url: pulumi.Output<string> }>>;
}

/**
 * Declares Service, Environment, Variables, Functions, Build and Deployment. They stand in no component: `pulumi import`
 * takes them by their own names.
 *
 * @param name of the Service in the stack
 * @param order earlier Variables and an earlier Build, to be put in place of those
 */
export function adoptedFunctions(
  project: Project,
  name: string,
  adopted: AdoptedFunctions,
  order: Order | null = null,
): DeclaredFunctions {
  const called = (part: string) => nameOfPart(name, part);
  const { secrets } = adopted;
  const ordered = orderedFunctions(order, name);
  const service = new twilio.serverless.Service(name, {
    uniqueName: adopted.uniqueName,
    friendlyName: adopted.friendlyName,
    includeCredentials: adopted.includeCredentials,
    uiEditable: adopted.uiEditable,
  });
  const environment = new twilio.serverless.Environment(name, {
    serviceSid: service.sid,
    uniqueName: adopted.environment,
    ...(adopted.domainSuffix === undefined ? {} : { domainSuffix: adopted.domainSuffix }),
  });
  const place = { serviceSid: service.sid, environmentSid: environment.sid };
  const values = Object.fromEntries(
    Object.entries(ordered?.variables ?? { ...adopted.variables, ...secrets }).map(([key, value]) => [
      key,
      Object.hasOwn(secrets, key) ? pulumi.secret(value) : value,
    ]),
  );
  const variables = Object.entries(values).map(
    ([key, value]) => new twilio.serverless.Variable(called(key), { ...place, key, value }),
  );
  const functions = readDeployedFunctions(join(project.adoptedFolder, adopted.folder)).map(
    ({ name: of, path, visibility, code }) => ({
      of,
      path,
      resource: new twilio.serverless.Function(called(of), {
        serviceSid: service.sid,
        friendlyName: adopted.friendlyNames[path] ?? path,
        path,
        visibility,
        content: new pulumi.asset.StringAsset(code),
      }),
    }),
  );
  const { versions, changed, files } = adoptedAssets(project, adopted);
  const uploaded = changed.map(
    ({ name: of, path, visibility, source }) =>
      new twilio.serverless.Asset(
        called(of),
        {
          serviceSid: service.sid,
          // Otherwise than the Toolkit calls the one that was adopted, which stays with its versions.
          friendlyName: of,
          path,
          visibility,
          content: new pulumi.asset.FileAsset(source),
        },
        // A line that is adopted anew has its versions by their SIDs.
        { retainOnDelete: true },
      ),
  );
  const assetVersions = [...versions, ...uploaded.map(({ versionSid }) => versionSid)];
  const build = new twilio.serverless.Build(name, {
    serviceSid: service.sid,
    functionVersions: functions.map(({ resource }) => resource.versionSid),
    ...(assetVersions.length === 0 ? {} : { assetVersions }),
    ...(Object.keys(adopted.dependencies).length === 0 ? {} : { dependencies: adopted.dependencies }),
    ...(adopted.runtime === undefined ? {} : { runtime: adopted.runtime }),
  });
  const deployment = new twilio.serverless.Deployment(
    name,
    { ...place, buildSid: ordered?.buildSid ?? build.sid },
    { dependsOn: variables },
  );
  const addresses = functions.map(({ of, path, resource }) => {
    const url = pulumi.interpolate`https://${environment.domainName}${path}`;
    return [of, { ...place, functionSid: resource.sid, url }] as const;
  });
  return {
    domainName: environment.domainName,
    deployment,
    variables: values,
    addresses: Object.fromEntries(addresses),
    assets: Object.fromEntries(
      files
        .filter(({ visibility }) => visibility === "public")
        .map(({ path }) => [path, { url: pulumi.interpolate`https://${environment.domainName}${path}` }]),
    ),
  };
}

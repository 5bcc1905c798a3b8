import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import type { ReadAsset, ReadFunction } from "@support-line/functions-runtime/sources";

export interface FunctionsServiceArgs {
  /** Unique in the account, part of the domain: letters, digits and dashes, 50 at most. */
  readonly uniqueName: string;
  /** Those that are deployed, read from their folder. */
  readonly functions: readonly ReadFunction[];
  readonly assets: readonly ReadAsset[];
  /** What the Build installs: package and exact version. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly runtime: string;
  /** Environment Variables of the Functions. */
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  /** An earlier Build to deploy; without one, that of the Functions as they are. */
  readonly buildSid?: string | null;
}

/** What a Run Function widget needs to call a Function. All of it is known as long as the Function exists. */
export interface FunctionAddress {
  readonly serviceSid: pulumi.Output<string>;
  readonly environmentSid: pulumi.Output<string>;
  readonly functionSid: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
}

/** A folder of Functions and one of Assets, deployed: Service, Environment, Variables, both, Build and Deployment. */
export class FunctionsService extends pulumi.ComponentResource {
  readonly serviceSid: pulumi.Output<string>;
  readonly environmentSid: pulumi.Output<string>;
  readonly domainName: pulumi.Output<string>;
  /** Whoever calls a Function waits for this, so that it finds the code it was written for. */
  readonly deployment: twilio.serverless.Deployment;
  /** By name of the Function. */
  readonly addresses: Readonly<Record<string, FunctionAddress>>;
  /** By path, `/prices.html`: the Assets that anybody may read. */
  readonly assets: Readonly<Record<string, { readonly url: pulumi.Output<string> }>>;

  constructor(name: string, args: FunctionsServiceArgs, options?: pulumi.ComponentResourceOptions) {
    super("support-line:index:FunctionsService", name, {}, options);
    const parent = { parent: this };

    const service = new twilio.serverless.Service(
      name,
      { uniqueName: args.uniqueName, friendlyName: args.uniqueName, includeCredentials: true },
      parent,
    );
    const environment = new twilio.serverless.Environment(
      name,
      { serviceSid: service.sid, uniqueName: "live" },
      parent,
    );

    const variables = Object.entries(args.variables).map(
      ([key, value]) =>
        new twilio.serverless.Variable(
          `${name}-${key}`,
          { serviceSid: service.sid, environmentSid: environment.sid, key, value },
          parent,
        ),
    );

    const functions = args.functions.map(({ name: functionName, path, visibility, code }) => ({
      functionName,
      path,
      resource: new twilio.serverless.Function(
        `${name}-${functionName}`,
        {
          serviceSid: service.sid,
          friendlyName: functionName,
          path,
          visibility,
          content: new pulumi.asset.StringAsset(code),
        },
        parent,
      ),
    }));

    const assets = args.assets.map(({ name: assetName, path, visibility, source }) => ({
      path,
      visibility,
      resource: new twilio.serverless.Asset(
        `${name}-${assetName}`,
        {
          serviceSid: service.sid,
          friendlyName: assetName,
          path,
          visibility,
          content: new pulumi.asset.FileAsset(source),
        },
        parent,
      ),
    }));

    const build = new twilio.serverless.Build(
      name,
      {
        serviceSid: service.sid,
        functionVersions: functions.map(({ resource }) => resource.versionSid),
        ...(assets.length === 0 ? {} : { assetVersions: assets.map(({ resource }) => resource.versionSid) }),
        dependencies: args.dependencies,
        runtime: args.runtime,
      },
      parent,
    );

    // The Variables come first, so that no Function runs without what it reads.
    this.deployment = new twilio.serverless.Deployment(
      name,
      { serviceSid: service.sid, environmentSid: environment.sid, buildSid: args.buildSid ?? build.sid },
      { ...parent, dependsOn: variables },
    );

    this.serviceSid = service.sid;
    this.environmentSid = environment.sid;
    this.domainName = environment.domainName;
    this.addresses = Object.fromEntries(
      functions.map(({ functionName, path, resource }) => [
        functionName,
        {
          serviceSid: service.sid,
          environmentSid: environment.sid,
          functionSid: resource.sid,
          url: pulumi.interpolate`https://${environment.domainName}${path}`,
        },
      ]),
    );
    this.assets = Object.fromEntries(
      assets
        .filter(({ visibility }) => visibility === "public")
        // Whoever is sent there finds what the Build serves.
        .map(({ path }) => [path, { url: pulumi.interpolate`https://${environment.domainName}${path}` }]),
    );
    this.registerOutputs({ serviceSid: this.serviceSid, domainName: this.domainName });
  }

  /**
   * Where a Function is called.
   *
   * @throws Error when the folder has no such Function
   */
  address(functionName: string): FunctionAddress {
    const address = this.addresses[functionName];
    if (address === undefined) {
      throw new Error(`functions/ has no ${functionName}; it has ${Object.keys(this.addresses).join(", ")}`);
    }
    return address;
  }
}

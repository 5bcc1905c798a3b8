/** What is deployed, running: one warm place for each domain, brought up to date with the store before each request. */
import {
  createFunctionsHost,
  networkEnvironment,
  type DeployedFile,
  type Deployment,
  type Invocation,
  type FunctionRequest,
  type Network,
} from "@support-line/functions-runtime";
import { twilioHosts } from "../http/address.ts";
import { caFile } from "../http/ca-file.ts";
import { textOf } from "../json.ts";
import type { Body, StoredObject, Twilio } from "../product.ts";
import { versionsOf } from "./builds.ts";
import { contentOf } from "./contents.ts";
import { dependenciesOf } from "./dependencies.ts";
import { environmentOf } from "./environments.ts";
import { modules as installed } from "./installed.ts";
import { tokens } from "./tokens.ts";

export interface RunningFunctions {
  /** Answers a request to a domain; null when no Environment has it. */
  invoke(
    domain: string,
    request: FunctionRequest,
  ): Promise<{ environment: StoredObject; invocation: Invocation | null } | null>;
  /** Starts what an Environment has deployed, so that the first request finds it warm. */
  warm(environmentSid: string): Promise<void>;
  /** Ends every process; the next request starts what it needs. */
  close(): Promise<void>;
}

interface Place {
  readonly buildSid: string;
  readonly credentials: boolean;
  readonly ready: Promise<void>;
  variables: string;
}

/** Runs what the store of `twilio` has deployed. */
export function runFunctions(twilio: Twilio): RunningFunctions {
  const { settings, store } = twilio;
  const places = new Map<string, Place>();
  /** Where the sockets of Functions go; known when the first one is deployed. */
  let network: Network | undefined;
  const host = createFunctionsHost({
    ...(settings.functionsPool === undefined ? {} : { pool: settings.functionsPool }),
    get signatureRejection() {
      return settings.switches.signatureRejection;
    },
    get env() {
      const certificate = caFile(settings.folder);
      return {
        ...networkEnvironment(network),
        NODE_EXTRA_CA_CERTS: certificate,
        TWILIO_CA_BUNDLE: certificate,
      };
    },
  });

  const deploy = async (
    environment: StoredObject,
    build: StoredObject,
    variables: Record<string, string>,
  ): Promise<void> => {
    const modules = [await twilio.state(installed).folderOf(dependenciesOf(build.body))];
    // Functions run in processes of their own, which reach Twilio over HTTP.
    const endpoint = await twilio.listen();
    network = {
      twilio: {
        hosts: twilioHosts.source,
        secure: await twilio.securePort(),
        plain: Number(new URL(endpoint).port),
      },
      leavesMachine: settings.webhooksLeaveMachine,
    };
    await host.deploy({ ...deploymentOf(twilio, environment, build, variables, modules), endpoint });
  };

  /** Brings a domain up to date; false when its Environment has no Build. */
  const bringUp = async (environment: StoredObject): Promise<boolean> => {
    const domain = textOf(environment.body["domain_name"]);
    const buildSid = textOf(environment.body["build_sid"]);
    const build = store.find(tokens.build, buildSid);
    if (!build) {
      host.undeploy(domain);
      places.delete(domain);
      return false;
    }
    const variables = variablesOf(twilio, environment);
    const text = JSON.stringify(variables);
    let place = places.get(domain);
    const credentials = includesCredentials(twilio, environment);
    if (place?.buildSid !== buildSid || place.credentials !== credentials) {
      place = { buildSid, credentials, variables: text, ready: deploy(environment, build, variables) };
      places.set(domain, place);
      const failed = place;
      place.ready.catch(() => {
        if (places.get(domain) === failed) places.delete(domain);
      });
    }
    await place.ready;
    if (place.variables !== text) {
      place.variables = text;
      host.setVariables(domain, variables);
    }
    return true;
  };

  return {
    async invoke(domain, request) {
      const environment = environmentOf(twilio, domain);
      if (!environment) {
        host.undeploy(domain);
        places.delete(domain);
        return null;
      }
      if (!(await bringUp(environment))) return { environment, invocation: null };
      return { environment, invocation: await host.invoke(domain, request) };
    },
    async warm(environmentSid) {
      const environment = store.find(tokens.environment, environmentSid);
      if (environment) await bringUp(environment);
    },
    async close() {
      places.clear();
      await host.close();
    },
  };
}

/** The Variables of an Environment as they are now. */
function variablesOf({ store }: Twilio, environment: StoredObject): Record<string, string> {
  const variables = store.list(tokens.variable, { EnvironmentSid: environment.sid });
  return Object.fromEntries(variables.map(({ body }) => [textOf(body["key"]), textOf(body["value"])]));
}

/** Whether Functions find the account's SID and token in their context: `IncludeCredentials` of their Service. */
function includesCredentials({ store }: Twilio, environment: StoredObject): boolean {
  const service = store.find(tokens.service, environment.parents["ServiceSid"] ?? "");
  return service?.body["include_credentials"] !== false;
}

function deploymentOf(
  twilio: Twilio,
  environment: StoredObject,
  build: StoredObject,
  variables: Record<string, string>,
  modules: readonly string[],
): Omit<Deployment, "endpoint"> {
  const { functions, assets } = versionsOf(build.body);
  const file = (version: Body, holder: "function_sid" | "asset_sid"): DeployedFile => ({
    sid: textOf(version[holder]),
    path: textOf(version["path"]),
    visibility: visibilityOf(version),
    content: contentOf(twilio, textOf(version["sid"])),
    date: Date.parse(textOf(version["date_created"])),
  });
  return {
    // Without it there are no credentials in the context; the token still tells whether a request is Twilio's.
    accountSid: includesCredentials(twilio, environment) ? twilio.settings.accountSid : "",
    authToken: twilio.settings.authToken,
    serviceSid: environment.parents["ServiceSid"] ?? "",
    environmentSid: environment.sid,
    domainName: textOf(environment.body["domain_name"]),
    variables,
    functions: functions.map((version) => file(version, "function_sid")),
    assets: assets.map((version) => file(version, "asset_sid")),
    modules,
  };
}

function visibilityOf(version: Body): DeployedFile["visibility"] {
  const visibility = version["visibility"];
  return visibility === "protected" || visibility === "private" ? visibility : "public";
}

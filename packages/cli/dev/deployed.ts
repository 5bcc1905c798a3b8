/** What the stack's state says of a deployed stage, as far as a save is brought to life beside it. */
import { z } from "zod";
import type { AssetPlace, FunctionPlace } from "@support-line/stage/templates";
import { CliError } from "../errors.ts";
import {
  stageResources,
  stateIn,
  textAt,
  type StageState,
  type StateResource,
} from "../stage/rollback-state.ts";

/** A Function or an Asset that is deployed. */
export interface DeployedFile {
  readonly kind: "Function" | "Asset";
  readonly sid: string;
  readonly path: string;
  readonly visibility: string;
  readonly versionSid: string;
  /** SHA-256 of its content. */
  readonly hash: string;
}

export interface Deployed {
  readonly state: StageState;
  readonly files: readonly DeployedFile[];
  /** What a Build is made with, besides versions. */
  readonly build: { readonly dependencies: Readonly<Record<string, string>>; readonly runtime: string };
  readonly places: Places;
}

/** What bindings are filled with that only a deployment knows. */
export interface Places {
  /** By name of the Function. */
  readonly functions: Readonly<Record<string, FunctionPlace>>;
  /** Those that anybody may read, by path. */
  readonly assets: Readonly<Record<string, AssetPlace>>;
  readonly flex: { readonly workflowSid: string; readonly taskChannelSid: string } | null;
}

const kinds: Readonly<Record<string, DeployedFile["kind"]>> = {
  "twilio:serverless:Function": "Function",
  "twilio:serverless:Asset": "Asset",
};
const fileOutputs = z.object({
  sid: z.string(),
  path: z.string(),
  visibility: z.string(),
  versionSid: z.string(),
  content: z.object({ hash: z.string() }),
});
const buildOutputs = z.object({ dependencies: z.record(z.string(), z.string()), runtime: z.string() });

/**
 * Reads what a stage has deployed; null when it was never deployed whole.
 *
 * @throws CliError with Pulumi's complaint
 */
export async function readDeployed(stage: string): Promise<Deployed | null> {
  return deployedIn(stage, await stageResources(stage));
}

/** The same, of resources that were read before. */
export function deployedIn(stage: string, resources: readonly StateResource[]): Deployed | null {
  const state = stateOrNull(stage, resources);
  if (state === null) return null;
  const ofType = (type: string) => resources.filter((each) => each.type === type);
  const inService = (each: StateResource) => textAt(each, "serviceSid") === state.serviceSid;
  const build = ofType("twilio:serverless:Build").find((each) => textAt(each, "sid") === state.buildSid);
  const [environment] = ofType("twilio:serverless:Environment").filter(inService);
  const [workflow] = ofType("twilio:taskrouter:Workflow");
  const [channel] = ofType("twilio:taskrouter:TaskChannel");
  const domain = environment === undefined ? "" : textAt(environment, "domainName");
  const functions = ofType("twilio:serverless:Function").filter(inService);
  const assets = ofType("twilio:serverless:Asset").filter(
    (each) => inService(each) && textAt(each, "visibility") === "public",
  );
  return {
    state,
    files: resources.filter(inService).flatMap((each): DeployedFile[] => {
      const kind = kinds[each.type];
      const { success, data } = fileOutputs.safeParse(each.outputs);
      if (kind === undefined || !success) return [];
      const { content, ...file } = data;
      return [{ kind, ...file, hash: content.hash }];
    }),
    build: buildOutputs.safeParse(build?.outputs).data ?? { dependencies: {}, runtime: "" },
    places: {
      functions: Object.fromEntries(
        functions.map((each) => [
          textAt(each, "friendlyName"),
          {
            serviceSid: state.serviceSid,
            environmentSid: state.environmentSid,
            functionSid: textAt(each, "sid"),
            url: `https://${domain}${textAt(each, "path")}`,
          },
        ]),
      ),
      assets: Object.fromEntries(
        assets.map((each) => [textAt(each, "path"), { url: `https://${domain}${textAt(each, "path")}` }]),
      ),
      flex:
        workflow === undefined || channel === undefined
          ? null
          : { workflowSid: textAt(workflow, "sid"), taskChannelSid: textAt(channel, "sid") },
    },
  };
}

function stateOrNull(stage: string, resources: readonly StateResource[]): StageState | null {
  try {
    return stateIn(stage, resources);
  } catch (error) {
    if (error instanceof CliError && error.code === "stage-not-deployed") return null;
    throw error;
  }
}

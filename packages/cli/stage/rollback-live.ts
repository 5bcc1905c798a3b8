/** What Twilio runs of a stage, and what it keeps of earlier deployments. Only reads. */
import type { FlowDefinition } from "@support-line/studio";
import type { Twilio } from "twilio";
import { firstNames } from "@support-line/stage";
import type { DeployedFunctions, Deployment } from "@support-line/stage/memory";
import { CliError } from "../errors.ts";
import { flowRevisions } from "../twilio/flow-revisions.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import { functionsStates, type FunctionsState, type StageState } from "./rollback-state.ts";
import { asking } from "./twilio-client.ts";

export interface Live {
  /** What runs, in the form in which deployments are remembered; of a paused line what it is meant to run. */
  readonly deployment: Deployment;
  /** By name of the line: what is published, or is meant to be. */
  readonly definitions: Readonly<Record<string, FlowDefinition>>;
  /** By name of the line: the newest revision, a draft or not. */
  readonly newest: Readonly<Record<string, number>>;
  /** What somebody changed past Pulumi, in words. */
  readonly drift: readonly string[];
}

/**
 * Reads what Twilio runs of a stage.
 *
 * @throws CliError `credentials-refused`, `not-in-account`, or what else Twilio says
 */
export async function liveStage(stage: string, client: Twilio, state: StageState): Promise<Live> {
  return reading(stage, async () => {
    const [functions, flows] = await Promise.all([
      Promise.all(
        Object.entries(functionsStates(state)).map(
          async ([name, each]) => [name, await liveFunctions(client, name, each)] as const,
        ),
      ),
      Promise.all(Object.keys(state.flows).map((line) => liveFlow(client, state, line))),
    ]);
    const { [firstNames.functions]: first, ...others } = Object.fromEntries(
      functions.map(([name, { buildSid, variables }]) => [name, { buildSid, variables }]),
    );
    return {
      deployment: {
        commit: null,
        at: "",
        flows: Object.fromEntries(flows.map(({ line, sid, revision }) => [line, { sid, revision }])),
        ...(first ?? { buildSid: "", variables: {} }),
        ...(Object.keys(others).length === 0 ? {} : { others }),
      },
      definitions: Object.fromEntries(flows.map(({ line, definition }) => [line, definition])),
      newest: Object.fromEntries(flows.map(({ line, newest }) => [line, newest])),
      drift: [...flows.flatMap(({ drift }) => drift), ...functions.flatMap(([, { drift }]) => drift)],
    };
  });
}

/** The Build that runs, those Variables that the state knows, and what of both somebody changed. */
async function liveFunctions(
  client: Twilio,
  name: string,
  { serviceSid, environmentSid, buildSid: known, variables: wanted }: FunctionsState,
): Promise<DeployedFunctions & { readonly drift: readonly string[] }> {
  const place = client.serverless.v1.services(serviceSid).environments(environmentSid);
  const [{ buildSid }, all] = await Promise.all([place.fetch(), place.variables.list({ limit: 1000 })]);
  const variables = Object.fromEntries(
    all.flatMap(({ key, value }) => (key in wanted ? [[key, value]] : [])),
  );
  const changed = Object.keys(wanted).filter((key) => variables[key] !== wanted[key]?.value);
  const of = name === firstNames.functions ? "" : ` of ${name}`;
  return {
    buildSid,
    variables,
    drift: [
      ...(buildSid === known ? [] : [`somebody deployed Build ${buildSid}${of}, the stack knows ${known}`]),
      ...changed.map((key) => `somebody changed the Variable ${key}${of}`),
    ],
  };
}

/** So many drafts may lie on top of what is published; one page of the API. */
const mostRevisions = 1000;

interface LiveFlow {
  readonly line: string;
  readonly sid: string;
  readonly revision: number;
  readonly newest: number;
  readonly definition: FlowDefinition;
  readonly drift: readonly string[];
}

async function liveFlow(client: Twilio, { flows, memory }: StageState, line: string): Promise<LiveFlow> {
  const { sid = "", revision: known = 0 } = flows[line] ?? {};
  const newest = await client.studio.v2.flows(sid).fetch();
  const drift =
    newest.revision === known
      ? []
      : [
          `somebody saved the Flow of line ${line} as revision ${newest.revision} (${newest.status}, "${newest.commitMessage}"), the stack knows ${known}`,
        ];
  const paused = memory.paused[line];
  if (paused !== undefined) {
    const definition = await revisionOf(client, sid, paused.revision);
    return { line, sid, revision: paused.revision, newest: newest.revision, definition, drift };
  }
  // A draft on top is what nobody but test users meets.
  const published =
    newest.status === "published"
      ? newest
      : (await flowRevisions(client, sid, mostRevisions)).find(({ isPublished }) => isPublished);
  if (published === undefined || published.revision === newest.revision) {
    const definition = newest.definition as FlowDefinition;
    return { line, sid, revision: newest.revision, newest: newest.revision, definition, drift };
  }
  const definition = await revisionOf(client, sid, published.revision);
  return { line, sid, revision: published.revision, newest: newest.revision, definition, drift };
}

/** The definition of a revision, which Twilio keeps for good. */
export async function revisionOf(client: Twilio, sid: string, revision: number): Promise<FlowDefinition> {
  const found = await client.studio.v2.flows(sid).revisions(String(revision)).fetch();
  return found.definition as FlowDefinition;
}

export interface KeptBuild {
  readonly sid: string;
  /** Day and time, as ISO 8601. */
  readonly at: string;
  /** Versions of Functions, by path. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A Build, or null when Twilio has it no more. No Build at all is one without Functions. */
export async function keptBuild(client: Twilio, serviceSid: string, sid: string): Promise<KeptBuild | null> {
  if (sid === "") return { sid, at: "", versions: {} };
  try {
    const build = await client.serverless.v1.services(serviceSid).builds(sid).fetch();
    const versions = build.functionVersions as readonly { readonly path: string; readonly sid: string }[];
    return {
      sid,
      at: build.dateCreated.toISOString(),
      versions: Object.fromEntries(versions.map((version) => [version.path, version.sid])),
    };
  } catch (error) {
    if (error instanceof TwilioRefusal && error.status === 404) return null;
    throw error;
  }
}

/**
 * Does something at Twilio for a stage; credentials that are refused, or that are another account's, are named as such.
 *
 * @throws CliError
 */
export async function reading<Result>(stage: string, read: () => Promise<Result>): Promise<Result> {
  return asking(stage, async () => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof TwilioRefusal) || error.status !== 404) throw error;
      throw new CliError("not-in-account", { stage, problem: error.problem });
    }
  });
}

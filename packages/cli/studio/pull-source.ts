/** What a pull is made of: the template, the Flow's revisions at Twilio, and what the state knows of the stage. Only reads. */
import type { FlowDefinition } from "@support-line/studio";
import type { Twilio } from "twilio";
import { checkValues } from "@support-line/stage/check";
import { lineBindings } from "@support-line/stage/templates";
import { StageError, TemplateError, type Line, type Project, type Stage } from "@support-line/stage";
import { revisionToRead, type Deployment } from "@support-line/stage/memory";
import { CliError } from "../errors.ts";
import { reading, revisionOf } from "../stage/rollback-live.ts";
import { memoryIn, stageResources, textAt, type StateResource } from "../stage/rollback-state.ts";
import { stageClient } from "../stage/twilio-client.ts";
import type { BoundTemplate, PulledStage } from "./pull-restore.ts";

export interface PullSource {
  readonly flowSid: string;
  readonly bound: BoundTemplate;
  readonly stage: PulledStage;
  /** The revision that was deployed last. */
  readonly base: Revision;
  /** The newest, a draft or not. */
  readonly edited: Revision;
}
interface Revision {
  readonly revision: number;
  readonly definition: FlowDefinition;
}

/**
 * Reads it all.
 *
 * @throws CliError when no line of the stage has the template, or it is paused, or Twilio or Pulumi refuses
 */
export async function pullSource(
  project: Project,
  name: string,
  options: { readonly stage: string; readonly line?: string | undefined },
): Promise<PullSource> {
  const stage = await refused(() => project.stage(options.stage));
  const line = lineOf(stage, name, options.line);
  const found = await refused(() => project.template(name));
  const { template } = found;
  const values = await refused(() => checkValues(project, stage, line));
  // What was bound by its URL's path goes back to what the file has, as a written binding does.
  const { bindings } = await refused(() => lineBindings(stage, found, values));
  const filled = Object.entries(bindings).flatMap(([place, fill]) =>
    fill(values) === undefined ? [] : [place],
  );
  const resources = await stageResources(stage.name);
  const { flow, endpoint } = deployedFlow(stage.name, line.name, resources);
  const memory = memoryIn(resources);
  if (line.name in memory.paused) {
    throw new CliError("line-is-paused", { stage: stage.name, line: line.name });
  }
  const revision = Number(flow.outputs["revision"]);
  const known = memory.deployments.at(-1)?.flows[line.name] ?? { sid: "", revision };
  const flowSid = textAt(flow, "sid");
  const [base, edited] = await revisions(stage.name, await stageClient(stage.name, endpoint), flowSid, known);
  return {
    flowSid,
    bound: { name, template, bindings, filled: new Set(filled) },
    stage: pulledStage(stage, line, resources),
    base,
    edited,
  };
}

/** What is wrong with a stage file or template, as this command says it. */
async function refused<Result>(read: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StageError || error instanceof TemplateError) {
      throw new CliError("not-to-pull", { problem: error.message });
    }
    throw error;
  }
}

/** @throws CliError */
function lineOf(stage: Stage, template: string, name: string | undefined): Line {
  const having = stage.lines.filter(({ flow }) => flow === template);
  const [line, ...others] = name === undefined ? having : having.filter((each) => each.name === name);
  const named = having.map((each) => each.name).join(", ");
  if (line === undefined) {
    const lines = stage.lines.map((each) => `${each.name} (${each.flow})`).join(", ");
    throw new CliError("not-to-pull", {
      problem: `No line ${name === undefined ? "" : `${name} `}of stage ${stage.name} has the template ${template}; the lines are ${lines}.`,
    });
  }
  if (others.length > 0) {
    throw new CliError("not-to-pull", {
      problem: `Several lines of stage ${stage.name} have the template ${template}: name one with --line (${named}).`,
    });
  }
  return line;
}

/** @throws CliError `stage-not-deployed` */
function deployedFlow(
  stage: string,
  line: string,
  resources: readonly StateResource[],
): { flow: StateResource; endpoint: string } {
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const lines = stack?.outputs["lines"];
  const entry = Array.isArray(lines)
    ? (lines as { name?: unknown; flowSid?: unknown }[]).find(({ name }) => name === line)
    : undefined;
  const flow = resources.find(
    ({ type, outputs }) => type === "twilio:studio:Flow" && outputs["sid"] === entry?.flowSid,
  );
  if (stack === undefined || flow === undefined) throw new CliError("stage-not-deployed", { stage });
  return { flow, endpoint: textAt(stack, "endpoint") };
}

function revisions(
  stage: string,
  client: Twilio,
  sid: string,
  known: Deployment["flows"][string],
): Promise<[Revision, Revision]> {
  return reading(stage, async () => {
    const [definition, newest] = await Promise.all([
      revisionOf(client, sid, revisionToRead(known)),
      client.studio.v2.flows(sid).fetch(),
    ]);
    const edited = newest.definition as FlowDefinition;
    return [
      { revision: known.revision, definition },
      { revision: newest.revision, definition: edited },
    ];
  });
}

function pulledStage(stage: Stage, line: Line, resources: readonly StateResource[]): PulledStage {
  const ofType = (type: string) => resources.filter((each) => each.type === type);
  const domain = textAt(ofType("twilio:serverless:Environment")[0] ?? nothing, "domainName");
  const functions = ofType("twilio:serverless:Function").map((each) => {
    const path = textAt(each, "path").replace(/^\//, "");
    return [textAt(each, "sid"), { name: path, url: `https://${domain}/${path}` }] as const;
  });
  const sids = resources.flatMap((each) => {
    const sid = textAt(each, "sid");
    return sid === ""
      ? []
      : [[sid, `the ${each.type.split(":").at(-1) ?? ""} ${each.urn.split("::").at(-1) ?? ""}`]];
  });
  return {
    name: stage.name,
    line: line.name,
    domain,
    functions: Object.fromEntries(functions),
    sids: Object.fromEntries(sids) as Record<string, string>,
    addresses: Object.fromEntries([
      ...stage.lines.flatMap((each) => each.proxies.map((address) => [address, `line ${each.name}`])),
      ...stage.lines.map((each) => [each.address, `line ${each.name}`]),
      ...stage.lines.flatMap((each) => each.agents.map(({ name, address }) => [address, `agent ${name}`])),
    ]) as Record<string, string>,
  };
}

const nothing: StateResource = { urn: "", type: "", outputs: {} };

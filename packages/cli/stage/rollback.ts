/**
 * `npm run stage -- rollback`: puts back what an earlier deployment published, through Pulumi, so that state and Twilio agree.
 * How it is remembered, and why the next deployment stops: docs/how-to/roll-back.md.
 */
import type { Twilio } from "twilio";
import { firstNames } from "@support-line/stage";
import { revisionToRead, type Deployment, type Memory } from "@support-line/stage/memory";
import type { Order } from "@support-line/stage/order";
import { CliError } from "../errors.ts";
import { commitOf, isAncestor } from "./rollback-commit.ts";
import { keptBuild, liveStage, reading, revisionOf, type Live } from "./rollback-live.ts";
import { carryOut } from "./rollback-order.ts";
import {
  deploymentOf,
  deploymentSaid,
  differenceOf,
  previousDeployment,
  wordsOf,
  type Difference,
  type Side,
} from "./rollback-plan.ts";
import {
  functionsStates,
  servicesOf,
  stageState,
  variableUrn,
  type FunctionsState,
  type StageState,
} from "./rollback-state.ts";
import { stageClient } from "./twilio-client.ts";

export interface RollbackOptions {
  /** A commit, as Git takes it; without one the deployment before what runs. */
  readonly to?: string | undefined;
  /** Whether to do it; otherwise it is only said. */
  readonly isMeant: boolean;
  /** More words for Pulumi, such as a stage file that is elsewhere. */
  readonly words?: readonly string[];
  /** Is told what would be done, before it is. */
  readonly show?: (plan: Plan) => void;
}

/** What a rollback changes. */
export interface Plan {
  readonly to: Deployment;
  readonly differences: readonly string[];
  /** Lines that are paused, whose Flows go back when they resume. */
  readonly later: readonly string[];
  /** What somebody changed past Pulumi and is written over. */
  readonly drift: readonly string[];
  readonly done: boolean;
}

/** As many changes of a Flow as the next deployment names. */
const mostUndone = 8;

/**
 * Rolls a stage back.
 *
 * @throws CliError when there is nothing to go back to, something of it is gone, or Twilio or Pulumi refuses; what is shown
 *   is all that is changed
 */
export async function rollBack(stage: string, options: RollbackOptions): Promise<Plan> {
  const state = await stageState(stage);
  const commit = options.to === undefined ? null : await commitOf(options.to);
  const client = await stageClient(stage, state.endpoint);
  const live = await liveStage(stage, client, state);
  const found =
    commit === null
      ? previousDeployment(state.memory, live.deployment)
      : await deploymentOf(state.memory, commit, isAncestor);
  if (found === null) throw nothingThere(stage, state.memory, commit);
  const { target, now, then } = await reading(stage, () =>
    differentOne(client, state, live, found, commit === null),
  );
  for (const [service, { buildSid: sid }] of Object.entries(servicesOf(state, target))) {
    if (then.builds[service] !== null) continue;
    throw new CliError("build-gone", { stage, sid, deployment: deploymentSaid(target) });
  }
  const secrets = Object.fromEntries(
    Object.entries(functionsStates(state)).map(([service, { variables }]) => [
      service,
      new Set(Object.entries(variables).flatMap(([key, { isSecret }]) => (isSecret ? [key] : []))),
    ]),
  );
  const there = differenceOf(now, then, secrets);
  const differences = wordsOf(there);
  if (differences.length === 0) {
    throw new CliError("same-already", { stage, deployment: deploymentSaid(target) });
  }
  const later = there.flows.map(({ line }) => line).filter((line) => line in state.memory.paused);
  const plan = { to: target, differences, later, drift: live.drift, done: false };
  options.show?.(plan);
  if (!options.isMeant) return plan;
  const undone = wordsOf(differenceOf(then, now, secrets), mostUndone);
  await carryOut(stage, orderOf(state, live, target, then, there, undone), {
    ...targetsOf(state, target, there),
    isAdrift: live.drift.length > 0,
    words: options.words ?? [],
  });
  return { ...plan, done: true };
}

/**
 * The sides of a rollback. What runs may be the last deployment though its revisions have other numbers: then it is the one
 * before that is wanted.
 */
async function differentOne(
  client: Twilio,
  state: StageState,
  live: Live,
  target: Deployment,
  isAny: boolean,
): Promise<{ target: Deployment; now: Side; then: Side }> {
  const [now, then] = await sidesOf(client, state, live, target);
  const { deployments } = state.memory;
  const before = deployments.at(-2);
  const isSame = wordsOf(differenceOf(now, then, {})).length === 0;
  return isAny && isSame && target === deployments.at(-1) && before !== undefined
    ? differentOne(client, state, live, before, false)
    : { target, now, then };
}

/** Their Builds, as Twilio has them. */
async function buildsOf(client: Twilio, state: StageState, deployment: Deployment): Promise<Side["builds"]> {
  const known = functionsStates(state);
  const found = Object.entries(servicesOf(state, deployment)).map(
    async ([service, { buildSid }]) =>
      [service, await keptBuild(client, known[service]?.serviceSid ?? "", buildSid)] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

/** What runs, and what is to run, each with its Builds; of lines that both have. */
async function sidesOf(
  client: Twilio,
  state: StageState,
  live: Live,
  target: Deployment,
): Promise<[Side, Side]> {
  const lines = Object.keys(target.flows).filter((line) => line in state.flows);
  const [nowBuilds, thenBuilds, ...definitions] = await Promise.all([
    buildsOf(client, state, live.deployment),
    buildsOf(client, state, target),
    ...lines.map((line) => {
      const [earlier, own] = [target.flows[line], live.deployment.flows[line]];
      if (earlier === undefined) return undefined;
      return own?.sid === earlier.sid && own.revision === earlier.revision
        ? live.definitions[line]
        : revisionOf(client, earlier.sid, revisionToRead(earlier));
    }),
  ]);
  const kept = lines.flatMap((line, at) => {
    const definition = definitions[at];
    return definition === undefined ? [] : [[line, definition] as const];
  });
  return [
    { deployment: live.deployment, definitions: live.definitions, builds: nowBuilds },
    { deployment: target, definitions: Object.fromEntries(kept), builds: thenBuilds },
  ];
}

/** The order that puts `then` in place; a paused line stays paused, and resumes with what is put back. */
function orderOf(
  state: StageState,
  { deployment, newest }: Live,
  target: Deployment,
  then: Side,
  there: Difference,
  undone: string[],
): Order {
  const { memory } = state;
  const lines = there.flows.map(({ line }) => line);
  const isPaused = (line: string) => line in memory.paused;
  const revisions = Object.entries(deployment.flows).map(([line, own]) => {
    const earlier = target.flows[line];
    if (earlier === undefined || !lines.includes(line)) return [line, own] as const;
    const like = revisionToRead(earlier);
    if (isPaused(line)) return [line, { sid: earlier.sid, revision: like }] as const;
    return [line, { sid: own.sid, revision: (newest[line] ?? 0) + 1, like }] as const;
  });
  const flows: Deployment["flows"] = Object.fromEntries(revisions);
  // What somebody did past Pulumi comes back with no deployment.
  const services = servicesOf(state, target);
  const known = functionsStates(state);
  const isOfCode =
    Object.entries(services).some(([service, wanted]) => {
      const { buildSid = "", variables = {} } = known[service] ?? {};
      return buildSid !== wanted.buildSid || differentKeys(variables, wanted.variables).length > 0;
    }) || lines.some((line) => state.flows[line]?.revision !== target.flows[line]?.revision);
  const { [firstNames.functions]: first, ...others } = services;
  const isAgain = memory.rolledBack !== null && target === memory.deployments.at(-1);
  return {
    memory: {
      deployments: [...memory.deployments.slice(0, memory.deployments.indexOf(target)), { ...target, flows }],
      rolledBack: isAgain || !isOfCode ? memory.rolledBack : { at: new Date().toISOString(), undone },
      paused: Object.fromEntries(
        Object.entries(memory.paused).map(([line, paused]) => [
          line,
          { ...paused, revision: flows[line]?.revision ?? paused.revision },
        ]),
      ),
    },
    isRememberedFirst: true,
    flows: Object.fromEntries(
      lines
        .filter((line) => !isPaused(line))
        .map((line) => [
          line,
          {
            definition: { ...then.definitions[line] },
            reason: `Rolled back to revision ${flows[line]?.like ?? ""}, deployed ${target.at}`,
          },
        ]),
    ),
    buildSid: first?.buildSid ?? null,
    variables: first?.variables ?? null,
    others,
  };
}

/** Keys of Variables that the state has otherwise, or not at all. */
function differentKeys(
  variables: FunctionsState["variables"],
  wanted: Readonly<Record<string, string>>,
): string[] {
  return Object.keys({ ...variables, ...wanted }).filter((key) => variables[key]?.value !== wanted[key]);
}

/** URNs of what Twilio or the state has otherwise than the target, and of Variables that the target does not have. */
function targetsOf(
  state: StageState,
  target: Deployment,
  { flows, builds, variables }: Difference,
): { readonly targets: string[]; readonly gone: string[] } {
  const known = functionsStates(state);
  const gone: string[] = [];
  const ofServices = Object.entries(servicesOf(state, target)).flatMap(([service, wanted]) => {
    const own = known[service];
    if (own === undefined) return [];
    const keys = new Set([
      ...variables.flatMap((each) => (each.service === service ? [each.key] : [])),
      ...differentKeys(own.variables, wanted.variables),
    ]);
    const lost = [...keys].filter((key) => !(key in wanted.variables) && key in own.variables);
    gone.push(...lost.map((key) => variableUrn(own, key)));
    const isOther = builds.some((each) => each.service === service) || own.buildSid !== wanted.buildSid;
    return [
      // The Deployment waits for the Variables: its state names a Variable until it is touched.
      ...(isOther || lost.length > 0 ? [own.deploymentUrn] : []),
      ...[...keys].filter((key) => !lost.includes(key)).map((key) => variableUrn(own, key)),
    ];
  });
  const targets = [
    state.memoryUrn,
    ...flows.flatMap(({ line }) => (line in state.memory.paused ? [] : (state.flows[line]?.urn ?? []))),
    ...ofServices,
  ];
  return { targets, gone };
}

/**
 * Lets deployments through again after a rollback. Touches nothing at Twilio.
 *
 * @throws CliError `not-rolled-back`
 */
export async function letDeploymentsThrough(stage: string, words: readonly string[] = []): Promise<Memory> {
  const state = await stageState(stage);
  if (state.memory.rolledBack === null) throw new CliError("not-rolled-back", { stage });
  const memory = { ...state.memory, rolledBack: null };
  await carryOut(
    stage,
    { memory, isRememberedFirst: true, flows: {}, buildSid: null, variables: null },
    { targets: [state.memoryUrn], isAdrift: false, words },
  );
  return state.memory;
}

function nothingThere(stage: string, { deployments }: Memory, commit: string | null): CliError {
  const known = deployments.map(deploymentSaid).join("; ");
  if (commit !== null) {
    return new CliError("not-remembered", { stage, commit: commit.slice(0, 9), known: known || "none" });
  }
  return new CliError("nothing-to-roll-back", {
    stage,
    known: known === "" ? "no deployment" : `one deployment alone (${known})`,
  });
}

/**
 * `npm run stage -- pause` and `-- resume`: a line answers one text and brings nobody, until it resumes with what it said
 * before. Through Pulumi, so that state and Twilio agree; no deployment in between resumes it (docs/how-to/roll-back.md).
 */
import type { Command } from "commander";
import type { Memory } from "@support-line/stage/memory";
import type { Order } from "@support-line/stage/order";
import { CliError } from "../errors.ts";
import { projectHere } from "../project.ts";
import { pausedFlow, pausedText } from "./pause-flow.ts";
import { liveStage, reading, revisionOf } from "./rollback-live.ts";
import { carryOut } from "./rollback-order.ts";
import { stageState, type StageState } from "./rollback-state.ts";
import { stageClient } from "./twilio-client.ts";

export interface PauseOptions {
  /** Of one line; without it of all. */
  readonly line?: string | undefined;
  /** More words for Pulumi, such as a stage file that is elsewhere. */
  readonly words?: readonly string[];
}

/**
 * Pauses lines of a stage. Conversations in which an agent is stay as they are.
 *
 * @param text what customers read; the stage file's `wordings.paused` when it is left out
 * @returns the names of the lines
 * @throws CliError
 */
export async function pause(
  stage: string,
  text: string | undefined,
  options: PauseOptions,
): Promise<string[]> {
  const state = await stageState(stage);
  const lines = linesOf(stage, state, options.line, Object.keys(state.flows));
  const said = text ?? projectHere().stage(stage).wordings.paused ?? pausedText;
  const live = await liveStage(stage, await stageClient(stage, state.endpoint), state);
  const at = new Date().toISOString();
  const entries = lines.flatMap((line) => {
    const [published, flow] = [live.definitions[line], live.deployment.flows[line]];
    if (published === undefined || flow === undefined) return [];
    const definition = { ...pausedFlow(published, said) };
    const since = state.memory.paused[line]?.at ?? at;
    return [[line, { at: since, revision: flow.revision, definition }] as const];
  });
  const paused = { ...state.memory.paused, ...Object.fromEntries(entries) };
  const flows = Object.fromEntries(
    entries.map(([line, { definition }]) => [line, { definition, reason: "Paused" }]),
  );
  const order = { memory: { ...state.memory, paused }, flows, isRememberedFirst: true };
  await publish(stage, state, order, live.drift.length > 0, options);
  return lines;
}

/**
 * Ends a pause: the lines answer as they did before.
 *
 * @returns the names of the lines
 * @throws CliError `not-paused`
 */
export async function resume(stage: string, options: PauseOptions): Promise<string[]> {
  const state = await stageState(stage);
  const { paused } = state.memory;
  const lines = linesOf(stage, state, options.line, Object.keys(paused)).filter((line) => line in paused);
  if (lines.length === 0) throw new CliError("not-paused", { stage });
  const client = await stageClient(stage, state.endpoint);
  const live = await liveStage(stage, client, state);
  const flows = await reading(stage, () =>
    Promise.all(
      lines.map(async (line) => {
        const revision = paused[line]?.revision ?? 0;
        const definition = await revisionOf(client, state.flows[line]?.sid ?? "", revision);
        const reason = `Resumed with revision ${revision}`;
        return [line, { definition: { ...definition }, reason }] as const;
      }),
    ),
  );
  const rest = Object.fromEntries(Object.entries(paused).filter(([line]) => !lines.includes(line)));
  const memory = { ...state.memory, deployments: resumed(state.memory, live.newest, lines), paused: rest };
  const order = { memory, flows: Object.fromEntries(flows), isRememberedFirst: false };
  await publish(stage, state, order, live.drift.length > 0, options);
  return lines;
}

/** The deployments, the last of which has the revisions that are about to be made of those before the pause. */
function resumed(
  { deployments, paused }: Memory,
  newest: Readonly<Record<string, number>>,
  lines: readonly string[],
): Memory["deployments"] {
  const last = deployments.at(-1);
  if (last === undefined) return deployments;
  const flows = Object.entries(last.flows).map(([line, flow]) => {
    const like = paused[line]?.revision;
    if (like === undefined || !lines.includes(line)) return [line, flow] as const;
    return [line, { sid: flow.sid, revision: (newest[line] ?? 0) + 1, like }] as const;
  });
  return [...deployments.slice(0, -1), { ...last, flows: Object.fromEntries(flows) }];
}

/** @throws CliError `no-such-line` */
function linesOf(stage: string, { flows }: StageState, line: string | undefined, all: string[]): string[] {
  if (line === undefined) return all;
  if (line in flows) return [line];
  throw new CliError("no-such-line", { stage, line, known: Object.keys(flows).join(", ") });
}

/** Publishes these Flows and no more. */
function publish(
  stage: string,
  state: StageState,
  order: Pick<Order, "memory" | "flows" | "isRememberedFirst">,
  isAdrift: boolean,
  { words = [] }: PauseOptions,
): Promise<void> {
  const targets = [
    state.memoryUrn,
    ...Object.keys(order.flows).flatMap((line) => state.flows[line]?.urn ?? []),
  ];
  return carryOut(stage, { ...order, buildSid: null, variables: null }, { targets, isAdrift, words });
}

interface Flags {
  readonly line?: string;
  readonly text?: string;
  readonly json?: boolean;
  readonly configFile?: string;
}

const optionsOf = ({ line, configFile }: Flags): PauseOptions => ({
  line,
  words: configFile === undefined ? [] : ["--config-file", configFile],
});

/** Adds the verbs. */
export function addPause(program: Command): void {
  const verb = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument("<stage>", "local, dev, …")
      .option("--line <name>", "only this line (default: all lines of the stage)")
      .option("--json", "print JSON")
      .option("--config-file <file>", "the stage file, when it is not Pulumi.<stage>.yaml");
  verb("pause", "Lets the lines answer with one text and add nobody; Conversations with an agent go on.")
    .option("--text <text>", "what customers read (default: wordings.paused of the stage file)")
    .action(async (stage: string, flags: Flags) => {
      const lines = await pause(stage, flags.text, optionsOf(flags));
      say(flags, lines, `Paused: ${lines.join(", ")}. To end it: npm run stage -- resume ${stage}`);
    });
  verb("resume", "Ends a pause: the lines answer as they did before.").action(
    async (stage: string, flags: Flags) => {
      const lines = await resume(stage, optionsOf(flags));
      say(flags, lines, `Answering again: ${lines.join(", ")}.`);
    },
  );
}

function say({ json = false }: Flags, lines: readonly string[], text: string): void {
  console.log(json ? JSON.stringify({ lines }) : text);
}

/** The stage's memory in its stack's state: read when the program begins, written when everything is deployed. */
import * as pulumi from "@pulumi/pulumi";
import { execFile } from "node:child_process";
import {
  memoryOutput,
  memoryType,
  nothingRemembered,
  readMemory,
  remember,
  type Memory,
} from "@support-line/stage/memory";
import type { Order } from "@support-line/stage/order";

interface StackResources {
  readonly outputs: Readonly<Record<string, { readonly type: string; readonly outputs: object }>>;
}

/** What the stage remembers from its last deployment. */
export async function readRemembered(): Promise<Memory> {
  const stackName = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  // Only an invoke: a StackReference would be one more resource, read in every preview.
  const token = "pulumi:pulumi:readStackResourceOutputs";
  const { outputs } = (await pulumi.runtime.invoke(token, { stackName })) as StackResources;
  const own = Object.values(outputs).find(({ type }) => type === memoryType);
  const text = (own?.outputs as Readonly<Record<string, unknown>> | undefined)?.[memoryOutput];
  return typeof text === "string" ? readMemory(text) : nothingRemembered;
}

/**
 * Stops an ordinary deployment of a stage that was rolled back, since it would bring back what was undone; a preview is
 * told so and goes on. Says which lines are paused.
 *
 * @throws pulumi.RunError
 */
export async function heedRemembered({ rolledBack, paused }: Memory): Promise<void> {
  const stage = pulumi.getStack();
  for (const [line, { at }] of Object.entries(paused)) {
    await pulumi.log.warn(
      `Line ${line} is paused since ${at}: its Flow stays as it is, whatever the code says. \`npm run stage -- resume ${stage}\` ends that.`,
    );
  }
  if (rolledBack === null) return;
  const undone = rolledBack.undone.map((words) => `\n  ${words}`).join("");
  const words = `Stage ${stage} was rolled back at ${rolledBack.at}. The rollback undid:${undone}\nWhen the code is fixed, or that may come back, \`npm run stage -- rollback ${stage} --clear\` lets deployments through again.`;
  if (!pulumi.runtime.isDryRun()) throw new pulumi.RunError(words);
  await pulumi.log.warn(words);
}

export interface RememberedArgs {
  /** What was remembered before. */
  readonly known: Memory;
  readonly order: Order | null;
  /** By name of the line. */
  readonly flows: Readonly<
    Record<string, { readonly sid: pulumi.Input<string>; readonly revision: pulumi.Input<number> }>
  >;
  readonly buildSid: pulumi.Input<string>;
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  /** Further Services of Functions, by their names in the stack. */
  readonly others?: Readonly<
    Record<
      string,
      {
        readonly buildSid: pulumi.Input<string>;
        readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
      }
    >
  >;
}

/** Keeps the memory: a component without children, whose output is secret because Variables have people's numbers. */
export class Remembered extends pulumi.ComponentResource {
  constructor(name: string, args: RememberedArgs, options?: pulumi.ComponentResourceOptions) {
    super(memoryType, name, {}, options);
    const { known, order, flows, buildSid, variables, others = {} } = args;
    // Components are resources, and those are not looked into.
    const published = Object.fromEntries(
      Object.entries(flows)
        // An order waits for what it touches: what else the code has may not be there yet.
        .filter(([line]) => order === null || line in order.flows)
        .map(([line, { sid, revision }]) => [line, { sid, revision }]),
    );
    const text = pulumi
      .all([
        pulumi.output(published),
        buildSid,
        pulumi.output(variables),
        pulumi.output(others),
        headCommit(),
      ])
      .apply(([revisions, build, values, further, commit]) => {
        const fresh = {
          commit,
          at: new Date().toISOString(),
          flows: revisions,
          buildSid: build,
          variables: values,
          ...(Object.keys(further).length === 0 ? {} : { others: further }),
        };
        return JSON.stringify(order?.memory ?? remember(known, fresh));
      });
    const isFirst = order?.isRememberedFirst === true;
    this.registerOutputs({ [memoryOutput]: pulumi.secret(isFirst ? JSON.stringify(order.memory) : text) });
  }
}

/** The commit that is deployed; null where there is no Git checkout. */
function headCommit(): Promise<string | null> {
  return new Promise((resolve) => {
    execFile("git", ["rev-parse", "HEAD"], (error, stdout) => resolve(error === null ? stdout.trim() : null));
  });
}

/**
 * `pulumi-resource-twilio left-behind`: what a launcher of Pulumi runs when a deployment has ended well. Reads from standard
 * input what the stack's state has, deletes or names what dead deployments left, and prints a line for each.
 */
import { text as textOf } from "node:stream/consumers";
import { journalRoot } from "./journal/folder.ts";
import { exported, type Line } from "./left-behind.ts";
import { Provider, type ProviderOptions } from "./provider.ts";
import { withCommands } from "./rpc/commands.ts";
import { stackConfig } from "./configuration/stack-credentials.ts";
import type { Environment } from "./configuration/configuration.ts";

/** What a launcher says of the deployment that has ended. */
export interface EndedWell {
  readonly project: string;
  readonly stack: string;
  /** When it began, in milliseconds of this machine's clock. */
  readonly began: number;
  /** As `pulumi stack export` prints it. */
  readonly state: unknown;
}

/** @returns lines for a person */
export async function leftBehind(
  { project, stack, began, state }: EndedWell,
  environment: Environment,
  options: ProviderOptions = {},
): Promise<string[]> {
  const { known, providers } = exported(state);
  const urn = `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
  const lines: Line[] = [];
  // What was deployed before anything was recorded has no provider in the state.
  for (const inputs of [...providers, { ...stackConfig(environment) }]) {
    const logger = { say: (of: string, _: string, text: string) => void lines.push({ urn: of, text }) };
    const provider = new Provider(environment, logger, options);
    try {
      await provider.configure(inputs);
      lines.push(...(await provider.settleLeft({ urn, known, began })));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const text = `What a deployment that was interrupted left could not be looked up: ${reason}`;
      lines.push({ urn, text });
    }
  }
  return [...new Set(lines.map((line) => withCommands(line.text, line.urn)))];
}

/** Runs as a process. */
export async function run(environment: Environment): Promise<void> {
  const ended = JSON.parse(await textOf(process.stdin)) as EndedWell;
  const journals = (configured: string | undefined) => journalRoot(configured, environment);
  for (const line of await leftBehind(ended, environment, { journals })) process.stdout.write(`${line}\n`);
}

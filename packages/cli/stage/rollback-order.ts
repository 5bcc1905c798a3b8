/** Has Pulumi carry out an order on a stage: only what is named is touched, and Pulumi itself writes it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { orderVariable, type Order } from "@support-line/stage/order";
import { CliError } from "../errors.ts";
import { masked } from "../pull-request/preview.ts";
import { pulumiRun } from "./pulumi.ts";

export interface CarryOut {
  /** URNs of what may be touched. */
  readonly targets: readonly string[];
  /** URNs of what the order has no more: Pulumi keeps them in a run with targets, for what it does not touch named them. */
  readonly gone?: readonly string[];
  /** Whether Twilio has otherwise than the state what is touched, so that it is looked at first. */
  readonly isAdrift: boolean;
  /** More words for the CLI, such as a stage file that is elsewhere. */
  readonly words: readonly string[];
}

/** What Pulumi says of a stack that somebody else is working on: file and object stores, and Pulumi Cloud. */
const locked = /currently locked by|another update is (currently )?in progress|Conflict: /i;

/**
 * Now and then the engine takes a resource that is no target for one that the program declares twice, and stops before it
 * changes anything: https://github.com/pulumi/pulumi/issues/24303, open in 3.276. The same run again goes well.
 */
const registeredTwice = /Duplicate resource URN/;
const mostTries = 4;

/**
 * Runs `pulumi up` with an order.
 *
 * @throws CliError `stage-locked`, or `pulumi-failed` with what it printed
 */
export async function carryOut(
  stage: string,
  order: Order,
  { targets: touched, gone = [], isAdrift, words }: CarryOut,
): Promise<void> {
  // The order holds people's numbers: nobody else may read it, and it goes when it is carried out.
  const folder = mkdtempSync(join(tmpdir(), "support-line-order-"));
  const file = join(folder, "order.json");
  writeFileSync(file, JSON.stringify(order), { mode: 0o600 });
  const env = { ...process.env, [orderVariable]: file };
  const targets = (urns: readonly string[]) => urns.flatMap((urn) => ["--target", urn]);
  const how = ["--yes", "--skip-preview", "-s", stage];
  const refresh = isAdrift ? "--refresh" : "--refresh=false";
  try {
    await pulumi(stage, ["up", ...how, refresh, ...targets(touched), ...words], env);
    if (gone.length > 0) {
      await pulumi(stage, ["destroy", ...how, "--refresh=false", ...targets(gone), ...words], env);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws CliError `stage-locked`, or `pulumi-failed` with what it printed */
async function pulumi(stage: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  let said = "";
  for (let tries = 0; tries < mostTries; tries++) {
    const { ok, stdout, stderr } = await pulumiRun(words, { env });
    if (ok) return;
    said = masked(`${stdout}\n${stderr}`.trim());
    if (!registeredTwice.test(said)) break;
  }
  if (locked.test(said)) throw new CliError("stage-locked", { stage });
  throw new CliError("pulumi-failed", { command: words[0] ?? "", problem: said });
}

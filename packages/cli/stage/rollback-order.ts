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
export async function carryOut(stage: string, order: Order, how: CarryOut): Promise<void> {
  // The order holds people's numbers: nobody else may read it, and it goes when it is carried out.
  const folder = mkdtempSync(join(tmpdir(), "support-line-order-"));
  const file = join(folder, "order.json");
  writeFileSync(file, JSON.stringify(order), { mode: 0o600 });
  const args = [
    ...["up", "--yes", "--skip-preview", "-s", stage],
    ...(how.isAdrift ? ["--refresh"] : ["--refresh=false"]),
    ...how.targets.flatMap((urn) => ["--target", urn]),
    ...how.words,
  ];
  const env = { ...process.env, [orderVariable]: file };
  try {
    let said = "";
    for (let tries = 0; tries < mostTries; tries++) {
      const { ok, stdout, stderr } = await pulumiRun(args, { env });
      if (ok) return;
      said = masked(`${stdout}\n${stderr}`.trim());
      if (!registeredTwice.test(said)) break;
    }
    if (locked.test(said)) throw new CliError("stage-locked", { stage });
    throw new CliError("pulumi-failed", { command: "up", problem: said });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

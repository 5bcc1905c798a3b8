import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalTwilio } from "@support-line/local-twilio";
import { Engine } from "../../packages/provider/testing/engine.ts";
import { control, loggedCalls, type LoggedCall } from "../faults/control.ts";
import { referenceStage } from "../faults/reference-stage.ts";
import { up, type State } from "../faults/stand-in-engine.ts";

/** What an `up` of the reference stage asked of Twilio. */
export interface Asked {
  readonly writes: number;
  /** Twilio's Flow Validate: a POST that writes nothing. */
  readonly validations: number;
  /** Questions whether a Build is ready. */
  readonly polls: number;
  readonly reads: number;
}

/** What people do with the reference stage, and what each may ask at most; `refresh` is one read each, two for a Function. */
export const steps = [
  {
    what: "create",
    said: { agents: "one", wording: "Added" },
    most: { writes: 12, validations: 1, reads: 0 },
  },
  {
    what: "no change",
    said: { agents: "one", wording: "Added" },
    most: { writes: 0, validations: 0, reads: 0 },
  },
  {
    what: "no change, with refresh",
    said: { agents: "one", wording: "Added" },
    refresh: true,
    most: { writes: 0, validations: 0, reads: 12 },
  },
  {
    what: "changed variable",
    said: { agents: "two", wording: "Added" },
    most: { writes: 1, validations: 0, reads: 0 },
  },
  {
    what: "changed wording",
    said: { agents: "two", wording: "Joined" },
    most: { writes: 1, validations: 0, reads: 1 },
  },
] as const;

/** Takes the steps one after the other, each with a provider of its own as each `pulumi` command has. */
export async function referenceCalls(): Promise<ReadonlyMap<(typeof steps)[number], Asked>> {
  const folder = mkdtempSync(join(tmpdir(), "support-line-calls-"));
  const twilio = await startLocalTwilio({ folder: join(folder, "twilio") });
  try {
    const { endpoint, accountSid, authToken } = twilio;
    const config = { accountSid, authToken, endpoint };
    const options = { journals: () => join(folder, "journals") };
    const state: State = new Map();
    const asked = new Map<(typeof steps)[number], Asked>();
    for (const step of steps) {
      await control(endpoint, "calls", "DELETE");
      const engine = await Engine.at({ endpoint }, config, options, state.size === 0 ? {} : config);
      const failures = await up(engine, referenceStage(step.said), state, { refresh: "refresh" in step });
      await engine.end();
      if (failures.length > 0) throw new Error(`${step.what}: ${failures.join("\n")}`);
      asked.set(step, counted(await loggedCalls(endpoint)));
    }
    return asked;
  } finally {
    await twilio.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function counted(calls: readonly LoggedCall[]): Asked {
  const validations = calls.filter(({ path }) => path.endsWith("/Flows/Validate")).length;
  const reads = calls.filter(({ method }) => method === "GET");
  const polls = reads.filter(({ path }) => path.endsWith("/Status")).length;
  return {
    writes: calls.length - reads.length - validations,
    validations,
    polls,
    reads: reads.length - polls,
  };
}

/** Ctrl-C in the middle of a deployment with the real CLI: what was begun is in the state, and the next `up` goes on. */
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { LoggedCall } from "./calls.ts";
import { TestStage } from "./stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.create();
});
afterAll(() => stage[Symbol.asyncDispose]());

const checkpoint = z.object({
  checkpoint: z.object({
    latest: z.object({
      resources: z.array(z.object({ type: z.string(), id: z.string().optional() })),
      pending_operations: z.array(z.unknown()).nullish(),
    }),
  }),
});

/** The stack's state and its locks, as the backend has them on disk. */
async function backend() {
  const folder = join(fileURLToPath(stage.environment["PULUMI_BACKEND_URL"] ?? ""), ".pulumi");
  const text = await readFile(join(folder, "stacks/support-line/local.json"), "utf8");
  const locks = await readdir(join(folder, "locks"), { recursive: true }).catch(() => []);
  return {
    ...checkpoint.parse(JSON.parse(text)).checkpoint.latest,
    locks: locks.filter((name) => name.endsWith(".json")),
  };
}

const idsIn = (resources: readonly { type: string; id?: string | undefined }[], type: string) =>
  resources.flatMap((one) => (one.type === type && one.id !== undefined ? [one.id] : [])).toSorted();

/** What Twilio has of what the stack makes, by type. */
async function atTwilio(): Promise<Record<string, string[]>> {
  const { serverless, studio, conversations } = stage.client;
  const services = await serverless.v1.services.list();
  const sids = (list: readonly { sid: string }[]) => list.map(({ sid }) => sid).toSorted();
  const below = async (
    list: (service: ReturnType<typeof serverless.v1.services>) => Promise<{ sid: string }[]>,
  ) => sids((await Promise.all(services.map(({ sid }) => list(serverless.v1.services(sid))))).flat());
  return {
    "twilio:serverless:Service": sids(services),
    "twilio:serverless:Environment": await below((service) => service.environments.list()),
    "twilio:serverless:Function": await below((service) => service.functions.list()),
    "twilio:serverless:Build": await below((service) => service.builds.list()),
    "twilio:studio:Flow": sids(await studio.v2.flows.list()),
    "twilio:conversations:AddressConfiguration": sids(await conversations.v1.addressConfigurations.list()),
  };
}

async function writes(): Promise<number> {
  const answer = await fetch(`${stage.twilio.endpoint}/_local/v1/calls`);
  const { calls } = (await answer.json()) as { calls: LoggedCall[] };
  return calls.filter(({ method }) => method !== "GET").length;
}

test("what Twilio was asked for is in the state, nothing is pending or locked, and the next up makes the rest", async () => {
  await stage.control("latency", { ms: 250 });
  const child = stage.start("up", "--yes", "--skip-preview", "--non-interactive");
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  }
  const over = once(child, "close");
  while (child.exitCode === null && (await writes()) < 5) await setTimeout(20);
  expect(child.exitCode, printed.join("")).toBeNull();
  // One, as Pulumi gets it from a terminal: a second one makes it give up at once.
  child.kill("SIGINT");
  const [code] = (await over) as [number | null];
  expect(code).not.toBe(0);

  const stopped = await backend();
  expect([stopped.pending_operations ?? [], stopped.locks]).toEqual([[], []]);
  const there = await atTwilio();
  const recorded = Object.keys(there).map((type) => [type, idsIn(stopped.resources, type)] as const);
  expect(Object.fromEntries(recorded)).toEqual(there);
  expect(there["twilio:studio:Flow"]).toEqual([]);

  await stage.control("latency", { ms: 0 });
  await stage.up();
  expect((await stage.preview()).map(({ op, urn, detailedDiff }) => ({ op, urn, detailedDiff }))).toEqual([]);
  const whole = await atTwilio();
  const { resources } = await backend();
  for (const [type, ids] of Object.entries(whole)) expect(idsIn(resources, type)).toEqual(ids);
  expect(whole["twilio:serverless:Service"]).toHaveLength(1);
  expect(whole["twilio:studio:Flow"]).toHaveLength(1);
});

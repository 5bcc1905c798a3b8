/** What stays of replaced Builds, through the provider's protocol against the local Twilio. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { Engine } from "@support-line/provider/testing";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { foreignClient } from "./foreign-client.ts";
import { ServerlessStack, tokens } from "./serverless-stack.ts";

let folder: string;
let local: LocalTwilio;
let client: Twilio;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kept-builds-"));
  local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  client = foreignClient(local);
});
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

const says = (word: string | number) =>
  `exports.handler = (context, event, callback) => callback(null, "${word}");`;
const service = (stack: ServerlessStack) => client.serverless.v1.services(stack.id("service"));
const buildsOf = async (stack: ServerlessStack) =>
  (await service(stack).builds.list()).map(({ sid }) => sid).toSorted();
const answerOf = async (stack: ServerlessStack, path = "/hello") => {
  const { domainName } = await service(stack).environments(stack.id("environment")).fetch();
  return (await fetch(`${local.endpoint}/${domainName}${path}`)).text();
};

/** Deploys a source after the other; the Builds in their order. */
async function deployed(stack: ServerlessStack, words: readonly (string | number)[]): Promise<string[]> {
  const builds: string[] = [];
  for (const word of words) {
    await stack.up({ "/hello": says(word) });
    builds.push(stack.id("build"));
  }
  return builds;
}

test("five replaced Builds stay beside the one that runs, and the oldest go first", async () => {
  const stack = new ServerlessStack(local, "five");
  const builds = await deployed(stack, [1, 2, 3, 4, 5, 6]);
  expect(await buildsOf(stack)).toEqual(builds.toSorted());
  builds.push(...(await deployed(stack, [7, 8])));
  expect(await buildsOf(stack)).toEqual(builds.slice(2).toSorted());
  expect(await answerOf(stack)).toBe("8");
});

test("an earlier Build can be deployed again, and it says what it said", async () => {
  const stack = new ServerlessStack(local, "rollback");
  const [first = ""] = await deployed(stack, ["first", "second"]);
  await using engine = await Engine.at(local, { accountSid: local.accountSid, authToken: local.authToken });
  const deployment = stack.known("deployment");
  await engine.update(tokens.deployment, deployment, { ...deployment.inputs, buildSid: first });
  expect(await answerOf(stack)).toBe("first");
});

test("an earlier Build still has what the program has dropped meanwhile", async () => {
  const stack = new ServerlessStack(local, "dropped");
  await stack.up({ "/hello": says("first"), "/gone": says("still there") });
  const first = stack.id("build");
  await stack.up({ "/hello": says("second") });
  expect(await answerOf(stack, "/gone")).toBe("Not Found");
  const { environments } = service(stack);
  await environments(stack.id("environment")).deployments.create({ buildSid: first });
  expect([await answerOf(stack), await answerOf(stack, "/gone")]).toEqual(["first", "still there"]);
});

test("what an Environment runs is never deleted, whoever deployed it and however old it is", async () => {
  const stack = new ServerlessStack(local, "elsewhere", { keepBuilds: 0 });
  const [first = ""] = await deployed(stack, [1]);
  const other = await service(stack).environments.create({ uniqueName: "other", domainSuffix: "other" });
  await service(stack).environments(other.sid).deployments.create({ buildSid: first });
  const [, third = ""] = await deployed(stack, [2, 3]);
  expect(await buildsOf(stack)).toEqual([first, third].toSorted());
});

test("what the stack has is not deleted although no Environment runs it yet", async () => {
  const stack = new ServerlessStack(local, "new", { keepBuilds: 0 });
  await deployed(stack, [1]);
  const { inputs, id } = stack.known("build");
  await using engine = await Engine.at(local, {
    accountSid: local.accountSid,
    authToken: local.authToken,
    keepBuilds: 0,
  });
  const waiting = await engine.create(tokens.build, inputs, false, "waiting");
  await engine.check(tokens.build, { ...inputs, runtime: "node20" }, inputs, "build");
  const next = await engine.create(tokens.build, { ...inputs, runtime: "node20" }, false, "build");
  await engine.delete(tokens.build, stack.known("build"), "build");
  expect(await buildsOf(stack)).toEqual([id, waiting.id, next.id].toSorted());
});

test("costs one list of Builds while there are few, and nothing when no Build is replaced", async () => {
  const stack = new ServerlessStack(local, "calls");
  const world = { twilio: local };
  await deployed(stack, [1]);
  expect(await callsDuring(world, () => deployed(stack, [1]))).toEqual([]);
  const calls = await callsDuring(world, () => deployed(stack, [2]));
  const reads = calls.filter(({ method, path }) => method === "GET" && !path.endsWith("/Status"));
  expect(reads.map(({ path }) => path.split("?")[0])).toEqual([`/v1/Services/${stack.id("service")}/Builds`]);
  expect(calls.filter(({ method }) => method === "DELETE")).toEqual([]);
});

test("a destroyed stack leaves none of its Builds", async () => {
  const stack = new ServerlessStack(local, "gone");
  await deployed(stack, [1, 2]);
  const sid = stack.id("service");
  await stack.destroy();
  await expect(client.serverless.v1.services(sid).fetch()).rejects.toMatchObject({ status: 404 });
  await expect(client.serverless.v1.services(sid).builds.list()).rejects.toMatchObject({ status: 404 });
});

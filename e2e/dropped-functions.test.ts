/**
 * What a person is told when a deployment leaves out a Function that running Executions may still call: through the
 * provider's protocol, against the local Twilio.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { HeardLog } from "@support-line/provider/testing";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { askControl } from "./control.ts";
import { foreignClient } from "./foreign-client.ts";
import { ServerlessStack } from "./serverless-stack.ts";

const [line, customer] = ["+15550100001", "+15550100200"];
let folder: string;
let local: LocalTwilio;
let client: Twilio;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dropped-functions-"));
  local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  await askControl(local.endpoint, "seed", { numbers: [{ phoneNumber: line }] });
  client = foreignClient(local);
});
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

const source = 'exports.handler = (context, event, callback) => callback(null, "ok");';
const both = { "/stays": source, "/goes": source };
const one = { "/stays": source };

/** Waits for an answer, then runs a Function by its URL alone. */
const definition = (url: string) => ({
  initial_state: "Trigger",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      properties: {},
      transitions: [{ event: "incomingRequest", next: "ask" }],
    },
    {
      name: "ask",
      type: "send-and-wait-for-reply",
      properties: {
        from: "{{flow.channel.address}}",
        to: "{{contact.channel.address}}",
        body: "Ready?",
        timeout: "3600",
      },
      transitions: [
        { event: "incomingMessage", next: "run" },
        { event: "timeout" },
        { event: "deliveryFailure" },
      ],
    },
    {
      name: "run",
      type: "run-function",
      properties: { url, parameters: [] },
      transitions: [{ event: "success" }, { event: "fail" }],
    },
  ],
});

/** A stack with two Functions, and a published Flow that calls one of them. */
async function deployed(name: string, path: string) {
  const stack = new ServerlessStack(local, name);
  await stack.up(both);
  const service = client.serverless.v1.services(stack.id("service"));
  const { domainName } = await service.environments(stack.id("environment")).fetch();
  const urlOf = (at: string) => `https://${domainName}${at}`;
  const flow = await client.studio.v2.flows.create({
    friendlyName: name,
    status: "published",
    definition: definition(urlOf(path)),
  });
  return { stack, flow: client.studio.v2.flows(flow.sid), urlOf };
}

/** Deploys without `/goes`; what was warned of at the Deployment, and the calls in their order. */
async function dropping(stack: ServerlessStack, isWarned: boolean) {
  await using log = await HeardLog.start();
  const calls = await callsDuring({ twilio: local }, () => stack.up(one, {}, { log }));
  const atDeployment = ({ urn }: { urn: string }) => urn.includes("Deployment");
  if (isWarned) await log.heard(atDeployment);
  const asked = calls.map(({ method, path }) => `${method} ${path.replace(/.*\/(\w+)(\?.*)?$/, "$1")}`);
  return { asked, warnings: log.said.filter(atDeployment) };
}

test("an Execution that may still call it: a warning at the Deployment, found out before it is made", async () => {
  const { stack, flow } = await deployed("running", "/goes");
  const goes = stack.id("/goes");
  await flow.executions.create({ to: customer, from: line });
  const { asked, warnings } = await dropping(stack, true);
  expect(warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^1 Execution waits in Flow FW\w+ \("running"\) and may still call \/goes \(ZH\w+\), which this deployment removes/,
    ),
  ]);
  expect(warnings[0]?.message).toContain(goes);
  expect(asked.indexOf("GET Executions")).toBeGreaterThan(-1);
  expect(asked.indexOf("GET Executions")).toBeLessThan(asked.indexOf("POST Deployments"));
});

test("a preview says how many wait, and makes nothing", async () => {
  const { stack, flow } = await deployed("foreseen", "/goes");
  await flow.executions.create({ to: customer, from: line });
  await flow.executions.create({ to: "+15550100201", from: line });
  const { sid } = await flow.executions.create({ to: "+15550100202", from: line });
  await flow.executions(sid).update({ status: "ended" });
  await using log = await HeardLog.start();
  const calls = await callsDuring({ twilio: local }, () => stack.preview(one, { log }));
  await log.heard(({ urn }) => urn.includes("Deployment"));
  expect(log.said.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^2 Executions wait in Flow FW\w+ \("foreseen"\) and may still call \/goes \(ZH\w+\), .*Keep the Function/,
    ),
  ]);
  expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

test("a preview that cannot look it up says so, and goes on", async () => {
  const { stack, flow } = await deployed("refused", "/goes");
  await flow.executions.create({ to: customer, from: line });
  await askControl(local.endpoint, "faults", { path: "/Executions", times: 4, fault: { status: 500 } });
  await using log = await HeardLog.start();
  await stack.preview(one, { log });
  await log.heard(({ urn }) => urn.includes("Deployment"));
  expect(log.said.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^This deployment may remove a Function .* could not be looked up: /),
  ]);
});

test("a preview that removes no Function asks nothing", async () => {
  const { stack, flow } = await deployed("unremoved", "/goes");
  await flow.executions.create({ to: customer, from: line });
  const more = { ...both, "/goes": `${source}//`, "/new": source };
  expect(await callsDuring({ twilio: local }, () => stack.preview(more))).toEqual([]);
});

test("an Execution on an earlier revision of its Flow, which called it", async () => {
  const { stack, flow, urlOf } = await deployed("earlier", "/goes");
  await flow.executions.create({ to: customer, from: line });
  await flow.update({ status: "published", definition: definition(urlOf("/stays")), commitMessage: "off" });
  const { warnings } = await dropping(stack, true);
  expect(warnings).toMatchObject([{ message: expect.stringContaining("/goes") as string }]);
});

test("no Execution that is active, or none that calls it: no warning", async () => {
  const ended = await deployed("ended", "/goes");
  const { sid } = await ended.flow.executions.create({ to: customer, from: line });
  await ended.flow.executions(sid).update({ status: "ended" });
  expect((await dropping(ended.stack, false)).warnings).toEqual([]);
  const other = await deployed("other", "/stays");
  await other.flow.executions.create({ to: customer, from: line });
  expect((await dropping(other.stack, false)).warnings).toEqual([]);
});

test("a Build that has all Functions of the one before is deployed without a look at Executions", async () => {
  const { stack, flow } = await deployed("changed", "/goes");
  await flow.executions.create({ to: customer, from: line });
  const calls = await callsDuring({ twilio: local }, () => stack.up({ ...both, "/goes": `${source}//` }));
  const reads = calls.filter(({ method, path }) => method === "GET" && !path.endsWith("/Status"));
  expect(reads.map(({ path }) => path)).toEqual([expect.stringContaining("/Builds?")]);
});

/**
 * A Flow's drafts and test users, declared through the provider's protocol and seen at the local Twilio: who runs what,
 * before and after it is published.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { Engine } from "@support-line/provider/testing";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { askControl } from "./control.ts";
import { foreignClient } from "./foreign-client.ts";
import { LocalPhone } from "./local-world.ts";

const line = "+15550100001";
const [tester, other, customer] = ["+15550100201", "+15550100202", "+15550100203"];
const [flowToken, usersToken] = ["twilio:studio:Flow", "twilio:studio:FlowTestUser"];
let folder: string;
let local: LocalTwilio;
let client: Twilio;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "flow-drafts-"));
  local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  await askControl(local.endpoint, "seed", { numbers: [{ phoneNumber: line }] });
  client = foreignClient(local);
});
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

const provider = () =>
  Engine.at(local, { accountSid: local.accountSid, authToken: local.authToken, deletable: ["*"] });

/** Says one thing and ends. */
const program = (status: "draft" | "published", body: string) => ({
  friendlyName: "drafts",
  status,
  definition: {
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: {},
        transitions: [{ event: "incomingRequest", next: "say" }],
      },
      {
        name: "say",
        type: "send-message",
        properties: { from: "{{flow.channel.address}}", to: "{{contact.channel.address}}", body },
        transitions: [{ event: "sent" }, { event: "failed" }],
      },
    ],
  },
});

/** What a person is told who starts the Flow. */
async function told(flowSid: string, address: string): Promise<string | undefined> {
  const phone = new LocalPhone(local.endpoint, address);
  await phone.heard();
  await client.studio.v2.flows(flowSid).executions.create({ to: address, from: line });
  await phone.control("idle");
  return (await phone.heard()).at(-1)?.body;
}

test("a draft is for test users, everybody else stays with what is published until it is published too", async () => {
  await using engine = await provider();
  const { inputs } = await engine.check(flowToken, program("published", "first"));
  let flow = await engine.create(flowToken, inputs);
  const users = await engine.create(usersToken, { sid: flow.id, testUsers: [tester, other] });
  expect(users).toMatchObject({ id: flow.id, outputs: { testUsers: [tester, other] } });

  const draft = (await engine.check(flowToken, program("draft", "second"))).inputs;
  expect(await engine.diff(flowToken, flow, draft)).toMatchObject({
    replaces: [],
    detailed: {
      status: "UPDATE",
      'definition["states"]["say"]["properties"]["body"]': "UPDATE",
    },
  });
  flow = await engine.update(flowToken, flow, draft);
  expect(flow.outputs).toMatchObject({ status: "draft", revision: 2 });
  expect([await told(flow.id, tester), await told(flow.id, customer)]).toEqual(["second", "first"]);
  expect((await engine.read(flowToken, flow))?.inputs).toEqual(draft);

  const published = (await engine.check(flowToken, program("published", "second"))).inputs;
  expect((await engine.diff(flowToken, flow, published)).detailed).toEqual({ status: "UPDATE" });
  flow = await engine.update(flowToken, flow, published);
  expect(flow.outputs).toMatchObject({ status: "published", revision: 3 });
  expect([await told(flow.id, tester), await told(flow.id, customer)]).toEqual(["second", "second"]);
});

test("test users are a set that is changed, refreshed, imported and emptied", async () => {
  await using engine = await provider();
  const { inputs } = await engine.check(flowToken, program("published", "hello"));
  const flow = await engine.create(flowToken, inputs);
  let users = await engine.create(usersToken, { sid: flow.id, testUsers: [tester, other] });
  const turned = { sid: flow.id, testUsers: [other, tester] };
  expect(await engine.diff(usersToken, users, turned)).toMatchObject({ changes: "none" });

  users = await engine.update(usersToken, users, { sid: flow.id, testUsers: [other] });
  expect((await client.studio.v2.flows(flow.id).testUsers().fetch()).testUsers).toEqual([other]);
  expect((await engine.read(usersToken, { id: flow.id }))?.inputs).toEqual(users.inputs);

  await client.studio.v2
    .flows(flow.id)
    .testUsers()
    .update({ testUsers: [customer] });
  const refreshed = await engine.read(usersToken, users);
  expect(refreshed?.inputs).toEqual({ sid: flow.id, testUsers: [customer] });

  users = await engine.update(usersToken, users, { sid: flow.id, testUsers: [] });
  expect((await client.studio.v2.flows(flow.id).testUsers().fetch()).testUsers).toEqual([]);

  // Twilio has no way to delete them, so the stack only lets go of them.
  const calls = await callsDuring({ twilio: local }, () => engine.delete(usersToken, users));
  expect(calls).toEqual([]);
});

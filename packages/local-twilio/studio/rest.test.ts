import type { Twilio as Client } from "twilio";
import twilio from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { askFor, flowOf, say, widget } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
let client: Client;
beforeAll(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterAll(() => local[Symbol.asyncDispose]());

const hello = flowOf(say("hi", "hi"));

test("every save is a revision; published and latest are told apart", async () => {
  const { flows } = client.studio.v2;
  const made = await flows.create({ friendlyName: "revised", status: "published", definition: hello });
  expect(made).toMatchObject({
    revision: 1,
    status: "published",
    valid: true,
    errors: [],
    commitMessage: null,
  });
  expect(made.webhookUrl).toBe(
    `https://webhooks.twilio.com/v1/Accounts/${local.accountSid}/Flows/${made.sid}`,
  );
  const draft = await flows(made.sid).update({
    status: "draft",
    definition: flowOf(say("hi", "draft")),
    commitMessage: "try",
  });
  expect(draft).toMatchObject({
    revision: 2,
    status: "draft",
    commitMessage: "try",
    friendlyName: "revised",
  });
  const again = await flows(made.sid).update({ status: "draft" });
  expect(again).toMatchObject({ revision: 3, commitMessage: null, definition: flowOf(say("hi", "draft")) });

  const revision = (name: string) => flows(made.sid).revisions(name).fetch();
  expect((await revision("LatestPublished")).definition).toEqual(hello);
  expect((await revision("LatestRevision")).revision).toBe(3);
  expect((await revision("2")).commitMessage).toBe("try");
  expect((await revision("2")).url).toBe(`https://studio.twilio.com/v2/Flows/${made.sid}/Revisions/2`);
  expect(await refusalOf(revision("4"))).toMatchObject({ code: 20404 });
  expect(await refusalOf(revision("newest"))).toMatchObject({ code: 81021 });
  // Twilio's Node client 6.2.0 cannot list revisions: it reads the number of one it was not given.
  const listed = await local.call("GET", `studio.twilio.com/v2/Flows/${made.sid}/Revisions`);
  expect(listed.body["revisions"]).toMatchObject([
    { revision: 3, definition: null },
    { revision: 2, definition: null },
    { revision: 1, definition: null },
  ]);
  expect(await flows.list()).toMatchObject([{ sid: made.sid, definition: null, revision: 3 }]);
  expect(await flows(made.sid).remove()).toBe(true);
  expect(await refusalOf(revision("1"))).toMatchObject({ code: 20404 });
});

test("an invalid definition is refused by create, update and validate alike, with the place of each error", async () => {
  const broken = {
    ...hello,
    states: [...hello.states, widget("ask", "send-and-wait-for-reply", { timeout: 60 }, { sent: "nowhere" })],
  };
  const { flows, flowValidate } = client.studio.v2;
  const { sid } = await flows.create({ friendlyName: "kept", status: "draft", definition: hello });
  const parameters = { friendlyName: "broken", status: "draft", definition: broken } as const;
  for (const call of [
    flows.create(parameters),
    flows(sid).update(parameters),
    flowValidate.update(parameters),
  ]) {
    const error: unknown = await call.catch((refused: unknown) => refused);
    if (!(error instanceof twilio.RestException)) throw new Error("it was not refused");
    expect(error).toMatchObject({ code: 81022, status: 400 });
    const { errors } = error.details as { errors: { property_path: string; message: string }[] };
    expect(errors).toContainEqual({
      message: "integer found, string expected",
      property_path: "#/states/2/properties/timeout",
    });
  }
  expect((await flows(sid).fetch()).revision).toBe(1);
  expect(await flowValidate.update({ ...parameters, definition: hello })).toMatchObject({ valid: true });
});

test("an empty commit message is refused, a missing one is not", async () => {
  const parameters = { friendlyName: "flow", status: "draft", definition: hello } as const;
  const empty = client.studio.v2.flows.create({ ...parameters, commitMessage: "" });
  expect(await refusalOf(empty)).toMatchObject({ code: 20001 });
});

test("an Execution starts by REST, is in the way of a second one, and can be ended", async () => {
  const definition = flowOf(askFor("ask", "Hello {{flow.data.name}}?", 600));
  const { sid } = await client.studio.v2.flows.create({
    friendlyName: "outbound",
    status: "published",
    definition,
  });
  const { executions } = client.studio.v2.flows(sid);
  const parameters = { to: "+15550100201", from: "+15550100001", parameters: { name: "Ada" } };
  const started = await executions.create(parameters);
  await local.twilio.idle();
  expect(local.twilio.services.carrier.handset("+15550100201").inbox.map(({ body }) => body)).toEqual([
    "Hello Ada?",
  ]);
  expect(started).toMatchObject({ status: "active", contactChannelAddress: "+15550100201", flowSid: sid });

  expect(await refusalOf(executions.create(parameters))).toEqual({
    code: 20409,
    status: 409,
    message: `Execution ${started.sid} is already active for this contact`,
  });
  await local.control("POST", "switches", { executionForBusyContact: "active" });
  expect((await executions.create(parameters)).sid).toBe(started.sid);

  const steps = await client.studio.v2.flows(sid).executions(started.sid).steps.list();
  expect(steps.map(({ name, transitionedTo }) => [name, transitionedTo])).toEqual([
    ["incomingRequest", null],
    ["incomingRequest", "ask"],
  ]);
  const execution = client.studio.v2.flows(sid).executions(started.sid);
  const ended = await execution.update({ status: "ended" });
  expect(ended.status).toBe("ended");
  expect(local.twilio.events.after(0, 1000).filter(({ type }) => type === "execution.ended")).toMatchObject([
    { sid: started.sid, parent: sid, data: { by: "stopped" } },
  ]);
  expect((await executions.create(parameters)).sid).not.toBe(started.sid);
  expect(await executions.list()).toHaveLength(2);
  expect(await execution.remove()).toBe(true);
  expect(await executions.list()).toHaveLength(1);
});

test.each([
  [81023, { to: "+15550100201", from: "x".repeat(300) }],
  [20001, { to: "+15550100201", from: "+15550100001" }],
])("an Execution is refused with %i", async (code, parameters) => {
  const { sid } = await client.studio.v2.flows.create({
    friendlyName: "draft",
    status: "draft",
    definition: hello,
  });
  expect(await refusalOf(client.studio.v2.flows(sid).executions.create(parameters))).toMatchObject({ code });
});

/** What nobody means and somebody sends, over HTTP: the Execution's state stays whole, and the next one runs. */
import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FlowDefinition } from "@support-line/studio";
import { clientOf } from "../testing/client.ts";
import { deploy } from "../testing/deploy.ts";
import { askFor, flowOf, run, say, widget } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const customer = "+15550100201";
const line = "+15550100001";

let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterEach(() => local[Symbol.asyncDispose]());

async function says(body: string): Promise<void> {
  await local.twilio.services.carrier.receive(customer, line, body);
  await local.twilio.idle();
}

const inbox = () => local.twilio.services.carrier.handset(customer).inbox.map(({ body }) => body);
const warnings = () =>
  local.twilio.events
    .after(0, 10_000)
    .flatMap(({ type, data }) => (type === "execution.warned" ? [data["code"]] : []));

async function connect(definition: FlowDefinition): Promise<string> {
  const flow = await client.studio.v2.flows.create({ friendlyName: "test", status: "published", definition });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: flow.webhookUrl });
  return flow.sid;
}

const answers = (source: string) =>
  deploy(local, "odd", [
    { path: "/odd", source: `exports.handler = (context, event, callback) => {${source}};` },
  ]);

const tells = (domain: string) =>
  flowOf(
    run("odd", `https://${domain}/odd`, {}, { success: "well", fail: "badly" }),
    say("well", "well {{widgets.odd.parsed.a}}{{widgets.odd.body}}"),
    say("badly", "badly {{widgets.odd.status_code}}"),
  );

test.each([
  ["twice", 'callback(null, "once"); callback(null, "twice");', "well once"],
  ["with an error and an answer", 'callback(new Error("no")); callback(null, "yes");', "badly 500"],
  ["by throwing", 'throw new Error("no");', "badly 500"],
  ["over 64 kB", 'callback(null, "x".repeat(64 * 1024 + 1));', "badly "],
  [
    "half of a JSON document",
    `const response = new Twilio.Response(); response.appendHeader("content-type", "application/json");
     response.setBody('{"a":'); callback(null, response);`,
    'well {"a":',
  ],
])("a Function that answers %s", async (_, source, told) => {
  await connect(tells((await answers(source)).domain));
  await says("hello");
  expect(inbox()).toEqual([told]);
});

test("a Function that never answers fails after ten seconds; a message meanwhile is dropped with 81002", async () => {
  await connect(tells((await answers("")).domain));
  await local.twilio.services.carrier.receive(customer, line, "hello");
  await local.twilio.services.carrier.receive(customer, line, "hello?");
  expect(warnings()).toEqual([81002]);
  await local.control("POST", "clock/advance", { seconds: 10 });
  await local.twilio.idle();
  expect(inbox()).toEqual(["badly "]);
  expect(warnings()).toEqual([81002, 81017]);
});

test("a message of 10 MB is a message: a reply of that size ends the Execution with 81000, and the next one runs", async () => {
  await connect(
    flowOf(askFor("ask", "?", 60, { incomingMessage: "tell" }), say("tell", "{{widgets.ask.inbound.Body}}.")),
  );
  await says("x".repeat(10 * 1024 * 1024));
  await says("y".repeat(10 * 1024 * 1024));
  expect(warnings()).toContain(81000);
  await says("hello");
  await says("fine");
  expect(inbox().at(-1)).toBe("fine.");
});

test.each([
  ["cut off", '{"initial_state":"Trigger","states":['],
  ["a list", "[]"],
  ["of 1,001 states", JSON.stringify(flowOf(...Array.from({ length: 1000 }, (_, at) => say(`s${at}`, "x"))))],
])("a definition that is %s is refused with 81022 and a place", async (_, definition) => {
  const saved = client.studio.v2.flows.create({ friendlyName: "odd", status: "draft", definition });
  await expect(saved).rejects.toMatchObject({
    status: 400,
    code: 81022,
    details: { errors: [expect.anything()] },
  });
});

test("one active Execution for a contact: the REST API's second one is refused, and a message goes to the first", async () => {
  const flow = await connect(
    flowOf(askFor("ask", "?", 60, { incomingMessage: "tell" }), say("tell", "thanks")),
  );
  const executions = client.studio.v2.flows(flow).executions;
  await executions.create({ to: customer, from: line });
  await local.twilio.idle();
  await expect(executions.create({ to: customer, from: line })).rejects.toMatchObject({ status: 409 });
  await says("me");
  expect(inbox()).toEqual(["?", "thanks"]);
  expect(await executions.list()).toHaveLength(1);
  expect(warnings()).toEqual([81002]);
});

test.each([
  ["failingTemplate", "empty", "a {{ b | shout }}", [""]],
  ["failingTemplate", "literal", "a {{ b | shout }}", ["a {{ b | shout }}"]],
  ["jsonContentType", "withParameters", "{{widgets.odd.parsed.a}}", ["1"]],
  ["jsonContentType", "exact", "{{widgets.odd.parsed.a}}.", ["."]],
])("the switch %s in position %s", async (name, position, body, told) => {
  await local.control("POST", "switches", { [name]: position });
  const { domain } = await answers(
    `const response = new Twilio.Response(); response.appendHeader("content-type", "application/json;charset=utf-8");
     response.setBody('{"a":1}'); callback(null, response);`,
  );
  await connect(
    flowOf(
      run("odd", `https://${domain}/odd`, {}, { success: "say" }),
      say("say", body, { failed: "empty" }),
      say("empty", "refused"),
    ),
  );
  await says("hello");
  expect(inbox()).toEqual(told[0] === "" ? ["refused"] : told);
});

test("a context that doubles in a loop ends its Execution with 81000, and parameters that nest too deep start none", async () => {
  const grow = (name: string, to: string, value: string) =>
    widget(name, "set-variables", { variables: [{ key: name, value }] }, { next: to });
  const { sid } = await client.studio.v2.flows.create({
    friendlyName: "grows",
    status: "published",
    definition: flowOf(
      grow("a", "b", "{{flow.variables.a}}{{flow.variables.a}}xxxxxxxxxx"),
      grow("b", "a", "{{flow.variables.a}}"),
    ),
  });
  const executions = client.studio.v2.flows(sid).executions;
  await executions.create({ to: customer, from: line });
  await local.twilio.idle();
  const [first] = await executions.list();
  expect(first?.status).toBe("ended");
  expect(warnings()).toEqual([81000]);
  for (const depth of [200, 9_000]) {
    const Parameters = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    const answer = await fetch(`${local.endpoint}/studio.twilio.com/v2/Flows/${sid}/Executions`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${local.accountSid}:${local.authToken}`)}` },
      body: new URLSearchParams({ To: customer, From: line, Parameters }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 20001,
      message: expect.stringContaining("nests deeper than 100") as string,
    });
  }
});

import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FlowDefinition } from "@support-line/studio";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientOf } from "../testing/client.ts";
import { deploy } from "../testing/deploy.ts";
import { askFor, flowOf, run, say } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const handset = "+15550100201";
const line = "+15550100001";

let folder: string;
let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "local-twilio-"));
  await start();
});
afterEach(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  local = await startForTest({ folder });
  client = clientOf(local);
}

async function says(body: string): Promise<void> {
  await local.twilio.services.carrier.receive(handset, line, body);
  await local.twilio.idle();
}

const inbox = () => local.twilio.services.carrier.handset(handset).inbox.map(({ body }) => body);

/** A published Flow as the SMS webhook of the line. */
async function connect(definition: FlowDefinition): Promise<string> {
  const flow = await client.studio.v2.flows.create({ friendlyName: "test", status: "published", definition });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: flow.webhookUrl });
  return flow.sid;
}

test("a message to a number whose webhook is a Flow's starts an Execution, and replies move it on", async () => {
  await connect(
    flowOf(
      askFor(
        "ask",
        "{{contact.channel.address}} wrote {{trigger.message.Body}} to {{flow.channel.address}}. Why?",
        60,
        {
          incomingMessage: "thanks",
        },
      ),
      say("thanks", "Because of {{widgets.ask.inbound.Body}}"),
    ),
  );
  await says("hello");
  await says("curiosity");
  expect(inbox()).toEqual([`${handset} wrote hello to ${line}. Why?`, "Because of curiosity"]);
});

test("a message that cannot be sent leads to the failure transition, with Twilio's code", async () => {
  await connect(
    flowOf(
      say("off", "to nobody", { failed: "tell" }, "nobody"),
      say("tell", "{{widgets.off.outbound.ErrorCode}}"),
    ),
  );
  await says("hello");
  expect(inbox()).toEqual(["21211"]);
});

test("a question that does not arrive leaves by deliveryFailure", async () => {
  const flow = await connect(flowOf(askFor("ask", "There?", 60)));
  local.twilio.services.carrier.setRules(handset, [
    { from: null, outcome: "undelivered", errorCode: 30003, times: 1 },
  ]);
  await says("hello");
  const [execution] = await client.studio.v2.flows(flow).executions.list();
  expect(execution?.status).toBe("ended");
  const [last] = await client.studio.v2
    .flows(flow)
    .executions(execution?.sid ?? "")
    .steps.list();
  expect(last).toMatchObject({ name: "incomingMessage", transitionedTo: "Ended" });
  const trace = local.twilio.services.studio.steps(execution?.sid ?? "")?.at(-1);
  expect(trace?.["left"]).toEqual({ event: "deliveryFailure", to: null, transition: 2 });
});

test("a waiting Execution goes on after a restart: by a reply, and by the clock", async () => {
  await connect(
    flowOf(
      askFor("ask", "One?", 600, { incomingMessage: "more", timeout: "bye" }),
      askFor("more", "Two?", 600, { timeout: "bye" }),
      say("bye", "Goodbye"),
    ),
  );
  await says("hello");
  await local[Symbol.asyncDispose]();
  await start();
  await says("first");
  await local[Symbol.asyncDispose]();
  await start();
  await local.control("POST", "clock/advance", { seconds: 600 });
  expect(inbox()).toEqual(["One?", "Two?", "Goodbye"]);
});

test("an Execution that was stopped in the middle of a Function fails there, and says why", async () => {
  const { domain } = await deploy(local, "slow", [{ path: "/slow", source: "exports.handler = () => {};" }]);
  const flow = await connect(
    flowOf(run("slow", `https://${domain}/slow`, {}, { fail: "sorry" }), say("sorry", "Interrupted")),
  );
  await local.twilio.services.carrier.receive(handset, line, "hello");
  // The folder as it is while the Function runs is what a killed process leaves behind.
  local.twilio.store.database.exec(`vacuum into '${join(folder, "killed.sqlite")}'`);
  const other = mkdtempSync(join(tmpdir(), "local-twilio-"));
  const { renameSync } = await import("node:fs");
  renameSync(join(folder, "killed.sqlite"), join(other, "twilio.sqlite"));
  const again = await startForTest({ folder: other });
  await again.twilio.idle();
  const events = again.twilio.events.after(0, 1000).filter(({ type }) => type === "execution.interrupted");
  const shown = again.twilio.services.carrier.handset(handset).inbox.map(({ body }) => body);
  await again[Symbol.asyncDispose]();
  rmSync(other, { recursive: true, force: true });
  expect(events).toMatchObject([{ parent: flow, data: { state: "slow", effect: "runFunction" } }]);
  expect(shown).toEqual(["Interrupted"]);
  await local.control("POST", "clock/advance", { seconds: 20 });
});

import { Readable } from "node:stream";
import type { LocalTwilio } from "../index.ts";
import { expect, test } from "vitest";
import { clientOf } from "../testing/client.ts";
import { startForTest } from "../testing/local.ts";
import { actOf, call, typed, type Act } from "./call.ts";

const ends = { from: "+15550100201", to: "+15550100001" };

async function answerWithMenu(local: LocalTwilio): Promise<void> {
  const client = clientOf(local);
  const definition = {
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: {},
        transitions: [{ event: "incomingCall", next: "menu" }],
      },
      {
        name: "menu",
        type: "gather-input-on-call",
        properties: { say: "Press 1", number_of_digits: 1 },
        transitions: [
          { event: "keypress", next: "thanks" },
          { event: "speech", next: "menu" },
        ],
      },
      {
        name: "thanks",
        type: "say-play",
        properties: { say: "Thanks" },
        transitions: [{ event: "audioComplete" }],
      },
    ],
  };
  const flow = await client.studio.v2.flows.create({ friendlyName: "menu", status: "published", definition });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: ends.to });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ voiceUrl: flow.webhookUrl });
}

test("what is typed is spoken or pressed, and what is said is shown", async () => {
  await using local = await startForTest();
  await answerWithMenu(local);
  const shown: string[] = [];
  const acts = typed(Readable.from(["sales please\n1\n"]));
  const called = await call(local.endpoint, ends, acts, (line) => shown.push(line));
  expect(shown).toEqual([
    "Press 1",
    "  you: sales please",
    "Press 1",
    "  you [keys 1]",
    "Thanks",
    "the call is over: completed",
  ]);
  expect(called.path).toEqual(["Trigger", "menu", "menu", "thanks"]);
});

test("who has no more to say hangs up", async () => {
  await using local = await startForTest();
  await answerWithMenu(local);
  const called = await call(local.endpoint, ends, [], () => undefined);
  expect(called).toMatchObject({ status: "completed", asks: null });
});

test.each<[string, Act]>([
  ["12#", { keys: "12#" }],
  ["hangup", "hangup"],
  ["1 ticket", { say: "1 ticket" }],
])("%s is %j", (line, act) => {
  expect(actOf(line)).toEqual(act);
});

test("a number that is not one of the account's is refused", async () => {
  await using local = await startForTest();
  const calling = call(local.endpoint, { ...ends, to: "+15550199999" }, [], () => undefined);
  await expect(calling).rejects.toMatchObject({ exitCode: 2 });
});

import { expect, test } from "vitest";
import { startForTest } from "../../testing/local.ts";

test.each([
  [1_780_000_000_000, "2026-05-28T20:26:40Z"],
  [1e300, "9999-12-31T23:59:59Z"],
])("a Conversation that waits since %d is told with the time", async (since, at) => {
  await using local = await startForTest();
  const { body } = await local.call("POST", "conversations.twilio.com/v1/Conversations", {
    Attributes: JSON.stringify({ waiting: { since, queue: "sales" } }),
  });
  expect(await local.control("GET", "standing")).toMatchObject({
    status: 200,
    body: {
      findings: [
        {
          kind: "waiting",
          hurts: true,
          words: "waits for somebody of queue sales",
          at,
          conversationSid: body["sid"],
        },
      ],
    },
  });
});

test.each(["[]", '"text"', "null", "1"])(
  "attributes that are %s say nothing of a Conversation",
  async (Attributes) => {
    await using local = await startForTest();
    await local.call("POST", "conversations.twilio.com/v1/Conversations", { Attributes });
    expect(await local.control("GET", "standing")).toMatchObject({ status: 200, body: { findings: [] } });
  },
);

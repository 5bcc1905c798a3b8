import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  flowSid,
  reattachUrl,
  runFunctions,
  type RunningFunctions,
  type FakeConversation,
} from "@support-line/conversation-test/functions";

let functions: RunningFunctions;
let conversation: FakeConversation;
beforeAll(async () => {
  functions = await runFunctions(import.meta.dirname);
});
afterAll(() => functions.stop());
beforeEach(() => {
  functions.fake.reset();
  conversation = functions.fake.open();
  functions.fake.attach(conversation, "webhook", { url: reattachUrl });
});

const heard = (index: string, parameters: Record<string, string> = {}) =>
  functions.call("reattach-flow?line=support", {
    EventType: "onMessageAdded",
    ConversationSid: conversation.sid,
    Index: index,
    ...parameters,
  });
const studio = () => conversation.webhooks.filter(({ target }) => target === "studio");

test("while the Flow's webhook is there it does nothing but look", async () => {
  functions.fake.attach(conversation, "studio", { flow_sid: flowSid });
  expect((await heard("3")).body).toEqual({ attached: false });
  expect(functions.fake.calls).toEqual(["GET Webhooks"]);
});

test.each([
  ["3", "2"],
  ["1", "0"],
  ["0", "0"],
  ["", null],
  ["last", null],
])(
  "when it is gone it is attached again, and message %j reaches the Flow: replayed after %j",
  async (index, after) => {
    expect((await heard(index)).body).toEqual({ attached: true });
    expect(studio()).toMatchObject([{ configuration: { flow_sid: flowSid }, replayAfter: after }]);
  },
);

test("two messages at once leave one webhook, and one of the two says it was theirs", async () => {
  const looked = Promise.withResolvers<void>();
  let looking = 0;
  // Both have found none before either attaches.
  functions.fake.before = (call) => {
    if (call === "GET Webhooks" && ++looking === 2) looked.resolve();
    return call === "POST Webhooks" ? looked.promise : undefined;
  };
  const answers = await Promise.all([heard("3"), heard("4")]);
  expect(studio()).toHaveLength(1);
  expect(answers.filter(({ body }) => (body as { attached: boolean }).attached)).toHaveLength(1);
});

test("a second that attaches after the first has looked twice gives way", async () => {
  const first = heard("3");
  const held = Promise.withResolvers<void>();
  let attaching = 0;
  // The second found none either, and attaches when the first is all done.
  functions.fake.before = (call) =>
    call === "POST Webhooks" && ++attaching === 2 ? held.promise : undefined;
  const second = heard("4");
  await Promise.race([first, second]);
  held.resolve();
  await Promise.all([first, second]);
  expect(studio()).toHaveLength(1);
});

test.each([
  [{ ConversationSid: "" }, "the parameter ConversationSid is missing"],
  [{ line: "sales" }, "the Variable SALES_FLOW_SID is missing; deploy the stack"],
])("%o is one clear error", async (parameters, message) => {
  expect((await heard("1", parameters)).error).toContain(message);
  expect(studio()).toEqual([]);
});

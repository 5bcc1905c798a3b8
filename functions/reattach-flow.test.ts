import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  flowSid,
  reattachUrl,
  runFunctions,
  type RunningFunctions,
  type TestConversation,
} from "@support-line/conversation-test/functions";

let functions: RunningFunctions;
let conversation: TestConversation;
beforeAll(async () => {
  functions = await runFunctions(import.meta.dirname);
});
afterAll(() => functions.stop());
beforeEach(async () => {
  await functions.account.reset();
  conversation = await functions.account.openConversation();
  await conversation.attach({ url: reattachUrl });
});

const heard = (index: string, parameters: Record<string, string> = {}) =>
  functions.call("reattach-flow?line=support", {
    EventType: "onMessageAdded",
    ConversationSid: conversation.sid,
    Index: index,
    ...parameters,
  });
const studio = async () => (await conversation.webhooks()).filter(({ target }) => target === "studio");
/** From which message on a Function asked for its messages again. */
const replayed = () =>
  functions.account.calls.flatMap(({ name, form }) =>
    name === "POST Webhooks" ? [form["Configuration.ReplayAfter"] ?? null] : [],
  );

test("while the Flow's webhook is there it does nothing but look", async () => {
  await conversation.attach({ flowSid });
  expect((await heard("3")).body).toEqual({ attached: false });
  expect(functions.account.calls.map(({ name }) => name)).toEqual(["GET Webhooks"]);
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
    expect(await studio()).toMatchObject([{ configuration: { flow_sid: flowSid } }]);
    expect(replayed()).toEqual([after]);
  },
);

/** Holds two calls back until both are there, after some that are let through. */
function meeting(letThrough: number): () => Promise<void> | undefined {
  const both = Promise.withResolvers<void>();
  let count = 0;
  return () => {
    count += 1;
    if (count === letThrough + 2) both.resolve();
    return count > letThrough ? both.promise : undefined;
  };
}

test("two messages at once leave one webhook, and one of the two says it was theirs", async () => {
  const meetings = { "POST Webhooks": meeting(0), "GET Webhooks": meeting(2) };
  // Both have found none before either attaches, and both have attached before either looks again.
  functions.account.before = (call) =>
    call === "POST Webhooks" || call === "GET Webhooks" ? meetings[call]() : undefined;
  const answers = await Promise.all([heard("3"), heard("4")]);
  expect(await studio()).toHaveLength(1);
  expect(answers.filter(({ body }) => (body as { attached: boolean }).attached)).toHaveLength(1);
});

test("a second that attaches after the first has looked twice gives way", async () => {
  const first = heard("3");
  const held = Promise.withResolvers<void>();
  let attaching = 0;
  // The second found none either, and attaches when the first is all done.
  functions.account.before = (call) =>
    call === "POST Webhooks" && ++attaching === 2 ? held.promise : undefined;
  const second = heard("4");
  await Promise.race([first, second]);
  held.resolve();
  await Promise.all([first, second]);
  expect(await studio()).toHaveLength(1);
});

test.each([
  [{ ConversationSid: "" }, "the parameter ConversationSid is missing"],
  [{ line: "sales" }, "the Variable SALES_FLOW_SID is missing; deploy the stack"],
])("%o is one clear error", async (parameters, message) => {
  expect((await heard("1", parameters)).error).toContain(message);
  expect(await studio()).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
beforeAll(async () => {
  local = await startForTest();
});
afterAll(() => local[Symbol.asyncDispose]());

test("a user's unread messages are those after the last that they read, and unknown while they read none", async () => {
  const { conversations: product } = clientOf(local);
  const conversation = product.v1.conversations("unread");
  await product.v1.conversations.create({ uniqueName: "unread" });
  const user = await product.v1.users.create({ identity: "grace" });
  const { sid } = await conversation.participants.create({ identity: "grace" });
  for (const body of ["one", "two", "three"]) await conversation.messages.create({ body });
  const unread = async () => {
    const [found] = await product.v1.users(user.sid).userConversations.list();
    return found?.unreadMessagesCount;
  };
  expect(await unread()).toBeNull();
  await conversation.participants(sid).update({ lastReadMessageIndex: 0 });
  expect(await unread()).toBe(2);
  await conversation.participants(sid).update({ lastReadMessageIndex: 2 });
  expect(await unread()).toBe(0);
});

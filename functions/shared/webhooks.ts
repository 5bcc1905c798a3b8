/** The two scoped webhooks of every Conversation: the Flow's, and the one that puts the Flow's back. */
import type { Conversation } from "./handler.ts";

/** Where a Conversation's messages go. */
export interface Listening {
  readonly flowSid: string;
  /** URL of `reattach-flow`. */
  readonly reattachUrl: string;
}

/** Makes sure that both webhooks are there, once each. */
export async function listen(conversation: Conversation, { flowSid, reattachUrl }: Listening): Promise<void> {
  const present = await conversation.webhooks.list();
  if (!present.some(({ target }) => target === "studio")) await attachFlow(conversation, flowSid);
  if (!present.some(({ target }) => target === "webhook")) {
    await conversation.webhooks.create({
      target: "webhook",
      "configuration.url": reattachUrl,
      "configuration.method": "post",
      "configuration.filters": ["onMessageAdded"],
    });
  }
}

/** Attaches the Flow. With `replayAfter`, messages after that index reach it as if they came now. */
export async function attachFlow(
  conversation: Conversation,
  flowSid: string,
  replayAfter?: number,
): Promise<string> {
  const { sid } = await conversation.webhooks.create({
    target: "studio",
    "configuration.flowSid": flowSid,
    ...(replayAfter === undefined ? {} : { "configuration.replayAfter": replayAfter }),
  });
  return sid;
}

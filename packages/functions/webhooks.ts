/** The two scoped webhooks of every Conversation: the Flow's, and the one that puts the Flow's back. */
import { codeOf, type Conversation } from "./handler.ts";

export type Webhook = Awaited<ReturnType<Conversation["webhooks"]["list"]>>[number];

/** Where a Conversation's messages go. */
export interface Listening {
  readonly flowSid: string;
  /** URL of `reattach-flow`. */
  readonly reattachUrl: string;
}

/** Makes sure that both webhooks are there, once each, and answers their SIDs. */
export async function listen(
  conversation: Conversation,
  { flowSid, reattachUrl }: Listening,
): Promise<{ readonly flowWebhookSid: string; readonly reattachWebhookSid: string }> {
  const present = await conversation.webhooks.list();
  // A studio webhook that does not tell its Flow counts as this one's: better one too few than every message twice.
  const isOfFlow = (webhook: Webhook) =>
    webhook.target === "studio" && [flowSid, undefined].includes(settingOf(webhook, "flow_sid"));
  const isReattach = (webhook: Webhook) =>
    webhook.target === "webhook" && settingOf(webhook, "url") === reattachUrl;
  return {
    flowWebhookSid: await once(conversation, present, isOfFlow, () => attachFlow(conversation, flowSid)),
    reattachWebhookSid: await once(conversation, present, isReattach, () =>
      attach(conversation, reattachUrl),
    ),
  };
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

async function attach(conversation: Conversation, url: string): Promise<string> {
  const { sid } = await conversation.webhooks.create({
    target: "webhook",
    "configuration.url": url,
    "configuration.method": "post",
    "configuration.filters": ["onMessageAdded"],
  });
  return sid;
}

/** The one webhook of a kind: made when there is none, and alone when two runs at once have made one each. */
async function once(
  conversation: Conversation,
  present: readonly Webhook[],
  isOfKind: (webhook: Webhook) => boolean,
  make: () => Promise<string>,
): Promise<string> {
  const [found, ...surplus] = present.filter(isOfKind);
  if (found !== undefined && surplus.length === 0) return found.sid;
  const made = found === undefined ? await make() : found.sid;
  return (await keepOldest(conversation, isOfKind)) ?? made;
}

/**
 * Removes all webhooks of a kind but the oldest, and answers that one's SID. Whoever looks keeps the same one, however
 * many look at once, so that one stays.
 */
export async function keepOldest(
  conversation: Conversation,
  isOfKind: (webhook: Webhook) => boolean,
): Promise<string | undefined> {
  const [oldest, ...surplus] = (await conversation.webhooks.list())
    .filter(isOfKind)
    .sort((one, other) => age(one) - age(other) || (one.sid < other.sid ? -1 : 1));
  for (const { sid } of surplus) await removeIfThere(conversation, sid);
  return oldest?.sid;
}

/** Takes both away, so that messages reach neither the Flow nor what would put it back; answers how many were there. */
export async function leave(conversation: Conversation): Promise<number> {
  const own = (await conversation.webhooks.list()).filter(
    (webhook) => webhook.target === "studio" || isReattachUrl(settingOf(webhook, "url")),
  );
  // The one that puts the Flow back goes first.
  own.sort((one, other) => Number(one.target === "studio") - Number(other.target === "studio"));
  for (const { sid } of own) await removeIfThere(conversation, sid);
  return own.length;
}

function isReattachUrl(url: string | undefined): boolean {
  return url !== undefined && /\/reattach-flow\?/.test(url);
}

async function removeIfThere(conversation: Conversation, sid: string): Promise<void> {
  try {
    await conversation.webhooks(sid).remove();
  } catch (error) {
    // Somebody who looked at the same time was quicker.
    if (![20404, 50360].includes(codeOf(error) ?? 0)) throw error;
  }
}

function age({ dateCreated }: Webhook): number {
  return dateCreated.getTime();
}

function settingOf({ configuration }: Webhook, name: string): string | undefined {
  const value = (configuration as Readonly<Record<string, unknown>> | null)?.[name];
  return typeof value === "string" ? value : undefined;
}

/** Everything that the console's first view shows, in one answer; the event stream goes on from `last`. */
import { number, text } from "../../fields.ts";
import type { Twilio } from "../../product.ts";
import type { ControlParts } from "../parts.ts";
import { conversationsNow } from "./conversations.ts";
import { executionsNow } from "./executions.ts";
import { followedNow } from "./history.ts";
import { handsetsNow } from "./handsets.ts";
import { namesNow } from "./names.ts";
import { tokens as studio } from "../../studio/tokens.ts";

/** How many of a kind a first view has; lists ask for more. */
const most = { messages: 100, conversations: 100, executions: 100 };

/** The state of everything, as of event `last`. */
export function snapshot({ twilio, clock, version }: ControlParts): object {
  return {
    last: twilio.events.last(),
    version,
    accountSid: twilio.settings.accountSid,
    now: clock.now(),
    offsetMs: clock.offset(),
    names: namesNow(twilio),
    numbers: numbersNow(twilio),
    flows: flowsNow(twilio),
    hasTasks: hasTasks(twilio),
    handsets: handsetsNow(twilio, most.messages),
    conversations: conversationsNow(twilio, most.conversations),
    executions: executionsNow(twilio, { limit: most.executions }),
    followed: followedNow(twilio),
  };
}

/** Whether TaskRouter is used. */
export function hasTasks({ store }: Twilio): boolean {
  return store.list("twilio:taskrouter:Workspace").length > 0;
}

/** The account's own addresses, which phones write to. */
export function numbersNow({ store }: Twilio): object[] {
  const numbers = store.list("twilio:api:IncomingPhoneNumber").map(({ body }) => ({
    address: text(body, "phone_number"),
    name: text(body, "friendly_name"),
    webhook: text(body, "sms_url") || null,
  }));
  const codes = store.list("twilio:api:ShortCode").map(({ body }) => ({
    address: text(body, "short_code"),
    name: text(body, "friendly_name"),
    webhook: text(body, "sms_url") || null,
  }));
  const senders = store.list("twilio:messaging:ChannelsSender").map(({ body }) => ({
    address: text(body, "sender_id"),
    name: text(body, "sender_id"),
    webhook: null,
  }));
  const entries = store.list("twilio:conversations:AddressConfiguration");
  const answering = new Map(
    entries.map(({ body }) => [text(body, "address"), text(body, "friendly_name")] as const),
  );
  return [...numbers, ...codes, ...senders].map((own) => ({
    ...own,
    opensConversations: answering.has(own.address),
  }));
}

/** Flows, newest first. */
export function flowsNow({ store }: Twilio): object[] {
  return store
    .list(studio.flow)
    .map(({ sid, body, hidden }) => ({
      sid,
      name: text(body, "friendly_name"),
      revision: number(body, "revision"),
      published: typeof hidden["published"] === "number" ? hidden["published"] : null,
      at: text(body, "date_updated") || text(body, "date_created"),
    }))
    .reverse();
}

/** A Conversation as far as a Flow and its Functions see of one: who is in it, and what was said. */
import type { JsonObject } from "@support-line/studio";
import { accountSid, serviceSid, type Sids } from "./sids.ts";

export interface Participant {
  readonly sid: string;
  readonly address: string;
  readonly proxy: string;
  attributes: string;
  readonly joined: string;
}

export interface RoomMessage {
  readonly sid: string;
  readonly index: number;
  readonly author: string;
  readonly body: string;
  readonly at: string;
}

export interface RoomWebhook {
  readonly sid: string;
  readonly target: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly at: string;
}

export class Room {
  readonly sid: string;
  readonly participants: Participant[] = [];
  readonly messages: RoomMessage[] = [];
  readonly webhooks: RoomWebhook[] = [];
  /** What real Functions set beyond that, by its name in the API. */
  readonly fields: Record<string, string> = { attributes: "{}", state: "active" };
  readonly #sids: Sids;
  readonly #deliver: (to: string, from: string, body: string) => void;
  readonly #now: () => string;

  constructor(sids: Sids, now: () => string, deliver: (to: string, from: string, body: string) => void) {
    this.sid = sids.next("CH");
    this.#sids = sids;
    this.#now = now;
    this.#deliver = deliver;
  }

  participantAt(address: string): Participant | undefined {
    return this.participants.find((each) => each.address === address);
  }

  join(address: string, proxy: string, attributes = "{}"): Participant {
    const there = this.participantAt(address);
    if (there !== undefined) return there;
    const joined = { sid: this.#sids.next("MB"), address, proxy, attributes, joined: this.#now() };
    this.participants.push(joined);
    return joined;
  }

  leave(address: string): boolean {
    const at = this.participants.findIndex((each) => each.address === address);
    if (at !== -1) this.participants.splice(at, 1);
    return at !== -1;
  }

  /** Adds a message; everybody but its author gets it. */
  post(author: string, body: string): RoomMessage {
    const message = {
      sid: this.#sids.next("IM"),
      index: this.messages.length,
      author,
      body,
      at: this.#now(),
    };
    this.messages.push(message);
    for (const { address, proxy } of this.participants) {
      if (address !== author) this.#deliver(address, proxy, body);
    }
    return message;
  }

  attach(target: string, configuration: RoomWebhook["configuration"]): RoomWebhook {
    const webhook = { sid: this.#sids.next("WH"), target, configuration, at: this.#now() };
    this.webhooks.push(webhook);
    return webhook;
  }

  /** A message as `onMessageAdded` tells of it, https://www.twilio.com/docs/conversations-classic/conversations-webhooks */
  told({ sid, index, author, body, at }: RoomMessage): JsonObject {
    return {
      AccountSid: accountSid,
      Attributes: "{}",
      Author: author,
      Body: body,
      ChannelAttributes: {},
      ChatServiceSid: serviceSid,
      ConversationSid: this.sid,
      DateCreated: at,
      EventType: "onMessageAdded",
      Index: String(index),
      MessageSid: sid,
      ParticipantSid: this.participantAt(author)?.sid ?? "",
      RetryCount: "0",
      Source: "SMS",
    };
  }
}

/** A message outside of a Conversation, as a number's webhook tells of it, https://www.twilio.com/docs/messaging/guides/webhook-request */
export function smsTold(
  sids: Sids,
  { from, to, body }: { readonly from: string; readonly to: string; readonly body: string },
): JsonObject {
  const sid = sids.next("SM");
  return {
    AccountSid: accountSid,
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    SmsStatus: "received",
    From: from,
    To: to,
    Body: body,
    NumMedia: "0",
    NumSegments: "1",
    ApiVersion: "2010-04-01",
  };
}

/** A Conversation as far as a Flow and its Functions see of one: who is in it, and what was said. */
import type { JsonObject } from "@support-line/studio";
import type { Interaction } from "./interaction.ts";
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

/** What a Conversation does outside itself. */
export interface Around {
  now(): string;
  deliver(to: string, from: string, body: string, isTemplate?: boolean): void;
  /** Something happened in it: its timers begin again. */
  touched(room: Room): void;
  /** A message came in by the API, with its webhooks. */
  told(room: Room, message: RoomMessage): void;
}

export class Room {
  readonly sid: string;
  readonly participants: Participant[] = [];
  readonly messages: RoomMessage[] = [];
  readonly webhooks: RoomWebhook[] = [];
  /** By which it was handed over to Flex. */
  readonly interactions: Interaction[] = [];
  /** What real Functions set beyond that, by its name in the API. */
  readonly fields: Record<string, string> = { attributes: "{}", state: "active" };
  readonly #sids: Sids;
  readonly #around: Around;
  #isFlowTaken = false;

  constructor(sids: Sids, around: Around) {
    this.sid = sids.next("CH");
    this.#sids = sids;
    this.#around = around;
  }

  /** Whether messages still come into it; a closed one holds no numbers. */
  get isOpen(): boolean {
    return this.fields["state"] !== "closed";
  }

  /** Sets fields as a request to the API does, by their names there. */
  set(fields: Readonly<Record<string, string>>): void {
    Object.assign(this.fields, fields);
    this.#around.touched(this);
  }

  /** Sends a message to a phone, outside of any Conversation. */
  send(to: string, from: string, body: string, isTemplate: boolean): void {
    this.#around.deliver(to, from, body, isTemplate);
  }

  participantAt(address: string): Participant | undefined {
    return this.participants.find((each) => each.address === address);
  }

  join(address: string, proxy: string, attributes = "{}"): Participant {
    const there = this.participantAt(address);
    if (there !== undefined) return there;
    const joined = { sid: this.#sids.next("MB"), address, proxy, attributes, joined: this.#around.now() };
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
      at: this.#around.now(),
    };
    this.messages.push(message);
    for (const { address, proxy } of this.participants) {
      if (address !== author) this.#around.deliver(address, proxy, body);
    }
    this.#around.touched(this);
    return message;
  }

  /** Adds a message by the API, with its webhooks: the Flow hears of it. */
  postAloud(author: string, body: string): RoomMessage {
    const message = this.post(author, body);
    this.#around.told(this, message);
    return message;
  }

  /** Its Flow is its studio webhook: https://www.twilio.com/docs/conversations/inbound-autocreation */
  autoCreated(): this {
    this.attach("studio", {});
    return this;
  }

  /** Whether its messages start the Flow: until whoever attached it takes its webhook away. */
  get startsFlow(): boolean {
    return !this.#isFlowTaken || this.webhooks.some(({ target }) => target === "studio");
  }

  /** Takes a webhook away; false when there is none of that SID. */
  detach(sid: string | undefined): boolean {
    const at = this.webhooks.findIndex((webhook) => webhook.sid === sid);
    const [gone] = at === -1 ? [] : this.webhooks.splice(at, 1);
    if (gone?.target === "studio") this.#isFlowTaken = true;
    return gone !== undefined;
  }

  attach(target: string, configuration: RoomWebhook["configuration"]): RoomWebhook {
    const webhook = { sid: this.#sids.next("WH"), target, configuration, at: this.#around.now() };
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
      ChannelAttributes: attributesIn(this.fields["attributes"] ?? ""),
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

/** As the local Twilio shows them: an object, and an empty one for what is no JSON. */
function attributesIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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

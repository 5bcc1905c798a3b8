/** Conversations, https://www.twilio.com/docs/conversations-classic/api/conversation-resource */
import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import { inner, text, textOrNull } from "../fields.ts";
import type { Behaviour, Body, Call, Json, StoredObject, Twilio } from "../product.ts";
import { isSid } from "../sid.ts";
import { ask } from "./ask.ts";
import { readAttributes } from "./attributes.ts";
import { defaultDurations, defaultMessagingServiceSid } from "./configuration.ts";
import { notify, type Source } from "./notify.ts";
import { releasePairs } from "./pairs.ts";
import { conversationParameters, type ConversationEvent } from "./parameters.ts";
import { armConversation, stateChanged } from "./state.ts";
import { durationsOf, readDurations, shownTimers, type Durations } from "./timers.ts";
import { defaultServiceSid, tokens } from "./tokens.ts";
import { webhooksEnabled } from "./webhook-enabled.ts";

const { ownAttributes: mostAttributes, name: longestName } = limits.conversation;

/** A Conversation's body before anybody has written to it, as a request or an inbound message makes it. */
export function newConversation(
  twilio: Twilio,
  serviceSid: string,
  sid: string,
  input: Body,
): { body: Body; hidden: Body } {
  const { clock, settings } = twilio;
  const state = readNewState(input);
  const durations = newDurations(twilio, input);
  const now = clock.iso();
  const body: Body = {
    sid,
    account_sid: settings.accountSid,
    chat_service_sid: serviceSid,
    messaging_service_sid: textOrNull(input, "MessagingServiceSid") ?? defaultMessagingServiceSid(twilio),
    friendly_name: readFriendlyName(input),
    unique_name: readUniqueName(twilio, serviceSid, input["UniqueName"], null),
    attributes: readAttributes(input["Attributes"], mostAttributes),
    state,
    timers: shownTimers(state, durations, clock.now()),
    bindings: {},
    date_created: textOrNull(input, "DateCreated") ?? now,
    date_updated: textOrNull(input, "DateUpdated") ?? now,
  };
  return { body, hidden: { timers: { ...durations }, nextIndex: 0, createdMs: clock.now() } };
}

/** What an inbound message made a Conversation for: webhooks name the pair of addresses. */
export interface Autocreated {
  readonly source: Source;
  readonly binding: Body;
}

/** Tells of a Conversation that was just stored. */
export function conversationAdded(
  twilio: Twilio,
  conversation: StoredObject,
  webhooks: boolean,
  autocreated?: Autocreated,
): void {
  const { body, sid } = conversation;
  twilio.events.append("conversation.created", sid, null, {
    uniqueName: body["unique_name"] ?? null,
    serviceSid: text(body, "chat_service_sid"),
    state: text(body, "state"),
  });
  armConversation(twilio, conversation);
  if (!webhooks) return;
  const { source = "API", binding = null } = autocreated ?? {};
  const about = { ...conversation, body: { ...body, messaging_binding: binding } };
  tell(twilio, "onConversationAdded", about, source);
}

/**
 * Refuses what would change a closed Conversation.
 *
 * @throws TwilioError 50377
 */
export function refuseClosed(conversation: StoredObject): void {
  if (conversation.body["state"] === "closed") throw new TwilioError(50377);
}

/** The Conversation that a call is about or below. */
export function conversationOf(call: Pick<Call, "twilio" | "path">): StoredObject {
  return findConversation(call.twilio, call.path["ConversationSid"] ?? "");
}

/** A stored Conversation, whatever its service. */
export function findConversation(twilio: Twilio, sid: string): StoredObject {
  const conversation = twilio.store.find(tokens.conversation, sid);
  if (!conversation) throw new TwilioError(20404, { path: `/Conversations/${sid}` });
  return conversation;
}

export const conversation: Behaviour = {
  async before(call) {
    if (!webhooksEnabled(call) || call.operation === "fetch" || call.operation === "list") return call;
    const names = {
      create: "onConversationAdd",
      update: "onConversationUpdate",
      delete: "onConversationRemove",
    } as const;
    const name = names[call.operation];
    const current = call.path["Sid"]
      ? call.twilio.store.find(tokens.conversation, call.path["Sid"])
      : undefined;
    const serviceSid = current
      ? text(current.body, "chat_service_sid")
      : (call.path["ChatServiceSid"] ?? defaultServiceSid(call.twilio));
    const changes = await ask(call.twilio, {
      name,
      serviceSid,
      source: "API",
      parameters: conversationParameters(
        name,
        current ?? askedConversation(call.twilio, serviceSid, call.input),
      ),
    });
    const friendlyName = changes["friendly_name"];
    if (typeof friendlyName !== "string") return call;
    return { ...call, input: { ...call.input, FriendlyName: friendlyName } };
  },
  refuse({ parameter, kind, message }) {
    if (parameter !== "State" || kind !== "enum") return undefined;
    return new TwilioError(50378, { reason: message });
  },
  create(call, draft) {
    return newConversation(call.twilio, draft.parents["ChatServiceSid"] ?? "", draft.sid, call.input);
  },
  created(call, object) {
    conversationAdded(call.twilio, object, webhooksEnabled(call));
  },
  update(call, current) {
    refuseClosed(current);
    return changed(call, current);
  },
  updated(call, before, after) {
    const { twilio } = call;
    const from = text(before.body, "state");
    if (after.body["state"] === "closed") releasePairs(twilio, after.sid);
    const webhooks = webhooksEnabled(call);
    if (webhooks) tell(twilio, "onConversationUpdated", after);
    if (from !== after.body["state"]) stateChanged(twilio, after, from, "API", webhooks);
    else armConversation(twilio, after);
  },
  deleted(call, object) {
    const { twilio } = call;
    releasePairs(twilio, object.sid);
    twilio.events.append("conversation.removed", object.sid, null, {});
    if (webhooksEnabled(call)) tell(twilio, "onConversationRemoved", object);
  },
  list(call, objects) {
    const { State, StartDate, EndDate } = call.query;
    if (State === undefined && StartDate === undefined && EndDate === undefined) return objects.reverse();
    return objects
      .filter(({ body }) => {
        const created = text(body, "date_created");
        return (
          (typeof State !== "string" || body["state"] === State) &&
          (typeof StartDate !== "string" || created >= StartDate) &&
          (typeof EndDate !== "string" || created.slice(0, EndDate.length) <= EndDate)
        );
      })
      .reverse();
  },
};

function tell(twilio: Twilio, name: ConversationEvent, object: StoredObject, source: Source = "API"): void {
  notify(twilio, { name, conversation: object, source, parameters: conversationParameters(name, object) });
}

/** A new Conversation as a webhook hears of it beforehand: without a SID. */
export function askedConversation(
  twilio: Twilio,
  serviceSid: string,
  input: Body,
): Pick<StoredObject, "body" | "hidden"> {
  const body: Body = {
    chat_service_sid: serviceSid,
    messaging_service_sid: textOrNull(input, "MessagingServiceSid") ?? defaultMessagingServiceSid(twilio),
    friendly_name: textOrNull(input, "FriendlyName"),
    unique_name: textOrNull(input, "UniqueName"),
    attributes: textOrNull(input, "Attributes") ?? "{}",
    state: textOrNull(input, "State") ?? "active",
  };
  return { body, hidden: {} };
}

function readNewState(input: Body): string {
  const state = input["State"];
  return state === undefined ? "active" : readState(state, true);
}

function readState(state: Json, isNew: boolean): string {
  if (state === null || state === "") throw new TwilioError(50374);
  if (isNew && state === "closed") throw new TwilioError(50384);
  if (state !== "active" && state !== "inactive" && state !== "closed") {
    throw new TwilioError(50378, { reason: JSON.stringify(state) });
  }
  return state;
}

/** https://www.twilio.com/docs/api/errors/50003 */
function readFriendlyName(input: Body): string | null {
  const name = textOrNull(input, "FriendlyName");
  if ((name ?? "").length > longestName) throw new TwilioError(50003, { limit: longestName });
  return name;
}

/** The request's timers; those that it leaves out come from the account's configuration. */
function newDurations(twilio: Twilio, input: Body): Durations {
  return readDurations(input, defaultDurations(twilio));
}

/**
 * A unique name, checked.
 *
 * @throws TwilioError 50390 for one that looks like a SID, 50353 for one that is taken
 */
function readUniqueName(
  twilio: Twilio,
  serviceSid: string,
  given: Json | undefined,
  own: string | null,
): string | null {
  if (typeof given !== "string" || given === "") return null;
  if (isSid(given, "CH")) throw new TwilioError(50390);
  const holder = twilio.store.find(tokens.conversation, given, { ChatServiceSid: serviceSid });
  if (holder && holder.sid !== own) throw new TwilioError(50353);
  return given;
}

function changed(call: Call, current: StoredObject): { body: Body; hidden: Body } {
  const { twilio, input } = call;
  const serviceSid = text(current.body, "chat_service_sid");
  const state = input["State"] === undefined ? text(current.body, "state") : readState(input["State"], false);
  const durations = readDurations(input, durationsOf(current));
  const isActivity = ["State", "Timers.Inactive", "Timers.Closed"].some((name) => input[name] !== undefined);
  const body: Body = {
    ...current.body,
    state,
    timers: isActivity ? shownTimers(state, durations, twilio.clock.now()) : inner(current.body, "timers"),
    date_updated: textOrNull(input, "DateUpdated") ?? twilio.clock.iso(),
  };
  if (input["FriendlyName"] !== undefined) body["friendly_name"] = readFriendlyName(input);
  if (input["MessagingServiceSid"] !== undefined) {
    body["messaging_service_sid"] = input["MessagingServiceSid"];
  }
  if (input["DateCreated"] !== undefined) body["date_created"] = input["DateCreated"];
  if (input["Attributes"] !== undefined) {
    body["attributes"] = readAttributes(input["Attributes"], mostAttributes);
  }
  if (input["UniqueName"] !== undefined) {
    body["unique_name"] = readUniqueName(twilio, serviceSid, input["UniqueName"], current.sid);
  }
  return { body, hidden: { ...current.hidden, timers: { ...durations } } };
}

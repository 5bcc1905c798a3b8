/** Messages of a Conversation, https://www.twilio.com/docs/conversations-classic/api/conversation-message-resource */
import type { TemplateFit } from "../content/render.ts";
import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import { number, text, textOrNull } from "../fields.ts";
import { contentUrl, findMedia, inMessage, putMedia } from "../media/service-media.ts";
import type { Behaviour, Body, Call, CarrierMessage, Json, StoredObject, Twilio } from "../product.ts";
import { ask } from "./ask.ts";
import { readAttributes } from "./attributes.ts";
import { renderedFor } from "./content.ts";
import { conversationOf, findConversation, refuseClosed } from "./conversation.ts";
import { fanOut } from "./fan-out.ts";
import { notify, type Source } from "./notify.ts";
import { messageParameters, type MessageEvent } from "./parameters.ts";
import { participantNamed, participantsOf } from "./participant.ts";
import { deliverySummary } from "./receipt.ts";
import { armConversation, stateChanged } from "./state.ts";
import { durationsOf, shownTimers } from "./timers.ts";
import { tokens } from "./tokens.ts";
import { webhooksEnabled } from "./webhook-enabled.ts";

const { attributes: mostAttributes, body: mostBytes } = limits.conversation;
const mostCharactersOut = limits.message.characters;

type MessageMedia = CarrierMessage["media"][number];

/** What somebody says. */
export interface NewMessage {
  readonly author: string;
  readonly body: string | null;
  readonly attributes?: Json;
  readonly media?: readonly MessageMedia[];
  /** Media that was uploaded before. */
  readonly uploaded?: readonly StoredObject[];
  /** The participant, where that is known beforehand; else whoever bears the author's name. */
  readonly participantSid?: string;
  readonly dateCreated?: string | null;
  /** The content template that the body was made of, and whether its variables fit. */
  readonly contentSid?: string | null;
  readonly template?: TemplateFit;
  /** The carrier's own message (SM…, MM…) that it came as. */
  readonly channelMessageSid?: string;
  /** The Execution that says it, and the code with which it reaches nobody. */
  readonly executionSid?: string;
  readonly lost?: number;
}

/**
 * The body of the next message, with the Conversation moved on: index taken, timers restarted, active again.
 *
 * @throws TwilioError 50377 for a closed Conversation, 50503, 50504, 50303, 50304
 */
export function newMessage(
  twilio: Twilio,
  conversation: StoredObject,
  sid: string,
  message: NewMessage,
): { body: Body; hidden: Body } {
  refuseClosed(conversation);
  const participants = participantsOf(twilio, conversation.sid);
  const media = message.media ?? [];
  const serviceSid = text(conversation.body, "chat_service_sid");
  const kept = [...media.map((each) => keptMedia(twilio, serviceSid, each)), ...(message.uploaded ?? [])];
  const attributes = readAttributes(message.attributes, mostAttributes);
  refuseText(message.body, kept.length > 0, participants);
  refuseMedia(kept, participants);
  const author =
    message.participantSid === undefined
      ? participantNamed(participants, message.author)
      : participants.find(({ sid: own }) => own === message.participantSid);
  const now = twilio.clock.iso();
  const index = moveOn(twilio, conversation);
  return {
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      chat_service_sid: text(conversation.body, "chat_service_sid"),
      conversation_sid: conversation.sid,
      index,
      author: message.author,
      body: message.body,
      media: kept.length === 0 ? null : kept.map(inMessage),
      attributes,
      participant_sid: author?.sid ?? null,
      content_sid: message.contentSid ?? null,
      delivery: null,
      date_created: message.dateCreated ?? now,
      date_updated: now,
    },
    hidden: {
      mediaUrls: kept.map((each) => text(each.hidden, "url") || contentUrl(each)),
      stateBefore: text(conversation.body, "state"),
      channelMessageSid: message.channelMessageSid ?? null,
      ...(message.template === undefined ? {} : { template: message.template }),
      createdMs: twilio.clock.now(),
      ...(message.executionSid === undefined ? {} : { executionSid: message.executionSid }),
      ...(message.lost === undefined ? {} : { lost: message.lost }),
    },
  };
}

/** Stores a message that comes from elsewhere than the REST API. */
export function insertMessage(twilio: Twilio, conversation: StoredObject, message: NewMessage): StoredObject {
  return twilio.store.transaction(() => {
    const sid = twilio.sid("IM");
    const parents = {
      ChatServiceSid: text(conversation.body, "chat_service_sid"),
      ConversationSid: conversation.sid,
    };
    const made = newMessage(twilio, conversation, sid, message);
    return twilio.store.insert({ token: tokens.message, sid, parents, ...made });
  });
}

/** What a stored message sets off: everybody's handset, webhooks, the Conversation's state. */
export function messageAdded(twilio: Twilio, message: StoredObject, source: Source, webhooks: boolean): void {
  const { body, hidden } = message;
  const conversation = findConversation(twilio, text(body, "conversation_sid"));
  twilio.events.append("message.added", message.sid, conversation.sid, {
    author: text(body, "author"),
    body: body["body"] ?? null,
    index: number(body, "index"),
    participantSid: body["participant_sid"] ?? null,
    channelMessageSid: hidden["channelMessageSid"] ?? null,
    source,
  });
  fanOut(twilio, conversation, message);
  const from = text(hidden, "stateBefore");
  if (from !== conversation.body["state"]) stateChanged(twilio, conversation, from, "EVENT");
  else armConversation(twilio, conversation);
  if (webhooks) tell(twilio, "onMessageAdded", conversation, message, source);
}

export const message: Behaviour = {
  async before(call) {
    if (!webhooksEnabled(call) || call.operation === "fetch" || call.operation === "list") return call;
    const names = { create: "onMessageAdd", update: "onMessageUpdate", delete: "onMessageRemove" } as const;
    const name = names[call.operation];
    const conversation = conversationOf(call);
    const current = call.twilio.store.find(tokens.message, call.path["Sid"] ?? "");
    const changes = await ask(call.twilio, {
      name,
      serviceSid: text(conversation.body, "chat_service_sid"),
      source: "API",
      parameters: current
        ? messageParameters(name, conversation, current)
        : askedMessage(call.twilio, conversation, {
            author: textOrNull(call.input, "Author") || "system",
            body: textOrNull(call.input, "Body"),
            attributes: call.input["Attributes"] ?? "{}",
            uploaded: uploadedFor(call),
          }),
    });
    return { ...call, input: { ...call.input, ...changedInput(changes) } };
  },
  create(call, draft) {
    const { input } = call;
    const contentSid = textOrNull(input, "ContentSid");
    const rendered = renderedFor(call.twilio, contentSid ?? "", text(input, "ContentVariables"));
    return newMessage(call.twilio, conversationOf(call), draft.sid, {
      author: textOrNull(input, "Author") || "system",
      body: rendered?.text ?? textOrNull(input, "Body"),
      contentSid,
      ...(rendered && { template: rendered.template }),
      uploaded: uploadedFor(call),
      attributes: input["Attributes"] ?? "{}",
      dateCreated: textOrNull(input, "DateCreated"),
    });
  },
  created(call, object) {
    const { twilio } = call;
    twilio.store.transaction(() => messageAdded(twilio, object, "API", webhooksEnabled(call)));
  },
  update(call, current, draft) {
    refuseClosed(conversationOf(call));
    const attributes =
      call.input["Attributes"] === undefined
        ? text(current.body, "attributes")
        : readAttributes(call.input["Attributes"], mostAttributes);
    return { body: { ...draft, attributes } };
  },
  updated(call, _, after) {
    if (webhooksEnabled(call)) tell(call.twilio, "onMessageUpdated", conversationOf(call), after, "API");
  },
  deleted(call, object) {
    if (webhooksEnabled(call)) tell(call.twilio, "onMessageRemoved", conversationOf(call), object, "API");
  },
  show: (twilio, object) => ({ ...object.body, delivery: deliverySummary(twilio, object.sid) }),
  // Oldest first, unless asked otherwise.
  list: ({ query }, objects) => (query["Order"] === "desc" ? objects.reverse() : objects),
  refuse({ parameter, kind }) {
    if (kind !== "pattern") return undefined;
    if (parameter === "MediaSid") return new TwilioError(50510, { media: "it is ME and 32 digits" });
    return parameter === "ContentSid" ? new TwilioError(50526, { sid: "it is HX and 32 digits" }) : undefined;
  },
};

/** A message as a webhook hears of it beforehand: it has no SID yet; its author and its media have theirs. */
export function askedMessage(
  twilio: Twilio,
  conversation: StoredObject,
  message: Pick<NewMessage, "author" | "body" | "attributes" | "uploaded" | "participantSid">,
): Record<string, string> {
  const { author, body, attributes, uploaded = [], participantSid } = message;
  const authorSid = participantSid ?? participantNamed(participantsOf(twilio, conversation.sid), author)?.sid;
  const asked: Body = {
    author,
    body: body ?? "",
    attributes: typeof attributes === "string" ? attributes : "{}",
    participant_sid: authorSid ?? null,
    media: uploaded.map(inMessage),
  };
  return { ...messageParameters("onMessageAdd", conversation, { body: asked, hidden: {} }) };
}

/** What a webhook may change of a message that it was asked about. */
export function changedMessage(changes: Body): { body?: string; author?: string; attributes?: string } {
  const names = ["body", "author", "attributes"] as const;
  return Object.fromEntries(
    names.flatMap((name) => (typeof changes[name] === "string" ? [[name, changes[name]]] : [])),
  );
}

function changedInput(changes: Body): Body {
  const { body, author, attributes } = changedMessage(changes);
  return {
    ...(body === undefined ? {} : { Body: body }),
    ...(author === undefined ? {} : { Author: author }),
    ...(attributes === undefined ? {} : { Attributes: attributes }),
  };
}

/** Takes the next index, restarts the timers and wakes an inactive Conversation; all that a message does to it. */
function moveOn(twilio: Twilio, conversation: StoredObject): number {
  const index = number(conversation.hidden, "nextIndex");
  const state = conversation.body["state"] === "inactive" ? "active" : text(conversation.body, "state");
  const body: Body = {
    ...conversation.body,
    state,
    timers: shownTimers(state, durationsOf(conversation), twilio.clock.now()),
    date_updated: twilio.clock.iso(),
  };
  const hidden = { ...conversation.hidden, nextIndex: index + 1 };
  twilio.store.replace(tokens.conversation, conversation.sid, body, hidden);
  return index;
}

function refuseText(body: string | null, hasMedia: boolean, participants: readonly StoredObject[]): void {
  if ((body === null || body === "") && !hasMedia) throw new TwilioError(50503);
  if (Buffer.byteLength(body ?? "") > mostBytes) {
    throw new TwilioError(50504, { limit: `${mostBytes} bytes` });
  }
  const goesOut = participants.some((one) => one.body["messaging_binding"] !== null);
  if (goesOut && (body ?? "").length > mostCharactersOut) {
    throw new TwilioError(50504, { limit: `${mostCharactersOut} characters, as SMS and WhatsApp take` });
  }
}

/** Kinds of media that SMS and WhatsApp take: https://www.twilio.com/docs/messaging/guides/accepted-mime-types */
const takenOut =
  /^(?:audio|image|text|video)\/|^application\/(?:octet-stream|ogg|pdf|vcard|msword|vnd\.(?:ms-|openxmlformats-))/;

/** https://www.twilio.com/docs/api/errors/50511 */
function refuseMedia(media: readonly StoredObject[], participants: readonly StoredObject[]): void {
  const goesOut = participants.some((one) => one.body["messaging_binding"] !== null);
  const types = media.map(({ body }) => text(body, "content_type"));
  const wrong = types.find((type) => type !== "" && !takenOut.test(type));
  if (goesOut && wrong !== undefined) throw new TwilioError(50511, { type: wrong });
}

/** The media that a create names: https://www.twilio.com/docs/api/errors/50507 */
function uploadedFor(call: Call): readonly StoredObject[] {
  const sid = text(call.input, "MediaSid");
  if (sid === "") return [];
  const found = findMedia(call.twilio, text(conversationOf(call).body, "chat_service_sid"), sid);
  if (found === undefined) throw new TwilioError(50507, { media: sid });
  return [found];
}

/** Media that comes with a message by its URL is kept in the Service, as what a client uploads is. */
export function keptMedia(
  twilio: Twilio,
  serviceSid: string,
  { url, contentType }: MessageMedia,
): StoredObject {
  const filename = url.split("/").at(-1) ?? null;
  return putMedia(twilio, { serviceSid, contentType, filename, size: 0, content: { url } });
}

function tell(
  twilio: Twilio,
  name: MessageEvent,
  conversation: StoredObject,
  object: StoredObject,
  source: Source,
): void {
  notify(twilio, { name, conversation, source, parameters: messageParameters(name, conversation, object) });
}

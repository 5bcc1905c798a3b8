/**
 * The Conversations API on the script's own Conversations, as far as Functions use it: a Conversation, its participants,
 * messages and webhooks, https://www.twilio.com/docs/conversations-classic/api. And messages that are sent outside of one.
 */
import type { TwilioCall } from "../world.ts";
import { refused, type RestAnswer } from "./captured-twilio.ts";
import type { Participant, Room, RoomMessage, RoomWebhook } from "./room.ts";
import { accountSid, serviceSid } from "./sids.ts";

const snake = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();

/**
 * The answer to a call; undefined when it is about something else.
 *
 * @param isAloud whether its webhooks run (`X-Twilio-Webhook-Enabled`)
 */
export function answerConversations(
  { method, path }: Pick<TwilioCall, "method" | "path">,
  form: URLSearchParams,
  rooms: ReadonlyMap<string, Room>,
  isAloud: boolean,
): RestAnswer | undefined {
  if (method === "POST" && /\/Accounts\/\w+\/Messages\.json$/.test(path)) {
    const contentSid = form.get("ContentSid");
    // What the template says is Twilio's; here it is named, with what fills it.
    const body =
      contentSid === null ? form.get("Body") : `${contentSid} ${form.get("ContentVariables") ?? ""}`;
    const [room] = rooms.values();
    room?.send(form.get("To") ?? "", form.get("From") ?? "", body ?? "", contentSid !== null);
    return { status: 201, body: message(form) };
  }
  const query = new URL(path, "http://captured").searchParams;
  if (path.startsWith("conversations.twilio.com/") && path.includes("/ParticipantConversations")) {
    return participantConversations(rooms, query.get("Address") ?? "");
  }
  const match = /\/Conversations(?:\/(CH\w+)(?:\/(\w+)(?:\/(\w+))?)?)?(?:\?.*)?$/.exec(path);
  if (!path.startsWith("conversations.twilio.com/") || match === null) return undefined;
  const [, sid, kind, part] = match;
  if (sid === undefined) {
    if (method !== "GET") return undefined;
    const state = query.get("State");
    const shown = [...rooms.values()].filter(({ fields }) => state === null || fields["state"] === state);
    return listed("conversations", shown.map(described));
  }
  const room = rooms.get(sid);
  if (room === undefined) return refused(404, 20404, `The requested resource ${sid} was not found`);
  if (kind === "Participants") return participants(room, rooms, method, part, form);
  if (kind === "Messages") return messages(room, method, form, { query, isAloud });
  if (kind === "Webhooks") return webhooks(room, method, part, form);
  if (kind !== undefined) return undefined;
  if (method === "POST" && !room.isOpen) return refused(409, 50377, "Conversation is closed");
  if (method === "POST") {
    room.set(Object.fromEntries([...form].map(([name, value]) => [snake(name), value])));
  }
  return { status: 200, body: described(room) };
}

function message(form: URLSearchParams): object {
  return {
    sid: `SM${"0".repeat(32)}`,
    account_sid: accountSid,
    status: "queued",
    from: form.get("From"),
    to: form.get("To"),
    body: form.get("Body"),
  };
}

/** In which Conversations an address is, https://www.twilio.com/docs/conversations-classic/api/participant-conversation-resource */
function participantConversations(rooms: ReadonlyMap<string, Room>, address: string): RestAnswer {
  const rows = [...rooms.values()].flatMap((room) => {
    const found = room.participantAt(address);
    return found === undefined
      ? []
      : [
          {
            conversation_sid: room.sid,
            conversation_state: room.fields["state"],
            participant_sid: found.sid,
            participant_messaging_binding: { address, proxy_address: found.proxy },
          },
        ];
  });
  return listed("conversations", rows);
}

function participants(
  room: Room,
  rooms: ReadonlyMap<string, Room>,
  method: string,
  part: string | undefined,
  form: URLSearchParams,
): RestAnswer {
  if (method === "GET" && part === undefined) {
    return listed("participants", room.participants.map(shownParticipant));
  }
  const one = room.participants.find(({ sid }) => sid === part);
  if (part !== undefined) {
    if (one === undefined) return refused(404, 50430, "Participant not found");
    if (method === "DELETE") {
      room.leave(one.address);
      return { status: 204 };
    }
    one.attributes = form.get("Attributes") ?? one.attributes;
    return { status: 200, body: shownParticipant(one) };
  }
  const address = form.get("MessagingBinding.Address") ?? form.get("Identity") ?? "";
  const proxy = form.get("MessagingBinding.ProxyAddress") ?? "";
  const holder = [...rooms.values()].find(
    (each) => each.isOpen && each.participantAt(address)?.proxy === proxy,
  );
  if (holder !== undefined) {
    const text = `A binding for this participant and proxy address already exists in Conversation ${holder.sid}`;
    return refused(409, 50416, text);
  }
  return { status: 201, body: shownParticipant(room.join(address, proxy, form.get("Attributes") ?? "{}")) };
}

function messages(
  room: Room,
  method: string,
  form: URLSearchParams,
  { query, isAloud }: { readonly query: URLSearchParams; readonly isAloud: boolean },
): RestAnswer {
  if (method === "GET") {
    const shown = room.messages.map(shownMessage);
    return listed("messages", query.get("Order") === "desc" ? shown.reverse() : shown);
  }
  if (!room.isOpen) return refused(409, 50377, "Conversation is closed");
  const [author, body] = [form.get("Author") ?? "system", form.get("Body") ?? ""];
  return {
    status: 201,
    body: shownMessage(isAloud ? room.postAloud(author, body) : room.post(author, body)),
  };
}

function webhooks(room: Room, method: string, part: string | undefined, form: URLSearchParams): RestAnswer {
  if (method === "GET") return listed("webhooks", room.webhooks.map(shownWebhook));
  if (method === "DELETE") {
    return room.detach(part) ? { status: 204 } : refused(404, 50360, "Webhook not found");
  }
  const names = [...new Set(form.keys())].filter((name) => name.startsWith("Configuration."));
  const configuration = Object.fromEntries(
    names.map((name) => {
      const values = form.getAll(name);
      const own = snake(name.slice("Configuration.".length));
      return [own, own === "filters" ? values : values[0]];
    }),
  );
  return { status: 201, body: shownWebhook(room.attach(form.get("Target") ?? "", configuration)) };
}

function described({ sid, fields }: Room): object {
  return { sid, account_sid: accountSid, chat_service_sid: serviceSid, ...fields };
}

function shownParticipant({ sid, address, proxy, attributes, joined }: Participant): object {
  const type = address.startsWith("whatsapp:") ? "whatsapp" : "sms";
  const binding = { type, address, proxy_address: proxy };
  return {
    sid,
    attributes,
    messaging_binding: binding,
    identity: null,
    date_created: joined,
    date_updated: joined,
  };
}

function shownMessage({ sid, index, author, body, at }: RoomMessage): object {
  return { sid, index, author, body, attributes: "{}", date_created: at, date_updated: at };
}

function shownWebhook({ sid, target, configuration, at }: RoomWebhook): object {
  return { sid, target, configuration, date_created: at, date_updated: at };
}

/** A list as Twilio answers it. */
export function listed(key: string, rows: readonly object[]): RestAnswer {
  return {
    status: 200,
    body: { meta: { page: 0, page_size: 50, next_page_url: null, key }, [key]: rows },
  };
}

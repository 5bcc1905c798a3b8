/** Conversations with who is in them, what listens to them and when their timers run out. */
import { inner, text, textOrNull } from "../../fields.ts";
import type { StoredObject, Twilio } from "../../product.ts";
import { tokens } from "../../conversations/tokens.ts";

/** The newest Conversations, newest first. */
export function conversationsNow(twilio: Twilio, limit: number): object[] {
  const { database, account } = twilio.store;
  const rows = database
    .prepare("select sid from objects where account = ? and token = ? order by sequence desc limit ?")
    .all(account, tokens.conversation, limit);
  return rows.flatMap(({ sid }) => conversationNow(twilio, String(sid)) ?? []);
}

/** One Conversation; undefined when there is none (any more). */
export function conversationNow(twilio: Twilio, sid: string): object | undefined {
  const stored = twilio.store.find(tokens.conversation, sid);
  if (!stored) return undefined;
  const { body } = stored;
  const below = { ConversationSid: sid };
  const timers = inner(body, "timers");
  return {
    sid: stored.sid,
    serviceSid: text(body, "chat_service_sid"),
    name: textOrNull(body, "unique_name") ?? textOrNull(body, "friendly_name"),
    state: text(body, "state"),
    at: text(body, "date_created"),
    timers: {
      inactive: textOrNull(timers, "date_inactive"),
      closed: textOrNull(timers, "date_closed"),
    },
    participants: twilio.store.list(tokens.participant, below).map(participant),
    webhooks: twilio.store.list(tokens.scopedWebhook, below).map(({ sid: webhook, body: shown }) => {
      const configuration = inner(shown, "configuration");
      return {
        sid: webhook,
        target: text(shown, "target"),
        flowSid: textOrNull(configuration, "flow_sid"),
        url: textOrNull(configuration, "url"),
      };
    }),
  };
}

function participant({ sid, body }: StoredObject): object {
  const binding = inner(body, "messaging_binding");
  return {
    sid,
    address: textOrNull(binding, "address"),
    proxyAddress: textOrNull(binding, "proxy_address"),
    identity: textOrNull(body, "identity"),
    role: roleOf(text(body, "attributes")),
    at: text(body, "date_created"),
  };
}

/** What a participant's attributes say of their part, should they say so. */
function roleOf(attributes: string): string | null {
  try {
    const value: unknown = JSON.parse(attributes);
    if (typeof value !== "object" || value === null || !("role" in value)) return null;
    return typeof value.role === "string" ? value.role : null;
  } catch {
    return null;
  }
}

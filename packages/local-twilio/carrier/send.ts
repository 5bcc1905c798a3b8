/** From the account to a handset: queued, sent, delivered, or not. */
import { noteDelivery, recordMessage } from "../api/messages.ts";
import { ownerOf } from "../api/addresses.ts";
import { isActive } from "../http/authenticate.ts";
import type { CarrierMessage, HandsetRule, MessageOrigin, Twilio } from "../product.ts";
import type { State } from "../state.ts";
import { routeInbound } from "./inbound.ts";
import { carrierTables } from "./tables.ts";
import { isOutsideWindow, outsideWindow } from "./whatsapp-window.ts";

/** What lifecycle `control` calls these status changes by. */
const kind = "message";

/** The account was suspended before the message left: https://www.twilio.com/docs/api/errors/30002 */
const suspended = 30002;

/** The variables of a template are not those that it has: https://www.twilio.com/docs/api/errors/63028 */
const misfitting = 63028;

/** Takes a message on: keeps it, and lets it go on once the caller has answered. */
export function sendMessage(twilio: Twilio, message: CarrierMessage, origin: MessageOrigin = {}): void {
  const { store } = twilio;
  store.transaction(() => {
    if (!store.find("twilio:api:Message", message.sid)) {
      recordMessage(twilio, message, "outbound-api", "queued");
    }
    carrierTables(twilio).addOutgoing(message, origin, twilio.clock.iso());
  });
  goOn(twilio, message, origin);
}

/** Takes up the messages that a stop of the local Twilio caught on their way. */
export function resumeMoving(twilio: Twilio): void {
  for (const { message, origin, status } of carrierTables(twilio).moving()) {
    if (!twilio.store.find("twilio:api:Message", message.sid)) continue;
    if (status === "queued") goOn(twilio, message, origin);
    else twilio.lifecycles.begin(kind, message.sid, () => arrive(twilio, message, origin));
  }
}

/** What leaves with the next turn of the event loop; null when nothing does yet. */
const departures: State<{ next: (() => void)[] | null }> = { ofStore: true, open: () => ({ next: null }) };

/**
 * The next turn of the event loop, so that what sends a message is answered before the message arrives. All that is
 * sent in one turn leaves together, in order, as one write to the store.
 */
function goOn(twilio: Twilio, message: CarrierMessage, origin: MessageOrigin): void {
  const leave = (): void => twilio.lifecycles.begin(kind, message.sid, () => depart(twilio, message, origin));
  const departing = twilio.state(departures);
  if (departing.next !== null) {
    departing.next.push(leave);
    return;
  }
  const leaving = [leave];
  departing.next = leaving;
  twilio.background(
    new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      departing.next = null;
      twilio.store.transaction(() => {
        for (const one of leaving) one();
      });
    }),
  );
}

function depart(twilio: Twilio, message: CarrierMessage, origin: MessageOrigin): void {
  const tables = carrierTables(twilio);
  const { from, to } = message;
  if (!isActive(twilio.accounts, twilio.settings.accountSid)) {
    settle(twilio, message, origin, "failed", suspended);
    return;
  }
  if (tables.isOptedOut(to, from) && origin.isKeywordReply !== true) {
    settle(twilio, message, origin, "failed", 21610);
    return;
  }
  if (origin.template === "misfits" && message.to.startsWith("whatsapp:")) {
    settle(twilio, message, origin, "failed", misfitting);
    return;
  }
  if (isOutsideWindow(twilio, message, origin)) {
    settle(twilio, message, origin, "failed", outsideWindow);
    return;
  }
  const rule =
    origin.lost === undefined
      ? drawRule(twilio, from, to)
      : ({ outcome: "undelivered", errorCode: origin.lost } as const);
  if (rule?.outcome === "failed") {
    settle(twilio, message, origin, "failed", rule.errorCode);
    return;
  }
  settle(twilio, message, origin, "sent", null);
  twilio.lifecycles.begin(kind, message.sid, () => {
    if (rule) settle(twilio, message, origin, "undelivered", rule.errorCode);
    else arrive(twilio, message, origin);
  });
}

function arrive(twilio: Twilio, message: CarrierMessage, origin: MessageOrigin): void {
  settle(twilio, message, origin, "delivered", null);
  // What reaches a number of an account, this one or another, is an inbound message there.
  const owner = ownerOf(twilio, message.to);
  if (owner !== undefined && isActive(owner.accounts, owner.settings.accountSid)) {
    twilio.background(routeInbound(owner, { ...message, sid: twilio.sid("SM") }));
  }
}

/** Notes a status everywhere it shows: the Message, the handset, the Conversation, the event stream. */
function settle(
  twilio: Twilio,
  message: CarrierMessage,
  origin: MessageOrigin,
  status: string,
  errorCode: number | null,
): void {
  const { conversationSid, receiptSid } = origin;
  twilio.store.transaction(() => {
    carrierTables(twilio).setStatus(message.sid, status, errorCode);
    noteDelivery(twilio, message.sid, status, errorCode);
    const { from, to, body } = message;
    twilio.events.append(`message.${status}`, message.sid, conversationSid ?? origin.executionSid ?? null, {
      direction: "outbound",
      from,
      to,
      body,
      media: message.media.map(({ url }) => url),
      handset: to,
      conversationSid: conversationSid ?? null,
      messageSid: origin.messageSid ?? null,
      errorCode,
    });
  });
  if (errorCode !== null) {
    const text = `The message was not delivered: ${status}`;
    const about = { resourceSid: message.sid, serviceSid: null };
    twilio.services.monitor.alert({ code: errorCode, level: "error", text, ...about });
  }
  if (receiptSid !== undefined) {
    twilio.services.conversations.noteDelivery(receiptSid, status, errorCode);
  }
  if (origin.executionSid !== undefined && errorCode !== null) {
    twilio.services.studio.noteUndelivered(origin.executionSid, message.sid, errorCode);
  }
}

/** The first rule of the handset that hits this message; it counts as used. */
function drawRule(twilio: Twilio, from: string, to: string): HandsetRule | undefined {
  const tables = carrierTables(twilio);
  const rules = tables.rules(to);
  const rule = rules.find((one) => one.from === null || one.from === from);
  if (rule === undefined || rule.times === null) return rule;
  const left = { ...rule, times: rule.times - 1 };
  tables.setRules(
    to,
    rules.flatMap((one) => (one !== rule ? [one] : left.times > 0 ? [left] : [])),
  );
  return rule;
}

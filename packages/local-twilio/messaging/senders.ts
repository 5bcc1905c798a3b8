/** WhatsApp senders, https://www.twilio.com/docs/whatsapp/api/senders. Seeded ones are online; new ones get there. */
import { setImmediate } from "node:timers/promises";
import { TwilioError } from "../errors.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Twilio } from "../product.ts";

const token = "twilio:messaging:ChannelsSender";

/** Stores a sender when the account does not have it. */
export function putSender(
  twilio: Twilio,
  sender: { readonly senderId: string; readonly name?: string | undefined },
): void {
  const { store } = twilio;
  if (store.list(token, {}, { sender_id: sender.senderId }).length > 0) return;
  const sid = twilio.sid("XE");
  store.insert({
    token,
    sid,
    parents: {},
    body: {
      sid,
      sender_id: sender.senderId,
      status: "ONLINE",
      configuration: null,
      webhook: null,
      profile: sender.name === undefined ? null : { name: sender.name },
      properties: null,
      offline_reasons: null,
      compliance: null,
    },
    hidden: {},
  });
}

export const sender: Behaviour = {
  create({ twilio }, draft) {
    const id = textOf(draft.body["sender_id"]);
    if (!/^whatsapp:\+[1-9]\d{6,14}$/.test(id)) {
      throw new TwilioError(20001, {
        reason: `Invalid sender_id '${id}': it is whatsapp: and a number in E.164`,
      });
    }
    if (twilio.store.list(token, {}, { sender_id: id }).length > 0) {
      throw new TwilioError(20409, { reason: `Sender ${id} already exists` });
    }
    return { body: { ...draft.body, status: "CREATING" } };
  },
  created({ twilio }, object) {
    twilio.background(
      setImmediate().then(() =>
        twilio.lifecycles.begin("sender", object.sid, () => goOnline(twilio, object.sid)),
      ),
    );
  },
  list: ({ query }, objects) =>
    objects
      .filter(({ body }) => textOf(body["sender_id"]).startsWith(`${textOf(query["Channel"])}:`))
      .reverse(),
};

function goOnline(twilio: Twilio, sid: string): void {
  const stored = twilio.store.find(token, sid);
  if (stored) twilio.store.replace(token, sid, { ...stored.body, status: "ONLINE" });
}

/** Goes on with senders that a stop caught being created. */
export function resumeSenders(twilio: Twilio): void {
  for (const { sid } of twilio.store.list(token, {}, { status: "CREATING" })) {
    twilio.lifecycles.begin("sender", sid, () => goOnline(twilio, sid));
  }
}

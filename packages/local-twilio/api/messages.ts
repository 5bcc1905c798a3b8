/** Messages of the account, https://www.twilio.com/docs/messaging/api/message-resource */
import { TwilioError } from "../errors.ts";
import type { Behaviour, Body, Call, CarrierMessage, StoredObject, Twilio } from "../product.ts";
import { textOf } from "../json.ts";
import { findOwnAddress } from "./addresses.ts";

const token = "twilio:api:Message";

/** Keeps a message that did not come in over the REST API (from a handset, or sent by another product). */
export function recordMessage(
  twilio: Twilio,
  message: CarrierMessage,
  direction: "inbound" | "outbound-api",
  status: string,
): StoredObject {
  const parents = { AccountSid: twilio.settings.accountSid };
  const body = { ...messageBody(twilio, message), direction, status };
  return twilio.store.insert({ token, sid: message.sid, parents, body, hidden: {} });
}

/** Notes how the delivery of a message went; a message that is no longer there is left alone. */
export function noteDelivery(twilio: Twilio, sid: string, status: string, errorCode: number | null): void {
  const stored = twilio.store.find(token, sid);
  if (!stored) return;
  const now = twilio.clock.iso();
  twilio.store.replace(token, sid, {
    ...stored.body,
    status,
    error_code: errorCode,
    date_updated: now,
    date_sent:
      status === "sent" || status === "delivered"
        ? (stored.body["date_sent"] ?? now)
        : (stored.body["date_sent"] ?? null),
  });
}

export const message: Behaviour = {
  create(call, draft) {
    const outgoing = checked(call, draft.sid);
    return {
      body: {
        ...draft.body,
        ...messageBody(call.twilio, outgoing),
        direction: "outbound-api",
        status: "queued",
      },
    };
  },
  created(call, object) {
    const { twilio } = call;
    const outgoing = checked(call, object.sid);
    twilio.services.carrier.send(outgoing);
  },
};

/** The message that a create asks for, or the refusal that Twilio gives: https://www.twilio.com/docs/api/errors/21211 and its neighbours. */
function checked(call: Call, sid: string): CarrierMessage {
  const { input, twilio } = call;
  const to = textOf(input["To"]);
  const from = textOf(input["From"]);
  const body = textOf(input["Body"]);
  const mediaUrls = Array.isArray(input["MediaUrl"]) ? input["MediaUrl"] : [];
  const media = mediaUrls.map((url) => ({ url: textOf(url), contentType: "application/octet-stream" }));
  if (to === "") throw new TwilioError(21604);
  if (from === "") throw new TwilioError(21603);
  if (!/^(?:[a-z]+:)?\+?[1-9]\d{2,14}$/.test(to)) throw new TwilioError(21211, { to });
  if (!findOwnAddress(twilio, from)) throw new TwilioError(21606, { from });
  if (body === "" && media.length === 0) throw new TwilioError(21619);
  if (body.length > 1600) throw new TwilioError(21617);
  if (twilio.services.carrier.isOptedOut(to, from)) throw new TwilioError(21610);
  return { sid: media.length > 0 ? `MM${sid.slice(2)}` : sid, from, to, body, media };
}

function messageBody(twilio: Twilio, { sid, from, to, body, media }: CarrierMessage): Body {
  const now = twilio.clock.iso();
  return {
    sid,
    account_sid: twilio.settings.accountSid,
    api_version: "2010-04-01",
    body,
    from,
    to,
    num_media: String(media.length),
    num_segments: String(Math.max(1, Math.ceil(body.length / 160))),
    price: null,
    price_unit: "USD",
    error_code: null,
    error_message: null,
    messaging_service_sid: null,
    date_created: now,
    date_updated: now,
    date_sent: null,
  };
}

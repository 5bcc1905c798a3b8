/** Messages of the account, https://www.twilio.com/docs/messaging/api/message-resource */
import type { TemplateFit } from "../content/render.ts";
import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import type { Behaviour, Body, Call, CarrierMessage, StoredObject, Twilio } from "../product.ts";
import { textOf } from "../json.ts";
import { keepMessageMedia } from "../media/message-media.ts";
import { senderFor } from "../messaging/sender-pool.ts";
import { findOwnAddress } from "./addresses.ts";
import { countSegments } from "../carrier/segments.ts";
import { armMessage, sendAtOf } from "./scheduled.ts";
import { tellStatus } from "./status-callback.ts";

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
  keepMessageMedia(twilio, message);
  return twilio.store.insert({ token, sid: message.sid, parents, body, hidden: {} });
}

/**
 * Notes how the delivery of a message goes on, and tells the status callback that its create named. A message that is
 * no longer there is left alone.
 */
export function noteDelivery(twilio: Twilio, sid: string, status: string, errorCode: number | null): void {
  const stored = twilio.store.find(token, sid);
  if (!stored) return;
  const now = twilio.clock.iso();
  const wasSent = status === "sent" || status === "delivered";
  const from = textOf(stored.hidden["from"]) || (stored.body["from"] ?? null);
  const dateSent = stored.body["date_sent"] ?? (wasSent ? now : null);
  const body: Body = {
    ...stored.body,
    from,
    status,
    error_code: errorCode,
    date_updated: now,
    date_sent: dateSent,
  };
  twilio.store.replace(token, sid, body);
  const service = twilio.store.find("twilio:messaging:Service", textOf(body["messaging_service_sid"]));
  const url = textOf(stored.hidden["statusCallback"]) || textOf(service?.body["status_callback"]);
  if (url !== "") twilio.background(tellStatus(twilio, url, body));
}

export const message: Behaviour = {
  refuse: ({ parameter, kind }) =>
    parameter === "To" && kind === "missing" ? new TwilioError(21604) : undefined,
  create(call, draft) {
    const { input, twilio } = call;
    const asked = checked(call, draft.sid);
    const service = textOf(input["MessagingServiceSid"]);
    const sendAt = sendAtOf(call);
    return {
      body: {
        ...draft.body,
        ...messageBody(twilio, { ...asked.message, sid: draft.sid }),
        ...(service === "" ? {} : { messaging_service_sid: service }),
        // Which sender of the pool it is shows once it goes out.
        ...(textOf(input["From"]) === "" ? { from: null } : {}),
        direction: "outbound-api",
        status: sendAt !== null ? "scheduled" : service === "" ? "queued" : "accepted",
      },
      hidden: {
        statusCallback: textOf(input["StatusCallback"]),
        from: asked.message.from,
        ...(sendAt === null ? {} : { sendAt }),
        outgoing: JSON.parse(JSON.stringify(asked.message)) as Body,
        ...(asked.template === undefined ? {} : { template: asked.template }),
      },
    };
  },
  created({ twilio }, object) {
    keepMessageMedia(twilio, {
      ...(object.hidden["outgoing"] as unknown as CarrierMessage),
      sid: object.sid,
    });
    if (object.hidden["sendAt"] === undefined) leave(twilio, object);
    else armMessage(twilio, object, leave);
  },
  update({ input }, current, draft) {
    if (input["Status"] === undefined) return { body: draft };
    if (current.body["status"] !== "scheduled") throw new TwilioError(30409, { sid: current.sid });
    return { body: { ...draft, status: "canceled" } };
  },
  list({ query }, objects) {
    const day = (body: Body): string => textOf(body["date_sent"]).slice(0, 10);
    const asked = (name: string): string => textOf(query[name]).slice(0, 10);
    const [on, until, from] = [asked("DateSent"), asked("DateSent<"), asked("DateSent>")];
    const shown = objects.filter(
      ({ body }) =>
        (query["To"] === undefined || body["to"] === query["To"]) &&
        (query["From"] === undefined || body["from"] === query["From"]) &&
        (on === "" || day(body) === on) &&
        (until === "" || (day(body) !== "" && day(body) <= until)) &&
        (from === "" || day(body) >= from),
    );
    return shown.reverse();
  },
};

/** A message that a client asked for goes to the carrier. */
function leave(twilio: Twilio, { sid, hidden }: StoredObject): void {
  const outgoing = { ...(hidden["outgoing"] as unknown as CarrierMessage), sid };
  const { template } = hidden;
  const isTemplate = template === "fits" || template === "misfits";
  twilio.services.carrier.send(outgoing, isTemplate ? { template } : {});
}

/** Scheduled messages that a stop caught waiting. */
export function armScheduled(twilio: Twilio): void {
  for (const each of twilio.store.list(token, {}, { status: "scheduled" })) armMessage(twilio, each, leave);
}

/** The message that a create asks for. */
function checked(call: Call, sid: string): OutgoingMessage {
  const { input, twilio } = call;
  const to = textOf(input["To"]);
  const service = textOf(input["MessagingServiceSid"]);
  const own = textOf(input["From"]);
  if (own === "" && service === "") throw new TwilioError(21603);
  if (!/^(?:[a-z]+:)?\+?[1-9]\d{2,14}$/.test(to)) throw new TwilioError(21211, { to });
  if (textOf(input["ContentVariables"]) !== "" && textOf(input["ContentSid"]) === "") {
    throw new TwilioError(21654);
  }
  return outgoingMessage(twilio, sid, {
    from: own || senderFor(twilio, service, to),
    to,
    body: textOf(input["Body"]),
    mediaUrls: Array.isArray(input["MediaUrl"]) ? input["MediaUrl"].map(textOf) : [],
    contentSid: textOf(input["ContentSid"]),
    contentVariables: textOf(input["ContentVariables"]),
  });
}

/** What somebody has the account send: a client over the REST API, or a Flow. */
export interface Outgoing {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  /** The content template that makes the body, and its variables as JSON; empty: there is none. */
  readonly contentSid: string;
  readonly contentVariables: string;
}

/** What the carrier takes, and how it was made. */
export interface OutgoingMessage {
  readonly message: CarrierMessage;
  readonly template?: TemplateFit;
}

/**
 * The message as the carrier takes it.
 *
 * @param sid SM…; with media it becomes MM…
 * @throws TwilioError as Twilio refuses it: https://www.twilio.com/docs/api/errors/21606 and its neighbours
 */
export function outgoingMessage(twilio: Twilio, sid: string, asked: Outgoing): OutgoingMessage {
  const { from, to, contentSid, contentVariables } = asked;
  const { carrier, content } = twilio.services;
  const rendered = contentSid === "" ? undefined : content.render(contentSid, contentVariables);
  const body = rendered?.text ?? asked.body;
  const media = asked.mediaUrls.map((url) => ({ url, contentType: "application/octet-stream" }));
  if (!findOwnAddress(twilio, from)) throw new TwilioError(21606, { from });
  if (asked.mediaUrls.length > limits.message.media) {
    throw new TwilioError(21623, { limit: limits.message.media });
  }
  if (asked.mediaUrls.some((url) => !isMediaUrl(url))) throw new TwilioError(21620);
  if (body === "" && media.length === 0) throw new TwilioError(21619);
  if (body.length > limits.message.characters) throw new TwilioError(21617);
  if (carrier.isOptedOut(to, from)) throw new TwilioError(21610);
  const message = { sid: media.length > 0 ? `MM${sid.slice(2)}` : sid, from, to, body, media };
  return { message, ...(rendered && { template: rendered.template }) };
}

/** A list in brackets is none, nor is what is served by no web server: https://www.twilio.com/docs/api/errors/21620 */
function isMediaUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** A message as the API answers it, when it was just taken. */
export function messageBody(twilio: Twilio, { sid, from, to, body, media }: CarrierMessage): Body {
  const now = twilio.clock.iso();
  return {
    sid,
    account_sid: twilio.settings.accountSid,
    api_version: "2010-04-01",
    body,
    from,
    to,
    num_media: String(media.length),
    num_segments: String(countSegments(body)),
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

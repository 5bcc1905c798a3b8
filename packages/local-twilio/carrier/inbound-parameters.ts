/**
 * What Twilio posts for a message that came in, https://www.twilio.com/docs/messaging/guides/webhook-request, and what a
 * Flow finds under `trigger.message`. WhatsApp's say who writes, SMS's from where.
 */
import { mediaUrlsOf } from "../media/message-media.ts";
import type { CarrierMessage, Twilio } from "../product.ts";
import { parametersOf, recorded, type Fields } from "../webhooks/fields.ts";
import { parseAddress } from "./address.ts";
import { countryOf } from "./country.ts";
import { countSegments } from "./segments.ts";

interface Inbound {
  readonly accountSid: string;
  readonly message: CarrierMessage;
  /** The Messaging Service that the number is in. */
  readonly messagingServiceSid: string | null;
}

const both: Fields<Inbound> = {
  AccountSid: recorded(({ accountSid }) => accountSid),
  ApiVersion: recorded(() => "2010-04-01"),
  MessageSid: recorded(({ message }) => message.sid),
  SmsMessageSid: recorded(({ message }) => message.sid),
  SmsSid: recorded(({ message }) => message.sid),
  SmsStatus: recorded(() => "received"),
  From: recorded(({ message }) => message.from),
  To: recorded(({ message }) => message.to),
  Body: recorded(({ message }) => message.body),
  NumMedia: recorded(({ message }) => String(message.media.length)),
  NumSegments: recorded(({ message }) => String(countSegments(message.body))),
  MessagingServiceSid: recorded(({ messagingServiceSid }) => messagingServiceSid),
};

/** Nobody here knows more of a number's place than its country. */
const nowhere = recorded<Inbound>(() => "");

/** SMS and MMS; ReferralNumMedia, which stood in records of 2022 and 2023, is gone since 2024. */
export const smsFields: Fields<Inbound> = {
  ...both,
  FromCountry: recorded(({ message }) => countryOf(message.from)),
  FromState: nowhere,
  FromCity: nowhere,
  FromZip: nowhere,
  ToCountry: recorded(({ message }) => countryOf(message.to)),
  ToState: nowhere,
  ToCity: nowhere,
  ToZip: nowhere,
};

/** WhatsApp; MessageType and ChannelMetadata since 2024. */
export const whatsAppFields: Fields<Inbound> = {
  ...both,
  WaId: recorded(waIdOf),
  ProfileName: recorded(profileNameOf),
  ButtonText: recorded(({ message }) => message.button?.text ?? null),
  ButtonPayload: recorded(({ message }) => message.button?.payload ?? null),
  ReferralNumMedia: recorded(() => "0"),
  MessageType: recorded(({ message }) => messageTypeOf(message)),
  ChannelMetadata: recorded((about) =>
    JSON.stringify({
      type: "whatsapp",
      data: { context: { ProfileName: profileNameOf(about), WaId: waIdOf(about) } },
    }),
  ),
};

/** The parameters of a message. */
export function inboundParameters(
  twilio: Twilio,
  message: CarrierMessage,
  messagingServiceSid: string | null,
): Record<string, string> {
  const isWhatsApp = parseAddress(message.from)?.channel === "whatsapp";
  const about = { accountSid: twilio.settings.accountSid, message, messagingServiceSid };
  const urls = mediaUrlsOf(twilio, message);
  const media = message.media.flatMap(({ url, contentType }, index) => [
    [`MediaUrl${index}`, urls[index] ?? url],
    [`MediaContentType${index}`, contentType],
  ]);
  return {
    ...parametersOf(isWhatsApp ? whatsAppFields : smsFields, about),
    ...(Object.fromEntries(media) as Record<string, string>),
  };
}

function waIdOf({ message }: Inbound): string {
  return (parseAddress(message.from)?.number ?? "").replace("+", "");
}

/** The name in somebody's profile: nobody here has one, so that it is the end of their number. */
function profileNameOf(about: Inbound): string {
  return waIdOf(about).slice(-4);
}

/** `text`, `interactive` where a button was tapped, or what WhatsApp calls the kind of the media: `image`, `audio`, `video`, `document`. */
function messageTypeOf({ media, button }: CarrierMessage): string {
  if (button !== undefined) return "interactive";
  const [first] = media;
  if (first === undefined) return "text";
  const kind = first.contentType.split("/")[0] ?? "";
  return ["image", "audio", "video"].includes(kind) ? kind : "document";
}

/** From a handset to a number of the account: opt-out words, Conversations, the number's own SMS webhook. */
import { findOwnAddress, ownAddresses, ownerOf } from "../api/addresses.ts";
import { recordMessage } from "../api/messages.ts";
import { TwilioError } from "../errors.ts";
import { isActive } from "../http/authenticate.ts";
import type { CarrierMessage, Twilio } from "../product.ts";
import { parseAddress } from "./address.ts";
import { keywordOf, keywordReplies } from "./keywords.ts";
import { callSmsWebhook } from "./sms-webhook.ts";
import { carrierTables } from "./tables.ts";

/**
 * A handset writes, to whichever account has the number. Throws when the addresses cannot write to one another, and when the
 * account is suspended.
 */
export async function receiveMessage(
  anybody: Twilio,
  from: string,
  to: string,
  body: string,
  media: CarrierMessage["media"] = [],
  button?: CarrierMessage["button"],
): Promise<CarrierMessage> {
  const twilio = ownerOf(anybody, to) ?? anybody;
  refuseAddresses(twilio, from, to);
  if (!isActive(twilio.accounts, twilio.settings.accountSid)) throw new TwilioError(10001);
  if (body === "" && media.length === 0) throw new TwilioError(21619);
  if (button !== undefined && parseAddress(from)?.channel !== "whatsapp") {
    throw new TwilioError(20001, { reason: `${from} cannot tap a button: only WhatsApp has buttons` });
  }
  const sid = twilio.sid(media.length > 0 ? "MM" : "SM");
  const message: CarrierMessage = { sid, from, to, body, media, ...(button && { button }) };
  await routeInbound(twilio, message, () => {
    carrierTables(twilio).addIncoming(message, twilio.clock.iso());
  });
  return message;
}

/** An inbound message finds its way, once `keep` has kept it where it comes from. Resolves when what it sets off is started. */
export async function routeInbound(
  twilio: Twilio,
  message: CarrierMessage,
  keep = (): void => {},
): Promise<void> {
  const { from, to, body } = message;
  twilio.store.transaction(() => {
    keep();
    recordMessage(twilio, message, "inbound", "received");
    twilio.events.append("message.received", message.sid, null, {
      direction: "inbound",
      from,
      to,
      body,
      media: message.media.map(({ url }) => url),
      handset: from,
    });
    answerKeyword(twilio, message);
  });
  const taken = await twilio.services.conversations.inbound(message);
  if (!taken || twilio.settings.switches.numberWebhookHearsConversations) {
    await callSmsWebhook(twilio, message);
  }
}

/**
 * Twilio's own handling of STOP, START and HELP; the message goes on to the account all the same. Short codes and
 * WhatsApp senders have none:
 * https://support.twilio.com/hc/en-us/articles/223181748-Customizing-HELP-STOP-messages-for-SMS-filtering
 */
function answerKeyword(twilio: Twilio, { from, to, body }: CarrierMessage): void {
  const address = parseAddress(to);
  const keyword = keywordOf(body);
  if (keyword === null || address === null || address.channel !== "sms" || address.isShortCode) return;
  const tables = carrierTables(twilio);
  const wasOptedOut = tables.isOptedOut(from, to);
  // START answers only who had opted out, HELP only who has not; STOP answers once.
  if (keyword === "start" ? !wasOptedOut : wasOptedOut) return;
  if (keyword === "start") tables.setOptedOut(from, to, false);
  const reply = keywordReplies[keyword];
  twilio.services.carrier.send(
    { sid: twilio.sid("SM"), from: to, to: from, body: reply, media: [] },
    { isKeywordReply: true },
  );
  if (keyword === "stop") tables.setOptedOut(from, to, true);
}

function refuseAddresses(twilio: Twilio, from: string, to: string): void {
  const handset = parseAddress(from);
  if (handset === null || handset.isShortCode) throw new TwilioError(21212, { from });
  if (ownerOf(twilio, from)) {
    throw new TwilioError(20001, {
      reason: `${from} is a number of the account and no handset: send from it with the Messages API`,
    });
  }
  if (!findOwnAddress(twilio, to)) {
    const own = ownAddresses(twilio);
    throw new TwilioError(20001, {
      reason: `${to} is not one of the account's addresses, which are ${own.join(", ")}; more can be seeded`,
    });
  }
  if (parseAddress(to)?.channel !== handset.channel) {
    throw new TwilioError(20001, { reason: `${from} and ${to} are of different channels` });
  }
}

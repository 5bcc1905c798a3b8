/** Media of messages: what a webhook finds under `MediaUrl0`. The bytes stay where the sender has them. */
import type { Behaviour, CarrierMessage, RawRequest, RawResponse, StoredObject, Twilio } from "../product.ts";
import { textOf } from "../json.ts";

const token = "twilio:api:Media";

/** Keeps the media of a message, each with a SID of its own. */
export function keepMessageMedia(twilio: Twilio, { sid: messageSid, media }: CarrierMessage): void {
  const { accountSid } = twilio.settings;
  const now = twilio.clock.iso();
  for (const { url, contentType } of media) {
    const sid = twilio.sid("ME");
    twilio.store.insert({
      token,
      sid,
      parents: { AccountSid: accountSid, MessageSid: messageSid },
      body: {
        sid,
        account_sid: accountSid,
        parent_sid: messageSid,
        content_type: contentType,
        date_created: now,
        date_updated: now,
      },
      hidden: { url },
    });
  }
}

/** The URLs of a message's media as webhooks have them; those of the sender for a message that was not kept. */
export function mediaUrlsOf(twilio: Twilio, { sid, media }: CarrierMessage): readonly string[] {
  const kept = twilio.store.list(token, { MessageSid: sid });
  if (kept.length === 0) return media.map(({ url }) => url);
  const below = `https://api.twilio.com/2010-04-01/Accounts/${twilio.settings.accountSid}/Messages/${sid}/Media`;
  return kept.map((each) => `${below}/${each.sid}`);
}

export const messageMedia: Behaviour = { list: (_, objects: StoredObject[]) => objects };

/** The media itself: Twilio redirects to where the bytes are. */
export function serveMessageMedia(twilio: Twilio, { path }: RawRequest): Promise<RawResponse> {
  const sid = /ME[0-9a-f]{32}/.exec(path)?.[0] ?? "";
  return Promise.resolve(redirectTo(textOf(twilio.store.find(token, sid)?.hidden["url"])));
}

/** A redirect to the bytes, or 404 when nothing is known of them. */
export function redirectTo(location: string): RawResponse {
  return location === ""
    ? { status: 404, headers: { "content-type": "text/plain" }, body: "Not Found" }
    : { status: 307, headers: { location }, body: "" };
}

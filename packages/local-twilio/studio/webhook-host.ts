/** `https://webhooks.twilio.com/v1/Accounts/AC…/Flows/FW…`: a Flow as the webhook of a number, or the end of a TwiML Redirect. */
import { limits } from "../limits.ts";
import type { RawRequest, RawResponse, Twilio } from "../product.ts";
import { incomingMessage, redirectedBack } from "./triggers.ts";
import { tokens } from "./tokens.ts";

/** Takes the parameters of an inbound message, or what TwiML gives back with `FlowEvent=return`; whatever follows, the answer is empty TwiML. */
export async function serveWebhook(twilio: Twilio, request: RawRequest): Promise<RawResponse> {
  const url = new URL(request.url);
  const [, flowSid = ""] =
    /^\/v1\/Accounts\/AC[0-9a-f]{32}\/Flows\/(FW[0-9a-f]{32})$/i.exec(url.pathname) ?? [];
  if (!twilio.store.find(tokens.flow, flowSid)) return answer(404, "");
  const form = new URLSearchParams(
    request.method === "GET" ? url.search : Buffer.from(request.body).toString("utf8"),
  );
  if ((url.searchParams.get("FlowEvent") ?? form.get("FlowEvent")) === "return") {
    const given = [...url.searchParams, ...form].filter(([name]) => name !== "FlowEvent");
    await redirectedBack(twilio, flowSid, Object.fromEntries(given));
    return emptyTwiml;
  }
  const [sid, from, to] = [form.get("MessageSid"), form.get("From"), form.get("To")];
  if (sid === null || from === null || to === null) {
    return answer(400, "MessageSid, From and To are needed: the parameters of an inbound message");
  }
  const count = Number(form.get("NumMedia") ?? 0);
  if (!(count >= 0 && count <= limits.message.media)) {
    return answer(400, `NumMedia is 0 to ${limits.message.media}: no message has more`);
  }
  const media = Array.from({ length: count }, (_, index) => ({
    url: form.get(`MediaUrl${index}`) ?? "",
    contentType: form.get(`MediaContentType${index}`) ?? "application/octet-stream",
  }));
  await incomingMessage(twilio, flowSid, { sid, from, to, body: form.get("Body") ?? "", media });
  return emptyTwiml;
}

const emptyTwiml: RawResponse = {
  status: 200,
  headers: { "content-type": "text/xml" },
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};

function answer(status: number, body: string): RawResponse {
  return { status, headers: { "content-type": "text/plain" }, body };
}

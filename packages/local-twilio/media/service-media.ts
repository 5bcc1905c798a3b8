/** Media of a Conversations Service: uploaded by a client, or come with a message from a phone. */
import { authenticate } from "../http/authenticate.ts";
import { jsonAnswer } from "../http/json-answer.ts";
import { refusal } from "../http/answer.ts";
import { NotPlayed } from "../http/not-played.ts";
import { TwilioError } from "../errors.ts";
import { textOf } from "../json.ts";
import type { Body, RawRequest, RawResponse, StoredObject, Twilio } from "../product.ts";
import { redirectTo } from "./message-media.ts";

const token = "local:Media";
const documented = "https://www.twilio.com/docs/conversations-classic/media-support-conversations";

interface NewMedia {
  readonly serviceSid: string;
  readonly contentType: string;
  readonly filename: string | null;
  readonly size: number;
  /** The bytes in base64, or where they are. */
  readonly content: string | { readonly url: string };
}

/** Keeps media of a Service; answers it. */
export function putMedia(twilio: Twilio, media: NewMedia): StoredObject {
  const { serviceSid, contentType, filename, size, content } = media;
  const sid = twilio.sid("ME");
  const now = twilio.clock.iso();
  const url = `/v1/Services/${serviceSid}/Media/${sid}`;
  return twilio.store.insert({
    token,
    sid,
    parents: { ServiceSid: serviceSid },
    body: {
      sid,
      service_sid: serviceSid,
      channel_sid: null,
      message_sid: null,
      author: null,
      category: "media",
      content_type: contentType,
      filename,
      size,
      is_multipart_upstream: false,
      date_created: now,
      date_updated: now,
      date_upload_updated: now,
      url,
      links: {
        content: `${url}/Content`,
        content_direct_temporary: `https://mcs.us1.twilio.com${url}/Content`,
      },
    },
    hidden: typeof content === "string" ? { content } : { url: content.url },
  });
}

/** Media of a Service by its SID. */
export function findMedia({ store }: Twilio, serviceSid: string, sid: string): StoredObject | undefined {
  return store.find(token, sid, { ServiceSid: serviceSid });
}

/** Where a phone finds it. */
export function contentUrl({ sid, parents }: StoredObject): string {
  return `https://mcs.us1.twilio.com/v1/Services/${parents["ServiceSid"] ?? ""}/Media/${sid}/Content`;
}

/** As a Conversation's message shows it. */
export function inMessage({ sid, body }: StoredObject): Body {
  const { size = 0, content_type = null, filename = null, category = "media" } = body;
  return { sid, size, content_type, filename, category };
}

/** Whether it is this account's Service whose media are asked for. */
export function hasService({ store }: Twilio, { path }: RawRequest): boolean {
  const sid = /^\/v1\/Services\/(IS[0-9a-f]{32})\//.exec(path)?.[1];
  return sid !== undefined && store.find("twilio:conversations:Service", sid) !== undefined;
}

/** Uploads and reads; a refusal is an answer in Twilio's words. */
export async function serveMedia(twilio: Twilio, request: RawRequest): Promise<RawResponse> {
  try {
    return await answer(twilio, request);
  } catch (error) {
    return refusal(error, (problem) => {
      const reason = problem instanceof Error ? problem : new Error(String(problem));
      twilio.background(Promise.reject(reason));
    });
  }
}

async function answer(twilio: Twilio, request: RawRequest): Promise<RawResponse> {
  const { pathname } = new URL(request.url);
  const [, serviceSid, sid, content] =
    /^\/v1\/Services\/(IS[0-9a-f]{32})\/Media(?:\/(ME[0-9a-f]{32})(\/Content)?)?\/?$/.exec(pathname) ?? [];
  if (serviceSid === undefined) {
    throw new NotPlayed("path", `The local Twilio does not play ${request.host}${pathname}.`, documented);
  }
  if (content === undefined) {
    const caller = authenticate(twilio, single(request.headers["authorization"]));
    if (caller.accountSid !== twilio.settings.accountSid) throw new TwilioError(20003);
  }
  if (sid === undefined) return upload(twilio, request, serviceSid);
  const found = findMedia(twilio, serviceSid, sid);
  if (found === undefined) throw new TwilioError(20404, { path: pathname.replace(/^\/v1/, "") });
  if (request.method === "DELETE") {
    twilio.store.remove(token, sid);
    return { status: 204, headers: {}, body: "" };
  }
  if (request.method !== "GET") throw new TwilioError(20004);
  if (content === undefined) return jsonAnswer(200, found.body);
  const bytes = textOf(found.hidden["content"]);
  if (bytes === "") return redirectTo(textOf(found.hidden["url"]));
  const headers = { "content-type": textOf(found.body["content_type"]) };
  return { status: 200, headers, body: Buffer.from(bytes, "base64") };
}

function upload(twilio: Twilio, { method, headers, url, body }: RawRequest, serviceSid: string): RawResponse {
  if (method !== "POST") throw new TwilioError(20004);
  if (!twilio.store.find("twilio:conversations:Service", serviceSid)) {
    throw new TwilioError(20404, { path: `/Services/${serviceSid}/Media` });
  }
  const filename = new URL(url).searchParams.get("Filename");
  const contentType = single(headers["content-type"]) ?? "application/octet-stream";
  const content = Buffer.from(body).toString("base64");
  const made = putMedia(twilio, { serviceSid, contentType, filename, size: body.byteLength, content });
  return jsonAnswer(201, made.body);
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}

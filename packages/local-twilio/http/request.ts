/** Requests to Twilio's hosts that come from within this process, shaped as those that come over HTTP. */
import type { RawRequest, RawResponse } from "../product.ts";

export interface TwilioRequest {
  readonly method: string;
  /** Host and path, with or without `https://`: `conversations.twilio.com/v1/Services`. */
  readonly url: string;
  /** Names in any letters. Without an Authorization the account signs. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A form, JSON as text, a multipart form. */
  readonly body?: Readonly<Record<string, string>> | URLSearchParams | FormData | string | undefined;
}

export interface TwilioAnswer {
  readonly status: number;
  readonly headers: RawResponse["headers"];
  readonly text: string;
}

/** The request as it would have come over HTTP. */
export async function rawRequest(
  { method, url, headers = {}, body }: TwilioRequest,
  account: { readonly accountSid: string; readonly authToken: string },
): Promise<RawRequest> {
  const target = new URL(url.startsWith("https://") ? url : `https://${url}`);
  const given = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { content, type } = await contentOf(body);
  const credentials = Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64");
  return {
    method,
    host: target.hostname,
    path: `${target.pathname}${target.search}`,
    url: target.href,
    headers: {
      authorization: `Basic ${credentials}`,
      ...(type === null ? {} : { "content-type": type }),
      ...given,
    },
    body: content,
  };
}

async function contentOf(
  body: TwilioRequest["body"],
): Promise<{ readonly content: Uint8Array; readonly type: string | null }> {
  if (body === undefined) return { content: new Uint8Array(), type: null };
  if (body instanceof FormData) {
    // `Request` writes the multipart body with its boundary.
    const request = new Request("http://localhost", { method: "POST", body });
    return {
      content: new Uint8Array(await request.arrayBuffer()),
      type: request.headers.get("content-type"),
    };
  }
  if (typeof body === "string") return { content: Buffer.from(body), type: "application/json" };
  const form = body instanceof URLSearchParams ? body : new URLSearchParams(body);
  return { content: Buffer.from(form.toString()), type: "application/x-www-form-urlencoded" };
}

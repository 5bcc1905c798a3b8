/** Twilio's own Node client, unmodified, with its requests led to a local Twilio. */
import twilio from "twilio";
import type { LocalTwilio } from "../index.ts";

/** The client's own HTTP client, which puts the endpoint before Twilio's host names. */
class LocalRequests extends twilio.RequestClient {
  readonly #endpoint: string;

  constructor(endpoint: string) {
    super();
    this.#endpoint = endpoint;
  }

  override request: twilio.RequestClient["request"] = (options) =>
    super.request({ ...options, uri: options.uri.replace(/^https:\/\//, `${this.#endpoint}/`) });
}

/** A client with the account's credentials. */
export function clientOf(local: Pick<LocalTwilio, "accountSid" | "authToken" | "endpoint">): twilio.Twilio {
  return twilio(local.accountSid, local.authToken, { httpClient: new LocalRequests(local.endpoint) });
}

/** What a call was refused with: Twilio's code, the HTTP status and the text. */
export interface Refusal {
  readonly code: unknown;
  readonly status: unknown;
  readonly message: string;
}

/** The refusal of a call that has to be refused. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof twilio.RestException)) throw error;
    return { code: error.code, status: error.status, message: error.message };
  }
  throw new Error("the call was not refused");
}

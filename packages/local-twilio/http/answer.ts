/** What goes back over HTTP, and how refusals are written: the one place where an error becomes a response. */
import { TwilioError } from "../errors.ts";
import { JsonFault } from "../json.ts";
import type { RawResponse } from "../product.ts";
import { jsonAnswer } from "./json-answer.ts";
import { NotPlayed, notPlayedAnswer } from "./not-played.ts";

/**
 * An error as Twilio answers it, `{code, message, more_info, status, details?}`
 * (https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions). What is no `TwilioError` is a
 * fault of ours: 20500 to the client, the cause to `report`.
 */
export function refusal(error: unknown, report: (error: unknown) => void): RawResponse {
  if (error instanceof NotPlayed) {
    report(error);
    return notPlayedAnswer(error);
  }
  if (error instanceof JsonFault) {
    return refusal(
      new TwilioError(20001, { reason: `JSON of the request cannot be read: ${error.message}` }),
      report,
    );
  }
  if (!(error instanceof TwilioError)) report(error);
  const known: TwilioError = error instanceof TwilioError ? (error as TwilioError) : new TwilioError(20500);
  const { code, message, status, details } = known;
  const body = {
    code,
    message,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
    ...(details ? { details } : {}),
  };
  const headers = code === 20003 ? { "www-authenticate": 'Basic realm="Twilio API"' } : {};
  return jsonAnswer(status, body, headers);
}

/** Messages that go out later, https://www.twilio.com/docs/messaging/features/message-scheduling */
import { TwilioError } from "../errors.ts";
import { textOf } from "../json.ts";
import type { Call, StoredObject, Twilio } from "../product.ts";

/** https://www.twilio.com/docs/api/errors/35114 */
const soonestMs = 15 * 60_000;
const latestMs = 35 * 24 * 3600_000;

/**
 * When a message goes out, in milliseconds since 1970; null: at once.
 *
 * @throws TwilioError 35118, 35111, 35114
 */
export function sendAtOf({ input, twilio }: Call): number | null {
  if (input["ScheduleType"] === undefined && input["SendAt"] === undefined) return null;
  if (textOf(input["MessagingServiceSid"]) === "") throw new TwilioError(35118);
  const given = textOf(input["SendAt"]);
  if (given === "") throw new TwilioError(35111);
  const at = Date.parse(given);
  const ahead = at - twilio.clock.now();
  if (Number.isNaN(at) || ahead < soonestMs || ahead > latestMs) throw new TwilioError(35114);
  return at;
}

/** Has a scheduled message leave when its time comes, unless it was canceled until then. */
export function armMessage(
  twilio: Twilio,
  { token, sid, hidden }: StoredObject,
  leave: (twilio: Twilio, message: StoredObject) => void,
): void {
  const { sendAt } = hidden;
  if (typeof sendAt !== "number") return;
  twilio.clock.at(sendAt, () => {
    const now = twilio.store.find(token, sid);
    if (now?.body["status"] === "scheduled") leave(twilio, now);
  });
}

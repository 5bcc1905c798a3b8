/** Calls over REST, https://www.twilio.com/docs/voice/api/call-resource */
import { TwilioError } from "../errors.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Body } from "../product.ts";
import { callToken, findCall, isLive } from "./calls.ts";
import { endCall } from "./ends.ts";

export const call: Behaviour = {
  create() {
    throw new TwilioError(20001, {
      reason:
        "The local Twilio makes calls from Studio alone: start an Execution of a Flow with Make Outgoing Call, or have a handset call in",
    });
  },
  update({ input }, current) {
    const status = input["Status"];
    if (status !== "completed" && status !== "canceled") {
      throw new TwilioError(20001, {
        reason: "The local Twilio can end a call (Status=completed); new TwiML for a call is not played",
      });
    }
    return { body: current.body };
  },
  updated({ twilio }, _, { sid }) {
    const known = findCall(twilio, sid);
    if (!known || !isLive(known)) return;
    endCall(twilio, known);
    if (known.executionSid !== null) {
      twilio.services.studio.callEvent(known.executionSid, { type: "stopped" });
    }
  },
  list({ query }, objects) {
    const matches = (body: Body, name: string, property: string): boolean =>
      query[name] === undefined || body[property] === query[name];
    const within = (body: Body, name: string, property: string): boolean => {
      const day = textOf(body[property]).slice(0, 10);
      const asked = (key: string): string => textOf(query[key]).slice(0, 10);
      const [on, until, from] = [asked(name), asked(`${name}<`), asked(`${name}>`)];
      return (
        (on === "" || day === on) &&
        (until === "" || (day !== "" && day <= until)) &&
        (from === "" || day >= from)
      );
    };
    const shown = objects.filter(
      ({ body }) =>
        matches(body, "To", "to") &&
        matches(body, "From", "from") &&
        matches(body, "Status", "status") &&
        matches(body, "ParentCallSid", "parent_call_sid") &&
        within(body, "StartTime", "start_time") &&
        within(body, "EndTime", "end_time"),
    );
    return shown.reverse();
  },
  delete({ twilio }, { sid }) {
    const known = findCall(twilio, sid);
    if (known && isLive(known)) throw new TwilioError(20001, { reason: `Call ${sid} is still going on` });
  },
};

export const callBehaviours = { [callToken]: call };

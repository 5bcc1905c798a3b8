/** Calls over REST, https://www.twilio.com/docs/voice/api/call-resource */
import { TwilioError } from "../errors.ts";
import { renderObject } from "../http/render.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Body } from "../product.ts";
import { callToken, findCall, isLive } from "./calls.ts";
import { endCall } from "./ends.ts";
import { planOf, redirectCall, startCall } from "./start-call.ts";

export const call: Behaviour = {
  instead: {
    create(call) {
      const { sid } = startCall(call);
      const stored = call.twilio.store.find(callToken, sid);
      if (stored === undefined) throw new Error(`call ${sid} was not kept`);
      return { body: renderObject(call.twilio, call.resource, {}, stored) };
    },
  },
  update({ twilio, input }, current) {
    const status = input["Status"];
    if (status === undefined && planOf(input) === null) throw new TwilioError(20161);
    if (status !== undefined && status !== "completed" && status !== "canceled") {
      throw new TwilioError(20001, { reason: "Status of a call can only be set to canceled or completed" });
    }
    if (status === undefined && findCall(twilio, current.sid)?.status !== "in-progress") {
      throw new TwilioError(21220, { call: current.sid });
    }
    return { body: current.body };
  },
  updated({ twilio, input }, _, { sid }) {
    const known = findCall(twilio, sid);
    if (!known || !isLive(known)) return;
    const plan = planOf(input);
    if (input["Status"] === undefined && plan !== null) {
      redirectCall(twilio, known, plan);
      return;
    }
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

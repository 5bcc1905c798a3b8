/** Calls in text: handsets and numbers call one another, and what is said is written. */
import type { Product, Twilio } from "../product.ts";
import { accountOfCall, findCall, unfinishedCalls } from "./calls.ts";
import { tellSoon } from "./changes.ts";
import { executionEnded, giveUp, perform } from "./perform.ts";
import { callBehaviours } from "./resource.ts";
import { arm } from "./timers.ts";

export const voice: Product = {
  name: "voice",
  behaviours: callBehaviours,
  services: (twilio) => ({
    voice: {
      perform: (executionSid, incomingSid, effect) => perform(twilio, executionSid, incomingSid, effect),
      executionEnded: (executionSid, incomingSid) => executionEnded(twilio, executionSid, incomingSid),
    },
  }),
  start: goOn,
};

/** After a start: what was asked still runs out in time, and Executions learn what they had not heard yet. */
function goOn(twilio: Twilio): void {
  for (const { sid } of unfinishedCalls(twilio)) {
    if (accountOfCall(twilio, sid) !== twilio) continue;
    const call = findCall(twilio, sid);
    if (!call) continue;
    arm(twilio, call);
    giveUp(twilio, call);
    if (call.untold.length > 0) tellSoon(twilio, sid);
  }
}

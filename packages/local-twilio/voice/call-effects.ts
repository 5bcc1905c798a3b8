/** Which effects of an Execution are done on a call. */
import type { CallEffect, Effect } from "@support-line/studio";

const types: Readonly<Record<CallEffect["type"], true>> = {
  say: true,
  gather: true,
  dial: true,
  makeCall: true,
  enqueue: true,
  recordCall: true,
  recordVoicemail: true,
  pay: true,
  stream: true,
  virtualAgent: true,
  conversationRelay: true,
  giveUpCall: true,
};

/** Whether the effect is one of a call. */
export function isCallEffect(effect: Effect): effect is CallEffect {
  return isCallType(effect.type);
}

/** Whether an effect of this type is one of a call. */
export function isCallType(type: Effect["type"]): type is CallEffect["type"] {
  return Object.hasOwn(types, type);
}

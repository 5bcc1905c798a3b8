/** Changes of a Conversation's state, whoever causes them: a request, a timer, a message. */
import { text } from "../fields.ts";
import type { StoredObject, Twilio } from "../product.ts";
import { notify } from "./notify.ts";
import { releasePairs } from "./pairs.ts";
import { stateParameters } from "./parameters.ts";
import { armTimers, durationsOf, shownTimers } from "./timers.ts";
import { tokens } from "./tokens.ts";

/** Why a state changed, as `onConversationStateUpdated` says it. */
export type StateReason = "API" | "TIMER" | "EVENT";

/** Stores a new state and tells everybody. Answers the Conversation as it is now. */
export function changeState(
  twilio: Twilio,
  conversation: StoredObject,
  to: string,
  reason: StateReason,
): StoredObject {
  const { clock, store } = twilio;
  const from = text(conversation.body, "state");
  if (from === to) return conversation;
  const now = clock.iso();
  // Becoming inactive is no activity: the closing timer goes on from the last message.
  const timers =
    to === "inactive" && reason === "TIMER"
      ? withoutInactive(conversation)
      : shownTimers(to, durationsOf(conversation), clock.now());
  return store.transaction(() => {
    if (to === "closed") releasePairs(twilio, conversation.sid);
    const changed = store.replace(tokens.conversation, conversation.sid, {
      ...conversation.body,
      state: to,
      timers,
      date_updated: now,
    });
    stateChanged(twilio, changed, from, reason);
    return changed;
  });
}

/** Tells of a state that is stored already. `webhooks`: false for a REST call that did not ask for them. */
export function stateChanged(
  twilio: Twilio,
  conversation: StoredObject,
  from: string,
  reason: StateReason,
  webhooks = true,
): void {
  const to = text(conversation.body, "state");
  twilio.events.append("conversation.stateUpdated", conversation.sid, null, { from, to, reason });
  armConversation(twilio, conversation);
  if (!webhooks) return;
  notify(twilio, {
    name: "onConversationStateUpdated",
    conversation,
    source: "API",
    parameters: stateParameters(conversation, from, reason),
  });
}

/** Arms the timers of a Conversation. */
export function armConversation(twilio: Twilio, conversation: StoredObject): void {
  armTimers(twilio, conversation, (current, state) => {
    const changed = changeState(twilio, current, state, "TIMER");
    if (state === "inactive") armConversation(twilio, changed);
  });
}

/** Arms the timers of every Conversation that has some, after a start. */
export function armAll(twilio: Twilio): void {
  for (const conversation of twilio.store.list(tokens.conversation)) {
    if (conversation.body["state"] !== "closed") armConversation(twilio, conversation);
  }
}

function withoutInactive(conversation: StoredObject): Record<string, string> {
  const shown = conversation.body["timers"];
  const closed =
    typeof shown === "object" && shown !== null && "date_closed" in shown && shown["date_closed"];
  return typeof closed === "string" ? { date_closed: closed } : {};
}

import { z } from "zod";
import type { ConversationParty } from "../hand-overs.ts";
import { type Run, widget } from "../widget.ts";
import { optionalText } from "./call.ts";
import { conversationNames, opened, refusal } from "./conversation.ts";

/** By an address: the editor writes `messaging`, Twilio's skills say `sms`. */
const byAddress = {
  messaging_binding_address: z.string(),
  messaging_binding_proxy_address: z.string(),
};
const participants = z.array(
  z.discriminatedUnion("type", [
    z.looseObject({ type: z.literal("chat"), identity: z.string() }),
    z.looseObject({ type: z.literal("messaging"), ...byAddress }),
    z.looseObject({ type: z.literal("sms"), ...byAddress }),
  ]),
);

const properties = z.looseObject({
  conversation_service_sid: z.string(),
  participants,
  friendly_name: z.string().optional(),
  attributes: z.string().optional(),
  chat_service_sid: z.string().optional(),
  messaging_service_sid: z.string().optional(),
  // As a Flow that is in use has them.
  timers_inactive: z.string().optional(),
  timers_closed: z.string().optional(),
  close_conversation_on_execution_end: z.boolean().optional(),
  // Twilio's skills name this one, and no form of it.
  timers: z.unknown().optional(),
});

/** https://www.twilio.com/docs/studio/widget-library/start-conversation */
export const startConversation = widget({
  events: ["created", "failed"],
  kind: "flow",
  deed: "starts a Conversation",
  said: { created: "", failed: "fails" },
  quiet: ["failed"],
  properties,
  variables: conversationNames,
  enter(run) {
    const refused = refusal(run);
    if (refused !== null) return refused;
    return {
      request: {
        type: "startConversation",
        serviceSid: run.text("conversation_service_sid"),
        participants: partiesOf(run),
        friendlyName: optionalText(run, "friendly_name"),
        attributes: optionalText(run, "attributes"),
        messagingServiceSid: optionalText(run, "messaging_service_sid"),
        timers: timersOf(run),
      },
    };
  },
  resume: (run, event) => opened(run, event, "created"),
});

function partiesOf(run: Run): ConversationParty[] {
  const { data } = participants.safeParse(run.properties.participants);
  return (data ?? []).map((party, at): ConversationParty => {
    const text = (property: string, template: string) =>
      run.render(`participants.${at}.${property}`, template);
    if (party.type === "chat") return { identity: text("identity", party.identity) };
    return {
      address: text("messaging_binding_address", party.messaging_binding_address),
      proxyAddress: text("messaging_binding_proxy_address", party.messaging_binding_proxy_address),
    };
  });
}

const timers = z.object({ inactive: z.string().optional(), closed: z.string().optional() });

function timersOf(run: Run): Record<string, string> {
  const { data = {} } = timers.safeParse(run.properties.timers);
  return Object.fromEntries(
    (["inactive", "closed"] as const).flatMap((state) => {
      const nested = data[state];
      const duration =
        nested === undefined ? optionalText(run, `timers_${state}`) : run.render(`timers.${state}`, nested);
      return duration === null ? [] : [[state, duration]];
    }),
  );
}

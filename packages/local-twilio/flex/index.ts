/** flex-api.twilio.com: Conversations that are handed over to agents in a contact center. */
import type { Product, Twilio } from "../product.ts";
import { joinAgent } from "./agents.ts";
import { channel, closeChannel, openChannelOf } from "./channel.ts";
import { handOver } from "./hand-over.ts";
import { interaction } from "./interaction.ts";
import { inviteBehaviour } from "./invite.ts";
import { participant } from "./participant.ts";
import { plugins } from "./plugins.ts";
import { tokens } from "./tokens.ts";
import { serveValidation } from "./user-tokens.ts";

export const flex: Product = {
  name: "flex",
  behaviours: {
    [tokens.interaction]: interaction,
    [tokens.channel]: channel,
    [tokens.invite]: inviteBehaviour,
    [tokens.participant]: participant,
    ...plugins,
  },
  hosts: [
    {
      matches: /^iam\.(?:[a-z0-9-]+\.)*twilio\.com$/,
      path: /^\/v1\/Accounts\/AC[0-9a-f]{32}\/Tokens\/validate$/,
      serve: serveValidation,
    },
  ],
  services: (twilio) => ({
    flex: { handOver: (request) => Promise.resolve(handOver(twilio, request)) },
  }),
  start(twilio) {
    twilio.events.subscribe(({ type, sid, parent, data }) => {
      if (type === "task.reservation.accepted" && parent !== null && typeof data["worker"] === "string") {
        joinAgent(twilio, parent, data["worker"]);
      }
      if (type === "conversation.stateUpdated" && data["to"] === "closed" && data["reason"] !== "EVENT") {
        endOf(twilio, sid);
      }
    });
  },
};

/** A Conversation that is closed otherwise ends its Interaction. No page says so: a switch. */
function endOf(twilio: Twilio, conversationSid: string): void {
  if (!twilio.settings.switches.closedConversationEndsInteraction) return;
  const open = openChannelOf(twilio, conversationSid);
  if (open !== undefined) closeChannel(twilio, open, "closed", "wrapping");
}

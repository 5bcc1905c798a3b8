/** A Worker who accepts an Interaction's Task joins its Conversation, as Flex has its agents do. */
import {
  insertParticipant,
  participantAdded,
  participantRemoved,
  participantsOf,
} from "../conversations/participant.ts";
import { tokens as conversations } from "../conversations/tokens.ts";
import { text } from "../fields.ts";
import type { StoredObject, Twilio } from "../product.ts";
import { attributesOf } from "../taskrouter/attributes.ts";
import { tokens as taskrouter } from "../taskrouter/tokens.ts";
import { addParticipant } from "./interaction.ts";
import { tokens } from "./tokens.ts";

/** The Worker's name in Conversations: that of `contact_uri` (`client:ada`), which Flex gives them. */
function identityOf(worker: StoredObject): string {
  const [, identity] = /^client:(.+)$/.exec(text(attributesOf(worker.body), "contact_uri")) ?? [];
  return identity ?? text(worker.body, "friendly_name");
}

/** The agent joins. */
export function joinAgent(twilio: Twilio, taskSid: string, workerSid: string): void {
  const task = twilio.store.find(taskrouter.task, taskSid);
  const worker = twilio.store.find(taskrouter.worker, workerSid);
  if (task === undefined || worker === undefined) return;
  const attributes = attributesOf(task.body);
  const channel = twilio.store.find(tokens.channel, text(attributes, "flexInteractionChannelSid"));
  const conversation = twilio.store.find(conversations.conversation, text(attributes, "conversationSid"));
  if (channel === undefined || conversation === undefined || conversation.body["state"] === "closed") return;
  const identity = identityOf(worker);
  // Who is still there from an earlier Task comes in once.
  if (!participantsOf(twilio, conversation.sid).some(({ body }) => body["identity"] === identity)) {
    join(twilio, conversation, identity);
  }
  addParticipant(twilio, text(channel.body, "interaction_sid"), channel.sid, "agent", {
    task_sid: taskSid,
    worker_sid: workerSid,
    identity,
  });
}

function join(twilio: Twilio, conversation: StoredObject, identity: string): void {
  const participant = insertParticipant(twilio, conversation, { Identity: identity });
  participantAdded(twilio, conversation, participant, false);
}

/** Takes an agent out of the Conversation of their Task. */
export function leaveAgent(twilio: Twilio, conversationSid: string, identity: string): void {
  const found = participantsOf(twilio, conversationSid).find(({ body }) => body["identity"] === identity);
  if (found === undefined) return;
  twilio.store.remove(conversations.participant, found.sid);
  participantRemoved(twilio, found);
}

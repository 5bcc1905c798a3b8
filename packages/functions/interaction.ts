/** The Interaction that a Conversation is handed over by, its Tasks, and its end. */
import { codeOf, type Run } from "./handler.ts";
import type { TaskEnd } from "./task-event.ts";

/** In these somebody waits or works (https://www.twilio.com/docs/taskrouter/api/task). */
const liveStatuses = new Set(["pending", "reserved", "assigned", "wrapping"]);
const notThere = 20404;
/** A Conversation has one live Task, and had a few. */
const mostTasks = 50;

/** Twilio writes these into each Task of an Interaction anew. */
const ownOfATask = new Set(["flexInteractionSid", "flexInteractionChannelSid", "flexChannelInviteSid"]);

/** Whether another Task than the one that ended is there for a Conversation: then its customer is looked after. */
export async function hasLiveTask(
  { context, variable }: Run,
  conversationSid: string,
  ended: string,
): Promise<boolean> {
  const tasks = await context
    .getTwilioClient()
    .taskrouter.v1.workspaces(variable("FLEX_WORKSPACE_SID"))
    .tasks.list({ evaluateTaskAttributes: `conversationSid == "${conversationSid}"`, limit: mostTasks });
  return tasks.some(({ sid, assignmentStatus }) => sid !== ended && liveStatuses.has(assignmentStatus));
}

/**
 * Puts the customer back into the queue. A new Task knows nothing of the old one's attributes, so it gets them
 * (https://www.twilio.com/docs/flex/developer/conversations/park-an-interaction).
 *
 * @returns false when there is no Interaction to invite to, or not any more
 */
export async function inviteAgain(
  { context, variable }: Run,
  { interactionSid, channelSid, attributes }: TaskEnd,
): Promise<boolean> {
  if (interactionSid === undefined || channelSid === undefined) return false;
  const kept = Object.fromEntries(Object.entries(attributes).filter(([name]) => !ownOfATask.has(name)));
  try {
    await context
      .getTwilioClient()
      .flexApi.v1.interaction(interactionSid)
      .channels(channelSid)
      .invites.create({
        routing: {
          properties: {
            workspace_sid: variable("FLEX_WORKSPACE_SID"),
            workflow_sid: variable("FLEX_WORKFLOW_SID"),
            task_channel_sid: variable("FLEX_TASK_CHANNEL_SID"),
            attributes: kept,
          },
        },
      });
    return true;
  } catch (error) {
    if (codeOf(error) !== notThere) throw error;
    return false;
  }
}

/**
 * Ends the Interaction's channel, and its Tasks with it: "never cancel or delete an Interaction's Task", says Flex
 * (https://www.twilio.com/docs/flex/developer/conversations/best-practices). One that is gone is what was wanted.
 */
export async function closeChannel({ context }: Run, { interactionSid, channelSid }: TaskEnd): Promise<void> {
  if (interactionSid === undefined || channelSid === undefined) return;
  const channel = context.getTwilioClient().flexApi.v1.interaction(interactionSid).channels(channelSid);
  try {
    const { status } = await channel.fetch();
    if (status !== "closed") await channel.update({ status: "closed", routing: { status: "closed" } });
  } catch (error) {
    if (![notThere, channelClosed].includes(codeOf(error) ?? 0)) throw error;
  }
}

/** https://www.twilio.com/docs/api/errors/45376 */
const channelClosed = 45376;

/**
 * What TaskRouter says in an event callback when a Task is over
 * (https://www.twilio.com/docs/taskrouter/api/event/reference). It is no more than a hint: callbacks come twice, late, in
 * another order, or not at all.
 */
import { forms } from "./forms.ts";
import { RequestError, type Run } from "./handler.ts";

/** Events after which nobody works on a Task any more, and what that means for the customer. */
const endings: Readonly<Record<string, "unanswered" | "completed">> = {
  "workflow.timeout": "unanswered",
  "task.canceled": "unanswered",
  "task.deleted": "unanswered",
  "task.system-deleted": "unanswered",
  "task.completed": "completed",
};

/** A Task's end; what only an Interaction's Task has is undefined for others. */
export interface TaskEnd {
  readonly how: "unanswered" | "completed";
  readonly taskSid: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly conversationSid: string | undefined;
  readonly interactionSid: string | undefined;
  readonly channelSid: string | undefined;
}

/**
 * Reads an event callback.
 *
 * @returns null for an event that is no end
 * @throws RequestError when it is not what TaskRouter sends
 */
export function taskEndOf({ parameter }: Run): TaskEnd | null {
  const how = endings[parameter("EventType")];
  if (how === undefined) return null;
  const taskSid = parameter("TaskSid", forms.task);
  const attributes = attributesIn(parameter("TaskAttributes"));
  const sid = (name: string, { pattern }: { readonly pattern: RegExp }) => {
    const value = attributes[name];
    return typeof value === "string" && pattern.test(value) ? value : undefined;
  };
  return {
    how,
    taskSid,
    attributes,
    conversationSid: sid("conversationSid", forms.conversation),
    interactionSid: sid("flexInteractionSid", forms.interaction),
    channelSid: sid("flexInteractionChannelSid", forms.interactionChannel),
  };
}

function attributesIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
  } catch {
    // Said below, as for any other text that is no object.
  }
  throw new RequestError("the parameter TaskAttributes is not a JSON object");
}

import type { Resource } from "@support-line/twilio-api";

/** What happens rather than is: creating one sends or starts something, and a stack that is read again would too. */
const events: readonly string[] = [
  "twilio:api:Message",
  "twilio:conversations:ConversationMessage",
  "twilio:conversations:ServiceConversationMessage",
  "twilio:studio:Execution",
];

/** What is created and superseded but never updated or deleted, and still is a resource, with code of its own. */
const ownLife: readonly string[] = ["twilio:serverless:Deployment"];

/**
 * Whether a row is a resource of the provider: it can be created and then changed or deleted, or it exists once
 * without being created and can be changed.
 */
export function isInScope({ token, operations, idParameter }: Resource): boolean {
  if (events.includes(token)) return false;
  if (ownLife.includes(token)) return true;
  const { create, update, fetch } = operations;
  if (create !== undefined) return update !== undefined || operations.delete !== undefined;
  return idParameter === null && update !== undefined && fetch !== undefined;
}

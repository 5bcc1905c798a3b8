/** What cannot be had back once it is deleted, and what is lost with it. */
export const irreplaceable: Readonly<Record<string, string>> = {
  "twilio:api:IncomingPhoneNumber": "the number goes back to Twilio and may be sold to somebody else",
  "twilio:conversations:Service": "its Conversations with all their messages go with it",
  "twilio:studio:Flow": "its Executions and revisions go with it, and so does the URL that numbers call",
};

/** Whether a resource stays at Twilio when its stack lets go of it, unless the configuration says otherwise. */
export function keepsForever(token: string): boolean {
  return token in irreplaceable;
}

/** What Twilio gives nobody back, and what else goes with it. Without Pulumi's runtime, so that policies read it as well. */
export const lostWith: Readonly<Record<string, string>> = {
  "twilio:api:IncomingPhoneNumber": "the number, which somebody else may have the next day",
  "twilio:conversations:Service": "every conversation in it",
  "twilio:studio:Flow": "its revisions, and the Executions that run",
  "twilio:serverless:Service": "the domain that Flows call",
};

/** The one stage whose things are made and thrown away. */
export function isThrowAway(stage: string): boolean {
  return stage === "local";
}

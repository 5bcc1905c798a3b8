import { z } from "zod";
import { StepError } from "./errors.ts";
import type { DeployedStage } from "./stage.ts";

const page = z.object({
  conversations: z.array(z.object({ conversation_sid: z.string(), conversation_state: z.string() })),
});

/**
 * Closes the Conversations that an address is in, as anybody would over Twilio's REST API, so that its next message
 * opens a new one.
 *
 * @param service SID of the stage's Conversations Service
 */
export async function closeConversations(
  { endpoint = "", accountSid, authToken = "" }: DeployedStage,
  service: string,
  address: string,
): Promise<void> {
  const root = `${endpoint}/conversations.twilio.com/v1/Services/${service}`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  const call = async (path: string, form?: Record<string, string>): Promise<unknown> => {
    const init = form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) };
    const response = await fetch(`${root}/${path}`, { ...init, headers: { authorization } });
    const answer: unknown = await response.json();
    if (!response.ok) throw new StepError("Twilio", `it refuses ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const { conversations } = page.parse(
    await call(`ParticipantConversations?${new URLSearchParams({ Address: address }).toString()}`),
  );
  for (const { conversation_sid: sid, conversation_state: state } of conversations) {
    if (state !== "closed") await call(`Conversations/${sid}`, { State: "closed" });
  }
}

/** What an agent reads before anything else: what the customer wrote so far. It goes to the agent's phone alone. */
import { codeOf, type Conversation, type Run } from "./handler.ts";
import type { Joined } from "./join.ts";

const longest = 1600;
const mostMessages = 10;

/**
 * Sends the briefing, from the proxy that the agent will answer to. A briefing that cannot be sent is one line in the
 * log and keeps nobody from talking. With a Content Template (`BRIEFING_CONTENT_SID`) it reaches WhatsApp outside its
 * 24-hour window too (https://www.twilio.com/docs/content).
 *
 * @param heading stands above the messages
 * @param authors who is quoted: the customers
 */
export async function brief(
  { context }: Run,
  conversation: Conversation,
  { address, proxyAddress }: Joined,
  { heading, authors }: { readonly heading: string; readonly authors: ReadonlySet<string> },
): Promise<void> {
  const messages = await conversation.messages.list({ order: "desc", limit: 50 });
  const lines = messages
    .filter(({ author, body }) => authors.has(author) && body)
    .slice(0, mostMessages)
    .reverse()
    .map(({ body }) => `> ${body}`);
  if (lines.length === 0) return;
  const text = [heading, ...lines].filter(Boolean).join("\n").slice(0, longest);
  const contentSid = address.startsWith("whatsapp:") ? context.BRIEFING_CONTENT_SID : undefined;
  const what =
    typeof contentSid === "string"
      ? { contentSid, contentVariables: JSON.stringify({ 1: text }) }
      : { body: text };
  try {
    await context.getTwilioClient().messages.create({ from: proxyAddress, to: address, ...what });
  } catch (error) {
    console.error(JSON.stringify({ function: "briefing", code: codeOf(error) }));
  }
}

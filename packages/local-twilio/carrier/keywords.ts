/**
 * The words that Twilio answers by itself on long codes: a message that is nothing but one of them, in any case.
 * Words: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out (default handling); single words only,
 * passed on to the number's webhook as well:
 * https://support.twilio.com/hc/en-us/articles/223134027-Twilio-support-for-opt-out-keywords-SMS-STOP-filtering
 */
import { optOutWords } from "@support-line/studio";

const start = ["START", "YES", "UNSTOP"];
const help = ["HELP", "INFO"];

export type Keyword = "stop" | "start" | "help";

/** What a message means to the opt-out list; null for an ordinary message. */
export function keywordOf(body: string): Keyword | null {
  const word = body.trim().toUpperCase();
  if (optOutWords.includes(word)) return "stop";
  if (start.includes(word)) return "start";
  if (help.includes(word)) return "help";
  return null;
}

/** Twilio's standard replies. */
export const keywordReplies: Readonly<Record<Keyword, string>> = {
  stop: "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
  start:
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
  help: "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
};

/**
 * Webhooks before the fact (onMessageAdd and its like), of the service and of the account: an answer of 200 lets it
 * happen, with the changes that its JSON names; 4xx and 5xx forbid it; no answer in time lets it happen as it is.
 * https://www.twilio.com/docs/conversations-classic/conversations-webhooks (Pre-event webhooks)
 */
import { TwilioError } from "../errors.ts";
import { text, texts } from "../fields.ts";
import { isBody, parseJson } from "../json.ts";
import type { Body, Twilio } from "../product.ts";
import { callWebhook } from "../webhooks/call-webhook.ts";
import { reportFailure, webhookTimeoutMs, withCommon, type Source } from "./notify.ts";
import type { Parameters } from "./parameters.ts";
import { tokens } from "./tokens.ts";

export interface Question {
  /** `onMessageAdd` and so on. */
  readonly name: string;
  readonly serviceSid: string;
  readonly source: Source;
  readonly parameters: Parameters;
}

/**
 * Asks whoever wants to be asked; answers the changes, an empty object when there are none.
 *
 * @throws TwilioError 50107 when it is forbidden (Twilio's page does not say what a REST caller is told)
 */
export async function ask(twilio: Twilio, question: Question): Promise<Body> {
  const { store, settings } = twilio;
  const changes: Body = {};
  for (const webhook of [
    store.find(tokens.serviceWebhook, question.serviceSid),
    store.find(tokens.globalWebhook, settings.accountSid),
  ]) {
    const url = webhook ? text(webhook.body, "pre_webhook_url") : "";
    if (!webhook || url === "" || !texts(webhook.body, "filters").includes(question.name)) continue;
    const method = text(webhook.body, "method").toUpperCase() === "GET" ? "GET" : "POST";
    const parameters = withCommon(twilio, question);
    const outcome = await callWebhook(twilio, {
      by: "conversations",
      url,
      method,
      parameters,
      timeoutMs: webhookTimeoutMs,
    });
    const about = question.parameters["ConversationSid"] ?? question.serviceSid;
    if (outcome.kind === "failed") {
      const { reason, isTimeout } = outcome;
      reportFailure(twilio, { about, event: question.name, url, method, reason, isTimeout });
      continue;
    }
    twilio.events.append("conversation.webhook", about, null, {
      event: question.name,
      url,
      status: outcome.status,
    });
    if (outcome.status >= 400) throw new TwilioError(50107, { event: question.name });
    Object.assign(changes, readChanges(outcome.body));
  }
  return changes;
}

function readChanges(answer: string): Body {
  if (answer.trim() === "") return {};
  try {
    const changes = parseJson(answer);
    return isBody(changes) ? changes : {};
  } catch {
    return {};
  }
}

/** Doing what an Execution wants done; each answers with the event that the engine waits for. */
import type { CallEffect, Effect, EngineEvent, HttpResult, JsonObject } from "@support-line/studio";
import { messageBody, outgoingMessage } from "../api/messages.ts";
import { parseAddress } from "../carrier/address.ts";
import { TwilioError } from "../errors.ts";
import type { Body, MessageOrigin, Twilio } from "../product.ts";
import type { State } from "../state.ts";
import { callOut, type Outcome } from "../webhooks/call-out.ts";
import { engine } from "./engine.ts";
import { enterConversation, sendToFlex } from "./hand-overs.ts";
import type { Run } from "./runs.ts";

/** What is done here: every effect that the runner and calls do not do by themselves. */
export type Work = Exclude<
  Effect,
  CallEffect | { readonly type: "warn" | "ended" | "waitForReply" | "redirect" }
>;

/** What becomes of the next message that a Flow sends. */
interface Failure {
  readonly how: "refused" | "undelivered";
  readonly errorCode: number;
}
type Lost = Pick<MessageOrigin, "lost">;

const nextFailure: State<{ failure: Failure | null }> = { ofStore: true, open: () => ({ failure: null }) };

/** The next message that a Flow sends is refused, or taken and then lost. */
export function failNextMessage(twilio: Twilio, how: Failure["how"], errorCode: number): void {
  twilio.state(nextFailure).failure = { how, errorCode };
}

function takeFailure(twilio: Twilio): Failure | null {
  const next = twilio.state(nextFailure);
  const { failure } = next;
  next.failure = null;
  return failure;
}

/** Starts an effect. What is written for it until this returns belongs to the caller's transaction. */
export function perform(twilio: Twilio, run: Run, effect: Work): Promise<EngineEvent> {
  switch (effect.type) {
    case "sendMessage":
      return send(twilio, run, effect);
    case "runFunction":
      return callFunction(twilio, run, effect);
    case "makeRequest":
      return makeRequest(twilio, run, effect);
    case "sendToFlex":
      return sendToFlex(twilio, run, effect);
    case "startConversation":
    case "resumeConversation":
      return Promise.resolve(enterConversation(twilio, run, effect));
  }
}

async function send(
  twilio: Twilio,
  run: Run,
  effect: Extract<Effect, { type: "sendMessage" }>,
): Promise<EngineEvent> {
  const { id } = effect;
  try {
    const failure = takeFailure(twilio);
    if (failure?.how === "refused") {
      return {
        type: "messageFailed",
        id,
        error: { code: failure.errorCode, message: "The message was refused" },
      };
    }
    const lost = failure === null ? {} : { lost: failure.errorCode };
    const message =
      run.conversationSid === null
        ? sendByCarrier(twilio, run, effect, lost)
        : await sendToConversation(twilio, run, run.conversationSid, effect, lost);
    return { type: "messageSent", id, message: pascal(message) };
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    const { code, message }: TwilioError = error as TwilioError;
    return { type: "messageFailed", id, error: { code, message } };
  }
}

/** One message to the Conversation, so that everybody in it gets it: https://www.twilio.com/docs/studio/tutorials/using-conversations-with-studio */
function sendToConversation(
  twilio: Twilio,
  run: Run,
  conversationSid: string,
  effect: Extract<Effect, { type: "sendMessage" }>,
  lost: Lost,
): Promise<Body> {
  const { body, from, attributes, mediaUrl } = effect;
  return twilio.services.conversations.send(conversationSid, {
    body,
    author: from,
    executionSid: run.sid,
    ...lost,
    ...contentOf(effect),
    ...(attributes === undefined ? {} : { attributes }),
    ...(mediaUrl === undefined ? {} : { mediaUrl }),
  });
}

function sendByCarrier(
  twilio: Twilio,
  run: Run,
  effect: Extract<Effect, { type: "sendMessage" }>,
  lost: Lost,
): Body {
  const { from, to, body, mediaUrl } = effect;
  if (parseAddress(to) === null) throw new TwilioError(21211, { to });
  const { message, template } = outgoingMessage(twilio, twilio.sid("SM"), {
    from,
    to,
    body,
    mediaUrls: mediaUrl === undefined ? [] : [mediaUrl],
    ...contentOf(effect),
  });
  twilio.services.carrier.send(message, {
    executionSid: run.sid,
    ...(template === undefined ? {} : { template }),
    ...lost,
  });
  return { ...messageBody(twilio, message), status: "queued", direction: "outbound-api" };
}

/** The content template of a message, as the REST API has it; empty where there is none. */
function contentOf({ contentSid = "", contentVariables = {} }: Extract<Effect, { type: "sendMessage" }>): {
  readonly contentSid: string;
  readonly contentVariables: string;
} {
  const isFilled = contentSid !== "" && Object.keys(contentVariables).length > 0;
  return { contentSid, contentVariables: isFilled ? JSON.stringify(contentVariables) : "" };
}

async function callFunction(
  twilio: Twilio,
  run: Run,
  { id, state, url, parameters, timeoutSeconds }: Extract<Effect, { type: "runFunction" }>,
): Promise<EngineEvent> {
  if (!URL.canParse(url)) return unasked(twilio, run, { id, state, url, reason: `'${url}' is not a URL` });
  const timeoutMs = timeoutSeconds * 1000;
  const answer = await twilio.services.functions.request({
    method: "POST",
    url,
    parameters,
    sign: true,
    timeoutMs,
    executionSid: run.sid,
  });
  if (answer === null || answer === "timeout") return { type: "answered", id, response: null };
  const { status, contentType, body, headers } = answer;
  return { type: "answered", id, response: limited({ status, contentType, body, headers }) };
}

async function makeRequest(
  twilio: Twilio,
  run: Run,
  effect: Extract<Effect, { type: "makeRequest" }>,
): Promise<EngineEvent> {
  const { id, method, url, contentType, body, addTwilioAuth, timeoutSeconds } = effect;
  const { accountSid, authToken } = twilio.settings;
  const isTwilio = URL.canParse(url) && new URL(url).hostname.endsWith(".twilio.com");
  // The account's credentials go to Twilio's API alone: without a request, the widget has failed.
  if (addTwilioAuth && !isTwilio) return { type: "answered", id, response: null };
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
  const outcome: Outcome = await callOut(twilio, {
    method,
    url,
    headers: {
      "user-agent": "TwilioProxy/1.1",
      ...(method === "POST" ? { "content-type": contentType } : {}),
      ...(addTwilioAuth ? { authorization: `Basic ${credentials}` } : {}),
    },
    body: method === "POST" ? body : null,
    timeoutMs: timeoutSeconds * 1000,
    executionSid: run.sid,
  });
  if (outcome.kind === "failed") {
    return unasked(twilio, run, { id, state: effect.state, url, reason: outcome.reason });
  }
  const { status } = outcome;
  const response = limited({ status, contentType: outcome.contentType, body: outcome.body, headers: {} });
  return { type: "answered", id, response };
}

/** No answer, and why: the widget fails. */
function unasked(
  twilio: Twilio,
  run: Run,
  {
    id,
    ...why
  }: { readonly id: string; readonly state: string; readonly url: string; readonly reason: string },
): EngineEvent {
  twilio.events.append("execution.requestFailed", run.sid, run.flowSid, why);
  return { type: "answered", id, response: null };
}

function limited(response: NonNullable<HttpResult>): HttpResult {
  return Buffer.byteLength(response.body) > engine().limits.answer.bytes ? null : response;
}

/** Properties of a resource as Studio names them: `conversation_sid` is `ConversationSid`. */
function pascal(body: Body): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

/** Handing somebody over: to the agents, or into a Conversation that the Flow opens. */
import type { Effect, EngineEvent, Execution, HandOverEvent, JsonObject } from "@support-line/studio";
import { parseAddress } from "../carrier/address.ts";
import { openConversation, resumeConversation, type Opened } from "../conversations/for-studio.ts";
import { TwilioError } from "../errors.ts";
import { inner, text } from "../fields.ts";
import type { Body, Twilio } from "../product.ts";
import { tokens as conversationTokens } from "../conversations/tokens.ts";
import type { Run } from "./runs.ts";

type EffectOf<Type extends Effect["type"]> = Extract<Effect, { type: Type }>;
type HandedOverEvent = Extract<HandOverEvent, { type: "handedOver" }>;

/** Hands a chat over to Flex, where there is one; what went wrong is the answer. */
export async function sendToFlex(
  twilio: Twilio,
  run: Run,
  effect: EffectOf<"sendToFlex">,
): Promise<HandedOverEvent> {
  const { id, workflowSid, channelSid, attributes, priority, timeoutSeconds } = effect;
  const desk = twilio.services.flex;
  if (desk === null) {
    return failed(id, "failedToEnqueue", "this local Twilio has no Flex and no TaskRouter to hand over to");
  }
  const handedOver = await desk.handOver({
    executionSid: run.sid,
    flowSid: run.flowSid,
    workflowSid,
    taskChannelSid: channelSid,
    attributes: { ...customerOf(run), ...(attributes as Body) },
    priority,
    timeoutSeconds,
    conversationSid: run.conversationSid,
  });
  if (!handedOver.succeeded) return failed(id, handedOver.outcome, handedOver.reason);
  return { type: "handedOver", id, outcome: "callComplete", variables: handedOver.variables };
}

function failed(id: string, outcome: "failedToEnqueue" | "callFailure", reason: string): HandedOverEvent {
  return { type: "handedOver", id, outcome, variables: {}, reason };
}

/** What Studio adds to the attributes by itself: https://www.twilio.com/docs/studio/widget-library/send-flex */
function customerOf({ conversationSid, execution }: Run): Body {
  const address = text(inner(execution.context.contact as Body, "channel"), "address");
  const kind = parseAddress(address)?.channel ?? "chat";
  return {
    channelType: kind,
    customerAddress: address,
    from: address,
    name: address,
    customerName: address,
    ...(conversationSid === null ? {} : { conversationSid }),
  };
}

/** Opens a Conversation, or goes on in one, with a webhook that brings its messages to the Flow. */
export function enterConversation(
  twilio: Twilio,
  run: Run,
  effect: EffectOf<"startConversation" | "resumeConversation">,
): EngineEvent {
  const { id } = effect;
  try {
    const opened = twilio.store.transaction(() =>
      effect.type === "startConversation"
        ? openConversation(twilio, run.flowSid, effect)
        : resumeConversation(twilio, run.flowSid, effect),
    );
    return { type: "conversationOpened", id, ...shown(twilio, opened) };
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    const { code, message }: TwilioError = error as TwilioError;
    return { type: "conversationFailed", id, error: { code, message } };
  }
}

function shown(
  twilio: Twilio,
  { conversation, webhookSid }: Opened,
): { conversation: JsonObject; webhookSid: string } {
  const participants = twilio.store
    .list(conversationTokens.participant, { ConversationSid: conversation.sid })
    .map(({ body }) => body);
  return { conversation: { ...conversation.body, participants }, webhookSid };
}

/** The Conversation that a Flow has opened for itself; null while it has none. */
export function openedConversation({ execution }: Pick<Run, "execution">): string | null {
  const channel = inner(execution.context.flow as Body, "channel");
  return channel["type"] === "conversation" ? text(channel, "sid") || null : null;
}

/** Whether the Conversation of an Execution is closed at its end. One that was handed over to agents is theirs. */
export function closesConversation({ flow }: Execution["context"]): boolean {
  const channel = inner(flow as Body, "channel");
  return (
    channel["status"] !== "handed off" && inner(channel, "details")["close_channel_on_execution_end"] === true
  );
}

/** A Conversation and its participants in one call, https://www.twilio.com/docs/conversations-classic/api/conversation-with-participants-resource */
import { limits } from "../limits.ts";
import { renderBody } from "../http/render.ts";
import { TwilioError } from "../errors.ts";
import { texts } from "../fields.ts";
import { isBody, parseJson } from "../json.ts";
import type { Behaviour, Body, Call, Json, StoredObject } from "../product.ts";
import { conversationAdded, newConversation } from "./conversation.ts";
import { insertParticipant, participantAdded } from "./participant.ts";
import { changeState } from "./state.ts";
import { defaultServiceSid, tokens } from "./tokens.ts";
import { webhooksEnabled } from "./webhook-enabled.ts";

export const conversationWithParticipants: Behaviour = {
  instead: {
    create(call) {
      const { twilio, resource } = call;
      const serviceSid = call.path["ChatServiceSid"] ?? defaultServiceSid(twilio);
      const wanted = texts(call.input, "Participant");
      if (wanted.length > limits.conversation.withParticipants) {
        throw new TwilioError(50417, { limit: limits.conversation.withParticipants });
      }
      const [conversation, participants] = twilio.store.transaction(() => open(call, serviceSid, wanted));
      const webhooks = webhooksEnabled(call);
      conversationAdded(twilio, conversation, webhooks);
      for (const participant of participants) participantAdded(twilio, conversation, participant, webhooks);
      const body = renderBody(resource, conversation.body, conversation);
      // The answer shows it initializing; by the time it is read it is what was asked for.
      twilio.background(
        Promise.resolve().then(() => void changeState(twilio, conversation, readState(call), "EVENT")),
      );
      return { status: 202, body };
    },
  },
};

function readState({ input }: Call): string {
  return typeof input["State"] === "string" && input["State"] !== "" ? input["State"] : "active";
}

function open(call: Call, serviceSid: string, wanted: readonly string[]): [StoredObject, StoredObject[]] {
  const { twilio } = call;
  const sid = twilio.sid("CH");
  const made = newConversation(twilio, serviceSid, sid, call.input);
  const conversation = twilio.store.insert({
    token: tokens.conversation,
    sid,
    parents: { ChatServiceSid: serviceSid },
    body: { ...made.body, state: "initializing" },
    hidden: made.hidden,
  });
  const participants = wanted.map((text) => join(call, conversation, readParticipant(text)));
  return [conversation, participants];
}

/** Here a taken pair has a code of its own, https://www.twilio.com/docs/api/errors/50425 */
function join(call: Call, conversation: StoredObject, input: Body): StoredObject {
  try {
    return insertParticipant(call.twilio, conversation, input);
  } catch (error) {
    if (!(error instanceof TwilioError) || error.code !== 50416) throw error;
    throw new TwilioError(50425, { conversation: /CH\w+/.exec(error.message)?.[0] ?? "" });
  }
}

/** `{"identity": "…"}` or `{"messaging_binding": {"address": "…", "proxy_address": "…"}}`, as parameters of a participant. */
function readParticipant(text: string): Body {
  const given = parse(text);
  const binding = given["messaging_binding"];
  const input: Body = {};
  if (given["identity"] !== undefined) input["Identity"] = given["identity"];
  if (given["attributes"] !== undefined) input["Attributes"] = given["attributes"];
  if (given["role_sid"] !== undefined) input["RoleSid"] = given["role_sid"];
  const names = { address: "Address", proxy_address: "ProxyAddress", projected_address: "ProjectedAddress" };
  for (const [property, name] of Object.entries(names)) {
    const value = isBody(binding) ? binding[property] : undefined;
    if (value !== undefined) input[`MessagingBinding.${name}`] = value;
  }
  return input;
}

function parse(text: string): Body {
  let given: Json = null;
  try {
    given = parseJson(text);
  } catch {
    // Reported below, together with JSON that is no object.
  }
  if (isBody(given)) return given;
  throw new TwilioError(20001, { reason: `Participant ${text} is not a JSON object` });
}

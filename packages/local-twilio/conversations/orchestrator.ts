/**
 * Conversation Orchestrator, the successor of these Conversations: https://www.twilio.com/docs/conversations. Its
 * Configurations are kept as they are written and checked against what they name; they capture nothing here.
 */
import { TwilioError } from "../errors.ts";
import { isBody } from "../json.ts";
import type { Behaviour, Call } from "../product.ts";
import { tokens } from "./tokens.ts";

export const orchestratorConfiguration: Behaviour = {
  before(call) {
    refuseUnknown(call, "memoryStoreId", "twilio:memory:Store", call.input["memoryStoreId"]);
    const bridge = call.input["conversationsV1Bridge"];
    if (isBody(bridge)) {
      refuseUnknown(call, "conversationsV1Bridge.serviceId", tokens.service, bridge["serviceId"]);
    }
    return call;
  },
};

function refuseUnknown({ twilio }: Call, name: string, token: string, id: unknown): void {
  if (typeof id !== "string" || twilio.store.find(token, id) !== undefined) return;
  throw new TwilioError(20001, { reason: `${name}: there is no ${id}` });
}

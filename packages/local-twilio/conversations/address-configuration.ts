/** What becomes of messages that no open Conversation takes, https://www.twilio.com/docs/conversations-classic/api/address-configuration-resource */
import { findOwnAddress } from "../api/addresses.ts";
import { TwilioError } from "../errors.ts";
import { inner, text, texts } from "../fields.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
import { isSid } from "../sid.ts";
import { tokens } from "./tokens.ts";

/** Channels whose addresses the account's own numbers are. */
const carried = ["sms", "whatsapp"];

/** The configuration of one of the account's addresses. */
export function findAddressConfiguration(twilio: Twilio, address: string): StoredObject | undefined {
  return twilio.store.list(tokens.addressConfiguration, {}, { address })[0];
}

export const addressConfiguration: Behaviour = {
  create({ twilio, input }, draft) {
    const type = text(input, "Type");
    const address = text(input, "Address");
    refuseAddress(twilio, type, address);
    if (findAddressConfiguration(twilio, address)) {
      throw new TwilioError(20409, { reason: `Address Configuration of ${address} already exists` });
    }
    const autoCreation = readAutoCreation(twilio, input, { enabled: false, type: "default" });
    return {
      body: {
        ...draft.body,
        auto_creation: autoCreation,
        address_country: text(input, "AddressCountry") || (type === "sms" ? "US" : null),
      },
    };
  },
  update: ({ twilio, input }, current, draft) => ({
    body: { ...draft, auto_creation: readAutoCreation(twilio, input, inner(current.body, "auto_creation")) },
  }),
  list: ({ query }, objects) =>
    objects
      .filter(({ body }) => typeof query["Type"] !== "string" || body["type"] === query["Type"])
      .reverse(),
};

function refuseAddress(twilio: Twilio, type: string, address: string): void {
  if (!carried.includes(type)) {
    throw new TwilioError(20001, {
      reason: `The local Twilio carries ${carried.join(" and ")}: an address of type '${type}' would never be written to`,
    });
  }
  if (address.startsWith("whatsapp:") !== (type === "whatsapp")) {
    const example = type === "whatsapp" ? "whatsapp:+15550100001" : "+15550100001";
    throw new TwilioError(20001, { reason: `Address ${address} is not of type ${type}, as ${example} is` });
  }
  if (!findOwnAddress(twilio, address)) {
    throw new TwilioError(20001, { reason: `Address ${address} is not one of this account's addresses` });
  }
}

/** Settings of auto-creation, those left out as they were, each type with its own alone. */
function readAutoCreation(twilio: Twilio, input: Body, current: Body): Body {
  const given = (name: string, property: string) =>
    input[`AutoCreation.${name}`] ?? current[property] ?? null;
  const type = given("Type", "type");
  const service = given("ConversationServiceSid", "conversation_service_sid");
  if (typeof service === "string" && !twilio.store.find(tokens.service, service)) {
    throw new TwilioError(20001, {
      reason: `AutoCreation.ConversationServiceSid ${service} is not a service`,
    });
  }
  const common: Body = {
    enabled: given("Enabled", "enabled") === true,
    type,
    conversation_service_sid: service,
  };
  if (type === "studio") {
    const flowSid = given("StudioFlowSid", "studio_flow_sid");
    if (typeof flowSid !== "string" || !isSid(flowSid, "FW")) {
      throw new TwilioError(20001, {
        reason: "AutoCreation.StudioFlowSid is needed with AutoCreation.Type studio",
      });
    }
    return {
      ...common,
      studio_flow_sid: flowSid,
      studio_retry_count: given("StudioRetryCount", "studio_retry_count") ?? 0,
    };
  }
  if (type === "webhook") {
    const url = given("WebhookUrl", "webhook_url");
    if (typeof url !== "string" || !URL.canParse(url)) {
      throw new TwilioError(20001, {
        reason: "AutoCreation.WebhookUrl is needed with AutoCreation.Type webhook",
      });
    }
    const filters = input["AutoCreation.WebhookFilters"];
    return {
      ...common,
      webhook_url: url,
      webhook_method: given("WebhookMethod", "webhook_method") ?? "POST",
      webhook_filters: Array.isArray(filters) ? filters : texts(current, "webhook_filters"),
    };
  }
  return common;
}

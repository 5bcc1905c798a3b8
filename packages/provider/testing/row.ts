import type { Input, Operation, Resource, ValueType } from "@support-line/twilio-api";

const text: ValueType = { kind: "string" };

/** An input as the generator writes one. */
export function input(name: string, type: ValueType, more: Partial<Input> = {}): Input {
  return {
    name,
    type,
    required: false,
    onCreate: true,
    onUpdate: true,
    property: null,
    secret: false,
    ...more,
  };
}

function operation(method: Operation["method"], path: string, form: readonly Input[] = []): Operation {
  const parameters = form.map(({ name, type, required }) => ({ name, type, required }));
  return { method, path, status: method === "DELETE" ? 204 : 200, form: parameters, query: [], headers: [] };
}

const inputs: readonly Input[] = [
  input("FriendlyName", text, { required: true, property: "friendly_name" }),
  input("Key", text, { required: true, onUpdate: false, property: "key" }),
  input("Type", { kind: "string", enum: ["sms", "whatsapp"] }, { property: "type" }),
  input("Retries", { kind: "integer", minimum: 0, maximum: 3 }, { property: "retries" }),
  input("AutoCreation.Enabled", { kind: "boolean" }, { property: "auto_creation.enabled" }),
  input("AutoCreation.FlowSid", { kind: "string", sid: "FW" }, { property: "auto_creation.flow_sid" }),
  input("Filters", { kind: "array", items: text }, { property: "filters", unordered: true }),
  input("Steps", { kind: "array", items: text }, { property: "steps" }),
  input("Definition", { kind: "json" }, { property: "definition" }),
  input("Country", text, { property: "country", onUpdate: false, filledIn: true }),
  input("Secret", text, { secret: true }),
];

const collection = "/v1/Services/{ServiceSid}/Things";
const instance = `${collection}/{Sid}`;

/** A made-up resource with one of each kind of input, so that a test of the translation shows the whole of it. */
export const thing: Resource = {
  token: "twilio:serverless:Thing",
  product: "serverless",
  version: "v1",
  host: "serverless.twilio.com",
  name: "Thing",
  collectionPath: collection,
  instancePath: instance,
  parents: [{ name: "ServiceSid", sid: "ZS" }],
  idParameter: "Sid",
  idProperty: "sid",
  sidPrefix: "ZT",
  operations: {
    create: operation("POST", collection, inputs),
    fetch: operation("GET", instance),
    update: operation(
      "POST",
      instance,
      inputs.filter(({ onUpdate }) => onUpdate),
    ),
    delete: operation("DELETE", instance),
  },
  list: null,
  properties: [
    ...["sid", "account_sid", "friendly_name", "key", "type", "token", "date_created"].map((name) => ({
      name,
      type: text,
      nullable: true,
    })),
    { name: "retries", type: { kind: "integer" }, nullable: true },
    { name: "auto_creation", type: { kind: "json" }, nullable: true },
    { name: "definition", type: { kind: "json" }, nullable: true },
    { name: "links", type: { kind: "json" }, nullable: true },
  ],
  inputs,
  secretProperties: ["token"],
};

import { describe, expect, test } from "vitest";
import { Secret } from "@pulumi/policy";
import type { Resource, Rule } from "./rule.ts";
import { addressesOfTheirChannel, agentsHaveOwnPhones } from "./rules/addresses.ts";
import { keptResources } from "./rules/kept-resources.ts";
import { protectedFunctions } from "./rules/protected-functions.ts";
import { secretVariables } from "./rules/secret-variables.ts";
import { soundFlows } from "./rules/sound-flows.ts";

const resource = (type: string, props: object, more: Partial<Resource> = {}): Resource => ({
  type: `twilio:${type}`,
  name: "support",
  stage: "prod",
  isProtected: false,
  props: props as Record<string, unknown>,
  ...more,
});
const wrong = async (rule: Rule, of: Resource) => (await rule.ofResource?.(of)) ?? [];
/** As Pulumi shows what is not known yet. */
const unknown = (name: string, props: object) =>
  Object.defineProperty({ ...props }, name, {
    enumerable: true,
    get: () => {
      throw new Error("unknown");
    },
  });

describe("a Function", () => {
  const of = (visibility: string, text: string) =>
    wrong(
      protectedFunctions,
      resource("serverless:Function", { visibility, content: { text: Promise.resolve(text) } }),
    );

  test("that is public and acts on conversations is named, with the way out", async () => {
    expect(await of("public", "client.conversations.v1.services(sid)")).toEqual([
      expect.stringContaining("Name its file support.protected.ts"),
    ]);
    expect(await of("public", "client.messages.create({})")).toHaveLength(1);
  });

  test("that is protected, or public and only answers, is fine", async () => {
    expect(await of("protected", "client.conversations.v1")).toEqual([]);
    expect(await of("public", "callback(null, 'hello')")).toEqual([]);
    expect(
      await wrong(
        protectedFunctions,
        resource("serverless:Function", unknown("content", { visibility: "public" })),
      ),
    ).toEqual([]);
  });
});

describe("an address", () => {
  const of = (type: string, address: string) =>
    wrong(addressesOfTheirChannel, resource("conversations:AddressConfiguration", { type, address }));

  test("is of its channel", async () => {
    expect(await of("sms", "+15550100001")).toEqual([]);
    expect(await of("whatsapp", "whatsapp:+15550100001")).toEqual([]);
    expect(await of("messenger", "messenger:123")).toEqual([]);
    expect(await of("sms", "whatsapp:+15550100001")).toEqual([expect.stringMatching(/WhatsApp address/)]);
    expect(await of("whatsapp", "+15550100001")).toEqual([expect.stringMatching(/not a WhatsApp address/)]);
  });

  test("that customers write to is not an agent's, and is named by its last digits alone", async () => {
    const line = resource("conversations:AddressConfiguration", { type: "sms", address: "+15550100001" });
    const agents = (value: string) => resource("serverless:Variable", { key: "SUPPORT_AGENTS", value });
    expect(agentsHaveOwnPhones.ofAll?.([line, agents("+15550100101 de,+15550100102")])).toEqual([]);
    const found = agentsHaveOwnPhones.ofAll?.([line, agents("+15550100101,+15550100001")]) ?? [];
    expect(found.map((each) => each.wrong)).toEqual([expect.stringContaining("…0001")]);
    expect(found[0]?.wrong).not.toContain("+1555");
  });
});

describe("a Flow", () => {
  const flow = (next: string, status = "published") => ({
    status,
    definition: {
      description: "",
      initial_state: "Trigger",
      flags: { allow_concurrent_calls: true },
      states: [
        {
          name: "Trigger",
          type: "trigger",
          properties: {},
          transitions: [{ event: "incomingMessage", next }],
        },
      ],
    },
  });
  const of = (props: object) => wrong(soundFlows, resource("studio:Flow", props));

  test("is published only when it is sound", async () => {
    expect(await of(flow("nowhere"))).toEqual([expect.stringContaining("npx studio check")]);
    expect(await of(flow("nowhere", "draft"))).toEqual([]);
    expect(
      await of({ ...flow("nowhere"), definition: JSON.stringify(flow("nowhere").definition) }),
    ).toHaveLength(1);
  });

  test("of which something is not known yet is checked for the rest", async () => {
    const { definition } = flow("run");
    const call = {
      name: "run",
      type: "run-function",
      transitions: [{ event: "success" }, { event: "fail" }],
      properties: unknown("url", { offset: { x: 0, y: 0 } }),
    };
    const states = [...definition.states, call];
    expect(await of({ status: "published", definition: { ...definition, states } })).toEqual([]);
    expect(await of(unknown("definition", { status: "published" }))).toEqual([]);
  });
});

test.each([
  ["conversations:Service", "every conversation in it"],
  ["studio:Flow", "its revisions"],
  ["serverless:Service", "the domain"],
  ["api:IncomingPhoneNumber", "the number"],
])("a %s is protected in every stage but local", async (type, lost) => {
  expect(await wrong(keptResources, resource(type, {}))).toEqual([expect.stringContaining(lost)]);
  expect(await wrong(keptResources, resource(type, {}, { isProtected: true }))).toEqual([]);
  expect(await wrong(keptResources, resource(type, {}, { stage: "local" }))).toEqual([]);
  expect(await wrong(keptResources, resource("events:Sink", {}))).toEqual([]);
});

describe("a Variable", () => {
  const fixed = (key: string, value: unknown) =>
    secretVariables.remediateResource?.({
      type: "twilio:serverless:Variable",
      props: { key, value },
    } as never);

  test("that looks like a secret becomes one", async () => {
    expect(fixed("API_TOKEN", "s3cret-value")).toEqual({
      key: "API_TOKEN",
      value: new Secret("s3cret-value"),
    });
  });

  test("that is one, or looks like none, stays", async () => {
    expect(fixed("API_TOKEN", new Secret("s3cret-value"))).toBeUndefined();
    expect(fixed("SUPPORT_AGENTS", "+15550100101")).toBeUndefined();
  });
});

import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { readStage } from "@support-line/stage";
import { providerSettings } from "./provider-settings.ts";

const accountSid = "AC10ca1000000000000000000000000001";
const stage = readStage("support-line", "local", {
  accountSid,
  lines: [{ name: "support", channel: "sms", address: "+15550100001", flow: "support", agents: ["ada"] }],
  agents: [{ name: "ada", address: "+15550100101" }],
});

/** A value for each setting in the provider's schema, as a stage file has it and as the engine hands it to the program. */
const schema = JSON.parse(readFileSync("packages/provider/schema.gen.json", "utf8")) as {
  readonly provider: { readonly inputProperties: Readonly<Record<string, { readonly type: string }>> };
};
const samples: Readonly<Record<string, unknown>> = { string: "x", boolean: true, integer: 3, array: ["x"] };
const configured = Object.entries(schema.provider.inputProperties).map(
  ([name, { type }]) => [name, name === "accountSid" ? accountSid : samples[type]] as const,
);

afterEach(() => pulumi.runtime.setAllConfig({}));

/** What the engine is told of the provider that is registered with a stage file's settings. */
async function registered(settings: Iterable<readonly [string, unknown]>): Promise<Record<string, unknown>> {
  pulumi.runtime.setAllConfig(
    Object.fromEntries(
      Array.from(settings, ([name, value]) => [
        `twilio:${name}`,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
  const seen = Promise.withResolvers<Record<string, unknown>>();
  await pulumi.runtime.setMocks({
    newResource: ({ inputs }) => {
      seen.resolve(inputs as Record<string, unknown>);
      return { id: "it", state: {} };
    },
    call: () => ({}),
  });
  new twilio.Provider("twilio", providerSettings(stage));
  return seen.promise;
}

test("every setting that the provider's schema has reaches it from the stage file", async () => {
  const inputs = await registered(configured);
  expect(configured.length).toBeGreaterThan(10);
  expect(Object.keys(inputs).toSorted()).toEqual(configured.map(([name]) => name).toSorted());
  for (const [name, value] of configured) {
    const text = JSON.stringify(inputs[name]);
    // The stage's own numbers come first; a provider's lists, numbers and truth values travel as JSON text.
    if (name === "phoneNumbers") expect(text).toContain("+15550100001");
    expect(text, name).toContain(Array.isArray(value) ? String(value[0]) : String(value));
  }
});

test("without settings the provider is told the stage's account and numbers alone", async () => {
  const inputs = Object.entries(await registered([])).filter(([, value]) => value !== undefined);
  expect(Object.fromEntries(inputs)).toEqual({ accountSid, phoneNumbers: '["+15550100001"]' });
});

test("another account in twilio:accountSid is refused by name", () => {
  pulumi.runtime.setAllConfig({ "twilio:accountSid": "AC00000000000000000000000000000009" });
  expect(() => providerSettings(stage)).toThrow(/AC10ca1.*AC00000000000000000000000000000009/);
});

import { expect, test } from "vitest";
import { secret, unknown, type ValueMap } from "../values/value.ts";
import { addressFaults } from "./address-faults.ts";

const entry = "twilio:conversations:AddressConfiguration";
const participant = "twilio:conversations:ConversationParticipant";

test.each<[string, string, ValueMap]>([
  ["an address of its type", entry, { type: "whatsapp", address: "whatsapp:+15550100001" }],
  ["a type in capitals", entry, { type: "SMS", address: "+15550100001" }],
  ["an address that is not known yet", entry, { type: "sms", address: unknown }],
  ["no address", entry, { type: "sms" }],
  ["a type that is not known yet", entry, { type: unknown, address: "whatsapp:+15550100001" }],
  ["a type of tomorrow", entry, { type: "telepathy", address: "what I think" }],
  [
    "two addresses of one channel",
    participant,
    { messagingBinding: { address: "whatsapp:+15550100201", proxyAddress: "whatsapp:+15550100001" } },
  ],
  [
    "a proxy that is not known yet",
    participant,
    { messagingBinding: { address: "whatsapp:+15550100201", proxyAddress: unknown } },
  ],
  ["an address that nothing is said of", "twilio:api:Message", { type: "sms", address: "x" }],
])("%s is right", (_, token, inputs) => {
  expect(addressFaults(token, inputs)).toEqual([]);
});

test("an address of another type is named, with what it must be", () => {
  expect(addressFaults(entry, { type: "whatsapp", address: "+15550100001" })).toEqual([
    {
      property: "address",
      reason: expect.stringMatching(/^address of type whatsapp must be .*, not \+15550100001\.$/) as string,
    },
  ]);
});

test("a secret address is not said", () => {
  const [fault] = addressFaults(entry, { type: "whatsapp", address: secret("+15550100001") });
  expect(fault?.reason).toContain("not what it is (secret).");
});

test("two addresses of two channels are named, with both", () => {
  const messagingBinding = { address: "whatsapp:+15550100201", proxyAddress: "+15550100001" };
  expect(addressFaults(participant, { messagingBinding })).toMatchObject([
    {
      property: "messagingBinding.proxyAddress",
      reason: expect.stringContaining("of channel sms and messagingBinding.address of whatsapp") as string,
    },
  ]);
});

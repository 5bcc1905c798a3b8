import { describe, expect, test } from "vitest";
import { Engine, failure } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";

const token = "twilio:memory:Store";
const id = "mem_store_01k1etk2y5f1y9fpe2epfdtvv2";
const stores = "memory.twilio.com/v1/ControlPlane/Stores";
const operation = "memory.twilio.com/v1/ControlPlane/Operations/proc_job_1";
const accepted = { status: 202, body: { message: "accepted", statusUrl: `https://${operation}` } };
const store = { id, displayName: "line", status: "ACTIVE", intelligenceServiceId: null, version: 1 };
const under = (status: string, more: object = {}) => ({
  status: 200,
  body: { operationId: "proc_job_1", status, createdAt: "2026-01-31T12:00:00Z", ...more },
});
const completed = under("COMPLETED", { result: { type: "RESOURCE_ID", id } });

describe("what Twilio accepts and does later", () => {
  test("is waited for, and then is what a fetch shows", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio
      .on(`POST ${stores}`, accepted)
      .on(`GET ${operation}`, (_, times) => [under("PENDING"), under("RUNNING")][times - 1] ?? completed)
      .on(`GET ${stores}/${id}`, { status: 200, body: store });
    await using engine = await Engine.at(twilio);
    const made = await engine.create(token, { displayName: "line" });
    expect(made).toMatchObject({ id, outputs: { twilioId: id, displayName: "line", version: 1 } });
    expect(twilio.calls).toEqual([
      `POST ${stores}`,
      `GET ${operation}`,
      `GET ${operation}`,
      `GET ${operation}`,
      `GET ${stores}/${id}`,
    ]);
  });

  test("and cannot be done is an error with Twilio's reason", async () => {
    await using twilio = await PlayedTwilio.start();
    const error = { title: "Bad request", detail: "This account has 15 Stores." };
    twilio.on(`POST ${stores}`, accepted).on(`GET ${operation}`, under("FAILED", { error }));
    await using engine = await Engine.at(twilio);
    const { message } = await failure(engine.create(token, { displayName: "line" }));
    expect(message).toContain("failed: This account has 15 Stores. Correct what it names");
  });

  test("is waited for when it is changed and when it is deleted", async () => {
    await using twilio = await PlayedTwilio.start();
    twilio
      .on(`PATCH ${stores}/${id}`, accepted)
      .on(`DELETE ${stores}/${id}`, accepted)
      .on(`GET ${operation}`, completed)
      .on(`GET ${stores}/${id}`, { status: 200, body: { ...store, displayName: "other", version: 2 } });
    await using engine = await Engine.at(twilio);
    const made = { id, inputs: { displayName: "line" }, outputs: { displayName: "line", twilioId: id } };
    const changed = await engine.update(token, made, { displayName: "other" });
    expect(changed.outputs).toMatchObject({ displayName: "other", version: 2 });
    await engine.delete(token, changed);
    expect(twilio.calls.at(-1)).toBe(`GET ${operation}`);
  });
});

test("a channel that leaves a Configuration, and a bridge, are taken away by name", async () => {
  await using twilio = await PlayedTwilio.start();
  const place = "conversations.twilio.com/v2/ControlPlane";
  const configuration = "conv_configuration_01h9d8r0vte3hz8tykdj329t7r";
  const related = { configurationId: configuration };
  const statusUrl = `https://${place}/Operations/proc_job_2`;
  twilio
    .on(`PATCH ${place}/Configurations/${configuration}`, { status: 202, body: { statusUrl, related } })
    .on(`GET ${place}/Operations/proc_job_2`, { status: 200, body: { status: "COMPLETED", related } })
    .on(`GET ${place}/Configurations/${configuration}`, { status: 200, body: { id: configuration } });
  await using engine = await Engine.at(twilio);
  const before = {
    displayName: "line",
    channelSettings: { SMS: {}, WHATSAPP: { statusTimeouts: { closed: 60 } } },
    conversationsV1Bridge: { serviceId: `IS${"1".repeat(32)}` },
  };
  const after = { displayName: "line", channelSettings: { SMS: {} } };
  await engine.update(
    "twilio:conversations:OrchestratorConfiguration",
    { id: configuration, inputs: before, outputs: before },
    after,
  );
  expect(JSON.parse(twilio.requests[0]?.text ?? "")).toEqual({
    channelSettings: { SMS: {}, WHATSAPP: null },
    conversationsV1Bridge: null,
  });
});

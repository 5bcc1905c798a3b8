import { expect, test } from "vitest";
import { text } from "../fields.ts";
import { startForTest } from "../testing/local.ts";

const configurations = "conversations.twilio.com/v2/ControlPlane/Configurations";
const stores = "memory.twilio.com/v1/ControlPlane/Stores";

test("I22: the bridge from a Service of Conversations is written with JSON, answered later and read back", async () => {
  await using local = await startForTest();
  const { body: service } = await local.call("POST", "conversations.twilio.com/v1/Services", {
    FriendlyName: "line",
  });
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`;
  const json = async (method: string, place: string, body?: object) => {
    const response = await fetch(`${local.endpoint}/${place}`, {
      method,
      headers: { authorization, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    return {
      status: response.status,
      body: (answer === "" ? {} : JSON.parse(answer)) as Record<string, never>,
    };
  };
  const made = await json("POST", stores, { displayName: "line" });
  expect(made.status).toBe(202);
  const operation = await json("GET", new URL(made.body["statusUrl"] ?? "").href.slice("https://".length));
  expect(operation.body).toMatchObject({ status: "COMPLETED", result: { type: "RESOURCE_ID" } });
  const { stores: names } = (await json("GET", stores)).body;
  expect(names).toEqual([text(operation.body["result"] ?? {}, "id")]);

  const wanted = {
    displayName: "line",
    description: "the line as it is",
    conversationGroupingType: "GROUP_BY_PROFILE",
    memoryStoreId: names?.[0],
    conversationsV1Bridge: { serviceId: text(service, "sid") },
    channelSettings: { SMS: { captureRules: [{ from: "*", to: "+15550100001" }] }, WHATSAPP: {} },
  };
  const accepted = await json("POST", configurations, wanted);
  expect(accepted.status).toBe(202);
  const id = text(accepted.body["related"] ?? {}, "configurationId");
  expect(id).toMatch(/^conv_configuration_[0-7][0-9a-z]{25}$/);
  expect((await json("GET", `${configurations}/${id}`)).body).toMatchObject({ ...wanted, version: 1 });
  const without = { conversationsV1Bridge: null, channelSettings: { WHATSAPP: null } };
  await json("PATCH", `${configurations}/${id}`, without);
  expect((await json("GET", `${configurations}/${id}`)).body).toMatchObject({
    conversationsV1Bridge: null,
    channelSettings: { SMS: wanted.channelSettings.SMS },
    version: 2,
  });

  const nowhere = await json("POST", configurations, { ...wanted, memoryStoreId: "mem_store_1" });
  expect(nowhere.status).toBe(400);
  expect(nowhere.body["message"]).toContain("mem_store_1");
  expect((await json("DELETE", `${configurations}/${id}`)).status).toBe(202);
  expect((await json("GET", `${configurations}/${id}`)).status).toBe(404);
});

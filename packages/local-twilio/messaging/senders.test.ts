import { expect, test } from "vitest";
import { findOwnAddress } from "../api/addresses.ts";
import { startForTest } from "../testing/local.ts";

test("a new sender comes online and is an address of the account; each there is once", async () => {
  await using local = await startForTest();
  const senders = "messaging.twilio.com/v2/Channels/Senders";
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`;
  const create = async (body: object) => {
    const headers = { authorization, "content-type": "application/json" };
    const response = await fetch(`${local.endpoint}/${senders}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const created = await create({ sender_id: "whatsapp:+15550100009", profile: { name: "Line" } });
  expect(created).toMatchObject({ status: 202, body: { status: "CREATING", profile: { name: "Line" } } });
  await local.twilio.idle();
  const { body } = await local.call("GET", `${senders}?Channel=whatsapp`);
  expect(body["senders"]).toMatchObject([
    { sender_id: "whatsapp:+15550100009", status: "ONLINE" },
    { sender_id: "whatsapp:+15550100001", status: "ONLINE" },
  ]);
  expect(findOwnAddress(local.twilio, "whatsapp:+15550100009")).toBeDefined();
  expect((await create({ sender_id: "whatsapp:+15550100009" })).body).toMatchObject({ code: 20409 });
  expect((await create({ sender_id: "+15550100009" })).body).toMatchObject({ code: 20001 });
});

/** What a program looks up, and what it declares without a row, against the local Twilio. */
import { failure } from "@support-line/provider/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "./life-cycle/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test("one thing by its name, and a list with a filter", async () => {
  const { engine, local } = world;
  const account = await engine.invoke("twilio:api:getAccount", { sid: local.accountSid });
  expect(account).toMatchObject({ friendlyName: "Local Twilio", status: "active" });
  const numbers = await engine.invoke("twilio:api:getIncomingPhoneNumbers", { phoneNumber: "+15550100003" });
  expect(numbers["items"]).toMatchObject([{ phoneNumber: "+15550100003" }]);
  const all = await engine.invoke("twilio:api:getIncomingPhoneNumbers", {});
  expect(all["items"]).toHaveLength(9);
});

test("what is not there, and what no lookup is called, are one error each", async () => {
  const { engine } = world;
  const none = await failure(engine.invoke("twilio:taskrouter:getWorkspace", { sid: `WS${"0".repeat(32)}` }));
  expect(none.message).toContain("twilio:taskrouter:getWorkspace: Twilio has nothing with the name WS0");
  expect((await failure(engine.invoke("twilio:taskrouter:getWorkspace", {}))).message).toContain(
    "sid is required",
  );
  expect((await failure(engine.invoke("twilio:taskrouter:getNothing", {}))).message).toContain("getNothing");
});

test("anything of the API by its URL: created, read, changed, imported, deleted", async () => {
  const { engine } = world;
  const token = "twilio:index:Resource";
  const url = "https://taskrouter.twilio.com/v1/Workspaces";
  const { inputs } = await engine.check(token, { url, parameters: { FriendlyName: "one" } });
  const made = await engine.create(token, inputs);
  expect(made.outputs).toMatchObject({ response: { friendly_name: "one" } });
  expect(made.id).toMatch(new RegExp(`^${url}/WS[0-9a-f]{32}$`));
  const news = { url, parameters: { FriendlyName: "two" } };
  expect((await engine.diff(token, made, news)).replaces).toEqual([]);
  const now = await engine.update(token, made, news);
  expect((await engine.read(token, now))?.outputs).toEqual(now.outputs);
  expect((await engine.read(token, { id: made.id }))?.inputs).toEqual({ url });
  await engine.delete(token, now);
  expect(await engine.read(token, now)).toBeUndefined();
});

test("credentials are sent to no host but Twilio's", async () => {
  const { failures } = await world.engine.check("twilio:index:Resource", {
    url: "https://example.com/v1/Things",
  });
  expect(failures).toMatchObject([{ property: "url" }]);
});

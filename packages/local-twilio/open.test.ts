import { expect, test } from "vitest";
import { collectServices } from "./collect-services.ts";
import { openTwilio, type OpenedTwilio } from "./index.ts";
import type { Product, Services, Twilio } from "./product.ts";

const noon = Date.UTC(2026, 0, 30, 12);
const places = { line: "+15550100001", customer: "+15550100201" };

async function json(twilio: OpenedTwilio, method: string, url: string, body?: Record<string, string>) {
  const answer = await twilio.request({ method, url, body });
  return { status: answer.status, body: JSON.parse(answer.text || "{}") as Record<string, unknown> };
}
const open = () => openTwilio({ memory: true, clock: "manual", now: noon });

test("it answers requests in this process, on a clock that stands, and listens nowhere", async () => {
  const twilio = await open();
  const made = await json(twilio, "POST", "conversations.twilio.com/v1/Conversations", {
    FriendlyName: "one",
  });
  expect(made).toMatchObject({ status: 201, body: { date_created: "2026-01-30T12:00:00Z" } });
  expect(() => twilio.twilio.endpoint).toThrow("listens nowhere");
  await twilio.pass(3600);
  const later = await json(twilio, "POST", "conversations.twilio.com/v1/Conversations", {});
  expect(later.body).toMatchObject({ date_created: "2026-01-30T13:00:00Z" });
  await twilio.close();
});

test("it listens when somebody needs it to, and answers the same there", async () => {
  const twilio = await open();
  const endpoint = await twilio.listen();
  const response = await fetch(`${endpoint}/conversations.twilio.com/v1/Services`);
  expect(response.status).toBe(401);
  const here = await twilio.request({
    method: "GET",
    url: "conversations.twilio.com/v1/Services",
    headers: { Authorization: "" },
  });
  expect(here).toMatchObject({ status: 401, text: await response.text() });
  await twilio.close();
});

test("it goes back to a mark with everything: objects, messages, timers, switches, the time", async () => {
  const twilio = await open();
  const mark = twilio.mark();
  for (let round = 0; round < 3; round += 1) {
    await twilio.phones.write(places.customer, places.line, "STOP");
    await json(twilio, "POST", "conversations.twilio.com/v1/Conversations", { "Timers.Closed": "PT10M" });
    twilio.setSwitches({ channelAddress: "proxy" });
    await twilio.pass(60);
    expect(twilio.phones.inbox(places.customer)).toHaveLength(1);
    await mark.rollBack();
    expect(twilio.phones.inbox(places.customer)).toEqual([]);
    const { body } = await json(twilio, "GET", "conversations.twilio.com/v1/Conversations");
    expect(body["conversations"]).toEqual([]);
    expect(twilio.twilio.settings.switches.channelAddress).toBe("conversation");
    expect(twilio.twilio.clock.now()).toBe(noon);
  }
  await twilio.close();
});

test("messages that take their time arrive at that time, run for run", async () => {
  const twilio = await openTwilio({ memory: true });
  twilio.twilio.lifecycles.setProgress("message", { mode: "timed", seconds: 5 });
  const mark = twilio.mark();
  for (let run = 0; run < 40; run += 1) {
    for (const body of ["one", "two", "three"]) {
      const form = { From: places.line, To: places.customer, Body: body };
      await json(
        twilio,
        "POST",
        `api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`,
        form,
      );
    }
    await twilio.pass(10);
    const inbox = twilio.phones.inbox(places.customer);
    expect([run, inbox.map(({ body, status }) => [body, status])]).toEqual([
      run,
      ["one", "two", "three"].map((body) => [body, "delivered"]),
    ]);
    await mark.rollBack();
    twilio.twilio.lifecycles.setProgress("message", { mode: "timed", seconds: 5 });
  }
  await twilio.close();
});

test("marks nest", async () => {
  const twilio = await open();
  const create = (name: string) =>
    json(twilio, "POST", "conversations.twilio.com/v1/Conversations", { FriendlyName: name });
  const names = async () => {
    const { body } = await json(twilio, "GET", "conversations.twilio.com/v1/Conversations");
    return (body["conversations"] as { friendly_name: string }[]).map((each) => each.friendly_name);
  };
  const outer = twilio.mark();
  await create("first");
  const inner = twilio.mark();
  await create("second");
  await inner.rollBack();
  expect(await names()).toEqual(["first"]);
  inner.drop();
  await outer.rollBack();
  expect(await names()).toEqual([]);
  await twilio.close();
});

test("a service that two products provide is an error that names both", () => {
  const monitor: Services["monitor"] = { alert: () => undefined };
  const product = (name: string): Product => ({ name, behaviours: {}, services: () => ({ monitor }) });
  const services = collectServices([product("one"), product("other")], () => ({}) as Twilio);
  expect(() => services.open()).toThrow("one and other both provide 'monitor'");
});

test("work that is left when it closes says nothing once it fails for want of a database", async () => {
  const reported: unknown[] = [];
  const report = (error: unknown) => reported.push(error);
  const twilio = await openTwilio({ memory: true, clock: "manual", now: noon, report });
  const before = Promise.reject(new Error("of before"));
  twilio.twilio.background(before);
  await twilio.twilio.idle();
  const goesOn = Promise.withResolvers<void>();
  const work = goesOn.promise.then(() => twilio.twilio.store.list("twilio:conversations:Conversation"));
  twilio.twilio.background(work);
  await twilio.close();
  goesOn.resolve();
  await expect(work).rejects.toThrow();
  expect(reported).toMatchObject([{ message: "of before" }]);
});

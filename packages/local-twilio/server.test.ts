import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildOf, deploy } from "./testing/deploy.ts";
import { textOf } from "./json.ts";
import { startForTest } from "./testing/local.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-twilio-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const source =
  "exports.handler = (context, event, callback) => callback(null, `hello from ${context.PATH}`);";

test("a restart on the same folder loses nothing", async () => {
  let before;
  let domain;
  {
    await using local = await startForTest({ folder, switches: { signatureRejection: 400 } });
    ({ domain } = await deploy(local, "kept", [{ path: "/hello", source }]));
    await local.control("POST", "clock/advance", { seconds: 3600 });
    before = {
      service: (await local.call("GET", "serverless.twilio.com/v1/Services/kept")).body,
      events: local.twilio.events.after(0),
      offset: (await local.control("GET", "clock")).body["offsetMs"],
    };
  }
  await using local = await startForTest({ folder });
  expect((await local.call("GET", "serverless.twilio.com/v1/Services/kept")).body).toEqual(before.service);
  expect(local.twilio.events.after(0)).toEqual(before.events);
  expect((await local.control("GET", "clock")).body["offsetMs"]).toBe(before.offset);
  expect(local.twilio.settings.switches.signatureRejection).toBe(400);
  const answer = await fetch(`${local.endpoint}/${domain}/hello`);
  expect(await answer.text()).toBe("hello from /hello");
});

test("a Build that a stop interrupted is finished by the next start", async () => {
  let service;
  {
    await using local = await startForTest({ folder });
    await local.control("POST", "lifecycles/build", { mode: "timed", seconds: 3600 });
    const created = await local.call("POST", "serverless.twilio.com/v1/Services", {
      UniqueName: "cut",
      FriendlyName: "c",
    });
    service = textOf(created.body["sid"]);
    expect((await buildOf(local, service, [{ path: "/hello", source }])).body["status"]).toBe("building");
  }
  await using local = await startForTest({ folder });
  await local.twilio.idle();
  const { body } = await local.call("GET", `serverless.twilio.com/v1/Services/${service}/Builds`);
  expect(body["builds"]).toMatchObject([{ status: "completed" }]);
});

test("reset leaves what a first start leaves, and the numbering of events goes on", async () => {
  await using local = await startForTest({ seed: { numbers: [{ phoneNumber: "+15550100042" }] } });
  const { domain } = await deploy(local, "forgotten", [{ path: "/hello", source }]);
  const last = local.twilio.events.last();
  await local.control("POST", "latency", { ms: 5 });
  await local.control("POST", "clock/advance", { seconds: 60 });
  expect((await local.control("POST", "reset")).status).toBe(200);
  expect((await local.call("GET", "serverless.twilio.com/v1/Services")).body["services"]).toEqual([]);
  expect((await fetch(`${local.endpoint}/${domain}/hello`)).status).toBe(404);
  expect((await local.control("GET", "latency")).body).toEqual({ ms: 0 });
  expect((await local.control("GET", "clock")).body).toMatchObject({ offsetMs: 0 });
  const numbers = local.twilio.store
    .list("twilio:api:IncomingPhoneNumber")
    .map(({ body }) => body["phone_number"]);
  expect(numbers).toHaveLength(10);
  expect(numbers).toContain("+15550100042");
  await deploy(local, "again", [{ path: "/hello", source }]);
  expect(local.twilio.events.after(0)[0]?.id).toBeGreaterThan(last);
});

test("a port that is taken is an error that says so", async () => {
  await using local = await startForTest({ folder });
  await expect(startForTest({ port: local.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

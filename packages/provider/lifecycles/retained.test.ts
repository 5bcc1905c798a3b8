import { resource } from "@support-line/twilio-api";
import { describe, expect, test } from "vitest";
import { accountSid, Engine, HeardLog } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";
import type { ValueMap } from "../values/value.ts";
import { keepsForever } from "./retained.ts";

const sid = (prefix: string) => prefix + "1".repeat(32);
const [ZS, ZE, ZH, ZB, FW] = ["ZS", "ZE", "ZH", "ZB", "FW"].map(sid) as [
  string,
  string,
  string,
  string,
  string,
];
const known = (id: string, more: ValueMap = {}) => {
  const inputs = { serviceSid: ZS, environmentSid: ZE, ...more };
  return { id, inputs, outputs: { ...inputs, sid: id } };
};

const irreplaceable = [
  [
    "twilio:api:IncomingPhoneNumber",
    sid("PN"),
    `api.twilio.com/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${sid("PN")}.json`,
  ],
  ["twilio:conversations:Service", sid("IS"), `conversations.twilio.com/v1/Services/${sid("IS")}`],
  ["twilio:studio:Flow", FW, `studio.twilio.com/v2/Flows/${FW}`],
] as const;

test.each(irreplaceable)(
  "%s stays at Twilio when it leaves the stack, unless it may be deleted",
  async (token, id, call) => {
    expect(resource(token)).toBeDefined();
    expect(keepsForever(token)).toBe(true);
    await using twilio = await PlayedTwilio.start();
    await using careful = await Engine.at(twilio);
    await careful.delete(token, { id, inputs: { a: 1 }, outputs: { sid: id } });
    expect(twilio.calls).toEqual([]);
    for (const deletable of [[token], ["*"], `["${token}"]`]) {
      await using willing = await Engine.at(twilio, { deletable });
      await willing.delete(token, { id, inputs: { a: 1 }, outputs: { sid: id } });
    }
    expect(twilio.calls).toEqual([`DELETE ${call}`, `DELETE ${call}`, `DELETE ${call}`]);
  },
);

test("what stays is said, with the line that takes it back and how to have it deleted", async () => {
  await using twilio = await PlayedTwilio.start();
  await using log = await HeardLog.start();
  await using engine = await Engine.at(twilio, {}, { log });
  await engine.delete("twilio:studio:Flow", { id: FW, inputs: { a: 1 }, outputs: { sid: FW } });
  playFlow(twilio, "published", ZH);
  await engine.check("twilio:serverless:Service", { uniqueName: "a", friendlyName: "a" });
  await engine.delete("twilio:serverless:Function", known(ZH));
  const [flow, one] = await Promise.all(
    ["studio:Flow", "serverless:Function"].map((type) => log.heard(({ urn }) => urn.includes(type))),
  );
  expect(flow?.message).toContain(`pulumi import twilio:studio:Flow <name> ${FW}`);
  expect(flow?.message).toContain("PULUMI_TWILIO_DELETABLE=twilio:studio:Flow");
  expect(one?.message).toContain(`the published Flow ${FW} ("line") calls it`);
  expect(one?.message).toContain(`pulumi import twilio:serverless:Function <name> ${ZS}/${ZH}`);
});

test.each([
  ["twilio:api:IncomingPhoneNumber", { phoneNumber: "+15550100001" }, { phoneNumber: "+15550100002" }],
  ["twilio:conversations:Service", { friendlyName: "a" }, { friendlyName: "b" }],
] as const)("%s is never deleted before its replacement is there", async (token, before, after) => {
  await using engine = await Engine.start();
  const difference = await engine.diff(token, { id: "it", inputs: before, outputs: before }, after);
  expect(difference.replaces).toHaveLength(1);
  expect(difference.deleteBeforeReplace).toBe(false);
});

const services = `serverless.twilio.com/v1/Services`;
function playFlow(twilio: PlayedTwilio, status: string, text: string) {
  const flow = { sid: FW, friendly_name: "line", status };
  twilio
    .on("GET studio.twilio.com/v2/Flows", { status: 200, body: { flows: [flow], meta: {} } })
    .on(`GET studio.twilio.com/v2/Flows/${FW}`, {
      status: 200,
      body: { ...flow, definition: { states: [{ properties: { url: text } }] } },
    });
}

test("a Service that a published Flow calls stays, with everything that it answers with", async () => {
  await using twilio = await PlayedTwilio.start();
  playFlow(twilio, "published", `service ${ZS} environment ${ZE} function ${ZH}`);
  twilio.on(`GET ${services}/${ZS}/Environments/${ZE}`, { status: 200, body: { build_sid: ZB } });
  await using engine = await Engine.at(twilio);
  await engine.delete("twilio:serverless:Variable", known(sid("ZV")));
  await engine.delete("twilio:serverless:Deployment", known(sid("ZD"), { buildSid: ZB }));
  await engine.delete("twilio:serverless:Function", known(ZH));
  await engine.delete("twilio:serverless:Environment", known(ZE));
  await engine.delete("twilio:serverless:Service", {
    id: ZS,
    inputs: { uniqueName: "a" },
    outputs: { sid: ZS },
  });
  expect(twilio.calls.filter((call) => !call.startsWith("GET"))).toEqual([]);
  // The Flows are looked up once for all of them.
  expect(twilio.calls.filter((call) => call.includes("/Flows"))).toHaveLength(2);
});

describe("a published Flow that has the URL of a Function and no SID", () => {
  const domain = "line-1234.twil.io";
  const environment = `${services}/${ZS}/Environments/${ZE}`;
  const play = async (url: string) => {
    const twilio = await PlayedTwilio.start();
    playFlow(twilio, "published", url);
    const body = { sid: ZE, domain_name: domain, build_sid: ZB };
    twilio
      .on(`GET ${services}/${ZS}/Environments`, { status: 200, body: { environments: [body], meta: {} } })
      .on(`GET ${environment}`, { status: 200, body });
    return twilio;
  };
  const deletes = ({ calls }: PlayedTwilio) => calls.filter((call) => !call.startsWith("GET"));

  test("keeps the Service and what it answers with, and looks up its domains once", async () => {
    await using twilio = await play(`https://${domain}/join?line=1`);
    await using engine = await Engine.at(twilio);
    await engine.delete("twilio:serverless:Deployment", known(sid("ZD"), { buildSid: ZB }));
    await engine.delete("twilio:serverless:Variable", known(sid("ZV")));
    await engine.delete("twilio:serverless:Function", known(ZH, { path: "/join" }));
    await engine.delete("twilio:serverless:Build", known(ZB));
    expect(deletes(twilio)).toEqual([]);
    expect(twilio.calls.filter((call) => call.endsWith("/Environments"))).toHaveLength(1);
  });

  test("keeps the Function of that path, and no other of a Service that stays", async () => {
    await using twilio = await play(`https://${domain}/join`);
    await using engine = await Engine.at(twilio);
    await engine.check("twilio:serverless:Service", { uniqueName: "a", friendlyName: "a" });
    await engine.delete("twilio:serverless:Function", known(ZH, { path: "/join" }));
    await engine.delete("twilio:serverless:Function", known(sid("ZF"), { path: "/joi" }));
    expect(deletes(twilio)).toEqual([`DELETE ${services}/${ZS}/Functions/${sid("ZF")}`]);
  });

  test("keeps nothing of a Service with another domain", async () => {
    await using twilio = await play(`https://other-${domain}/join`);
    await using engine = await Engine.at(twilio);
    await engine.delete("twilio:serverless:Function", known(ZH, { path: "/join" }));
    expect(deletes(twilio)).toEqual([`DELETE ${services}/${ZS}/Functions/${ZH}`]);
  });
});

test("a Flow that cannot be read may call anything: nothing is deleted under it", async () => {
  await using twilio = await PlayedTwilio.start();
  playFlow(twilio, "published", ZS);
  twilio.on(`GET studio.twilio.com/v2/Flows/${FW}`, { status: 403, body: { code: 20003, message: "no" } });
  await using engine = await Engine.at(twilio);
  const service = { id: ZS, inputs: { uniqueName: "a" }, outputs: { sid: ZS } };
  await expect(engine.delete("twilio:serverless:Service", service)).rejects.toThrow();
  expect(twilio.calls.filter((call) => call.startsWith("DELETE"))).toEqual([]);
});

test("a draft calls nobody, and a Variable that leaves a Service which stays is deleted", async () => {
  await using twilio = await PlayedTwilio.start();
  playFlow(twilio, "draft", ZS);
  await using destroying = await Engine.at(twilio);
  await destroying.delete("twilio:serverless:Service", {
    id: ZS,
    inputs: { uniqueName: "a" },
    outputs: { sid: ZS },
  });
  playFlow(twilio, "published", ZS);
  await using changing = await Engine.at(twilio);
  await changing.check("twilio:serverless:Service", { uniqueName: "a", friendlyName: "a" });
  await changing.delete("twilio:serverless:Variable", known(sid("ZV")));
  expect(twilio.calls.filter((call) => call.startsWith("DELETE"))).toEqual([
    `DELETE ${services}/${ZS}`,
    `DELETE ${services}/${ZS}/Environments/${ZE}/Variables/${sid("ZV")}`,
  ]);
});

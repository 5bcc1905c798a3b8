import { expect, test } from "vitest";
import { Engine, failure, HeardLog } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";
import { unknown } from "../values/value.ts";

const token = "twilio:serverless:Build";
const ZS = "ZS00000000000000000000000000000001";
const ZB = "ZB00000000000000000000000000000001";
const [one, two] = ["ZN00000000000000000000000000000001", "ZN00000000000000000000000000000002"];
const builds = `serverless.twilio.com/v1/Services/${ZS}/Builds`;
const inputs = {
  serviceSid: ZS,
  functionVersions: [one, two],
  dependencies: { twilio: "6.2.0" },
  runtime: "node22",
};
const shown = {
  sid: ZB,
  service_sid: ZS,
  status: "building",
  function_versions: [
    { sid: two, path: "/b" },
    { sid: one, path: "/a" },
  ],
  asset_versions: [],
  dependencies: [{ name: "twilio", version: "6.2.0" }],
  runtime: "node22",
};
const old = { id: ZB, inputs, outputs: { ...inputs, sid: ZB, status: "completed" } };

test("is polled until it is completed, and shows versions and dependencies as the program writes them", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${builds}`, { status: 201, body: shown }).on(`GET ${builds}/${ZB}/Status`, (_, times) => ({
    status: 200,
    body: { status: times < 2 ? "building" : "completed" },
  }));
  await using engine = await Engine.at(twilio);
  const created = await engine.create(token, inputs);
  expect(created).toMatchObject({
    id: ZB,
    outputs: { status: "completed", functionVersions: [one, two], dependencies: { twilio: "6.2.0" } },
  });
  expect([...(twilio.requests[0]?.form ?? [])]).toEqual([
    ["FunctionVersions", one],
    ["FunctionVersions", two],
    ["Dependencies", '[{"name":"twilio","version":"6.2.0"}]'],
    ["Runtime", "node22"],
  ]);
  expect(twilio.calls.filter((call) => call.endsWith("/Status"))).toHaveLength(2);
});

test("that failed is taken away, and says why from Twilio's Debugger", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio
    .on(`POST ${builds}`, { status: 201, body: shown })
    .on(`GET ${builds}/${ZB}/Status`, { status: 200, body: { status: "failed" } })
    .on(`DELETE ${builds}/${ZB}`, { status: 204 })
    .on("GET monitor.twilio.com/v1/Alerts", {
      status: 200,
      body: {
        alerts: [
          { resource_sid: "ZBother", alert_text: "no" },
          { resource_sid: ZB, error_code: "82007", alert_text: "npm has no twilio@99" },
        ],
      },
    });
  await using engine = await Engine.at(twilio);
  const { message, half } = await failure(engine.create(token, inputs));
  expect(message).toContain(`Build ${ZB} failed: npm has no twilio@99. (error 82007)`);
  expect(message).toContain("The running deployment is not changed");
  expect(half).toBeUndefined();
  expect(twilio.calls).toContain(`DELETE ${builds}/${ZB}`);
});

test("that the engine stops waiting for is kept, and waited for again by the next update", async () => {
  await using twilio = await PlayedTwilio.start();
  await using engine = await Engine.at(twilio);
  twilio.on(`POST ${builds}`, { status: 201, body: shown }).on(`GET ${builds}/${ZB}/Status`, () => {
    void engine.cancel();
    return { status: 200, body: { status: "building" } };
  });
  const { half } = await failure(engine.create(token, inputs));
  expect(half).toMatchObject({ id: ZB, outputs: { status: "building" } });

  twilio.on(`GET ${builds}/${ZB}/Status`, { status: 200, body: { status: "completed" } }).forget();
  await using next = await Engine.at(twilio);
  const updated = await next.update(token, { id: ZB, inputs, outputs: half?.outputs ?? {} }, inputs);
  expect(updated.outputs["status"]).toBe("completed");
  expect(twilio.calls).toEqual([`GET ${builds}/${ZB}/Status`]);
});

test("is another one when its set of versions, its dependencies or its runtime change, and only then", async () => {
  await using engine = await Engine.start();
  expect(await engine.diff(token, old, { ...inputs, functionVersions: [two, one] })).toMatchObject({
    changes: "none",
  });
  const { inputs: listed } = await engine.check(token, {
    ...inputs,
    dependencies: [{ name: "twilio", version: "6.2.0" }],
  });
  expect(await engine.diff(token, old, listed)).toMatchObject({ changes: "none" });
  expect(await engine.diff(token, old, { ...inputs, functionVersions: [one, unknown] })).toMatchObject({
    replaces: ["functionVersions"],
    deleteBeforeReplace: false,
  });
  expect(await engine.diff(token, old, { ...inputs, dependencies: { twilio: "6.2.1" } })).toMatchObject({
    detailed: { 'dependencies["twilio"]': "UPDATE_REPLACE" },
  });
});

test("never drifts: what a refresh reads of it is not held against the program", async () => {
  await using twilio = await PlayedTwilio.start();
  const resolved = [
    { name: "twilio", version: "6.2.0" },
    { name: "@twilio/runtime-handler", version: "2.1.2" },
  ];
  twilio.on(`GET ${builds}/${ZB}`, {
    status: 200,
    body: { ...shown, status: "completed", dependencies: resolved },
  });
  await using engine = await Engine.at(twilio);
  expect((await engine.read(token, old))?.inputs).toEqual(inputs);
});

test("that an Environment elsewhere still runs stays at Twilio, with a warning and no failure", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`DELETE ${builds}/${ZB}`, {
    status: 400,
    body: { code: 20001, message: "Cannot delete Build because it's part of an active Deployment." },
  });
  await using engine = await Engine.at(twilio, { deletable: ["*"] });
  await engine.delete(token, old);
  expect(twilio.calls).toEqual([`DELETE ${builds}/${ZB}`]);
});

test("dependencies that are neither a map nor a list are refused", async () => {
  await using engine = await Engine.start();
  const { failures } = await engine.check(token, { ...inputs, dependencies: "twilio" });
  expect(failures).toMatchObject([{ property: "dependencies" }]);
});

test("that failed without a word of Twilio's names the Function that cannot be parsed, else what it asked of npm", async () => {
  await using twilio = await PlayedTwilio.start();
  const versions = [
    { sid: one, function_sid: "ZH1", path: "/good" },
    { sid: two, function_sid: "ZH2", path: "/bad" },
  ];
  const content = (holder: string, version: string) =>
    `GET serverless.twilio.com/v1/Services/${ZS}/Functions/${holder}/Versions/${version}/Content`;
  twilio
    .on(`POST ${builds}`, { status: 201, body: shown })
    .on(`GET ${builds}/${ZB}/Status`, { status: 200, body: { status: "failed" } })
    .on(`GET ${builds}/${ZB}`, { status: 200, body: { ...shown, function_versions: versions } })
    .on(`DELETE ${builds}/${ZB}`, { status: 204 })
    .on(content("ZH1", one), { status: 200, body: { content: "exports.handler = 1;" } })
    .on(content("ZH2", two), { status: 200, body: { content: "\nexports.handler = ;" } });
  await using engine = await Engine.at(twilio);
  const { message } = await failure(engine.create(token, inputs));
  expect(message).toContain(`Build ${ZB} failed: /bad:2: SyntaxError: Unexpected token ';'.`);
  twilio.on(content("ZH2", two), { status: 200, body: { content: "exports.handler = 1;" } });
  const { message: other } = await failure(engine.create(token, inputs));
  expect(other).toContain("npm does not have among twilio@6.2.0");
});

test("says how long it has been building while it does", async () => {
  await using twilio = await PlayedTwilio.start();
  await using log = await HeardLog.start();
  twilio.on(`POST ${builds}`, { status: 201, body: shown }).on(`GET ${builds}/${ZB}/Status`, (_, times) => ({
    status: 200,
    body: { status: times < 2 ? "building" : "completed" },
  }));
  await using engine = await Engine.at(twilio, {}, { log });
  await engine.create(token, inputs);
  const said = await log.heard(({ message }) => message.includes(ZB));
  expect(said.message).toMatch(/^Build ZB\w+ is building, \d+ s$/);
  expect(said).toMatchObject({ ephemeral: true, urn: expect.stringContaining(token) as string });
});

test("one that stays because another Environment runs it is said, with how to be rid of it", async () => {
  await using twilio = await PlayedTwilio.start();
  await using log = await HeardLog.start();
  twilio.on(`DELETE ${builds}/${ZB}`, {
    status: 400,
    body: { code: 20001, message: "Cannot delete Build because it's part of an active Deployment." },
  });
  await using engine = await Engine.at(twilio, { deletable: ["*"] }, { log });
  await engine.delete(token, old);
  const { message } = await log.heard(() => true);
  expect(message).toContain(`DELETE https://${builds}/${ZB}`);
});

test("what Twilio puts into every Build is no change after an import, whether the program names it or not", async () => {
  await using twilio = await PlayedTwilio.start();
  const dependencies = [
    { name: "twilio", version: "6.2.0" },
    { name: "@twilio/runtime-handler", version: "2.1.0" },
    { name: "lodash", version: "4.17.21" },
  ];
  twilio.on(`GET ${builds}/${ZB}`, {
    status: 200,
    body: { ...shown, status: "completed", dependencies },
  });
  await using engine = await Engine.at(twilio);
  const read = await engine.read(token, { id: `${ZS}/${ZB}`, inputs: {}, outputs: {} });
  if (read === undefined) throw new Error("the Build is not there");
  expect(read.inputs["dependencies"]).toEqual({ lodash: "4.17.21" });
  const wants = async (wanted: Readonly<Record<string, string>>) =>
    (await engine.diff(token, read, { ...read.inputs, dependencies: wanted })).changes;
  expect(await wants({ lodash: "4.17.21" })).toBe("none");
  expect(await wants({ lodash: "4.17.21", twilio: "6.2.0" })).toBe("none");
  expect(await wants({ lodash: "4.17.21", twilio: "6.3.1" })).toBe("some");
  expect(await wants({})).toBe("some");
});

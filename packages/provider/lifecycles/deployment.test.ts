import { expect, test } from "vitest";
import { Engine } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";
import { Unknown, unknown } from "../values/value.ts";

const token = "twilio:serverless:Deployment";
const ZS = "ZS00000000000000000000000000000001";
const ZE = "ZE00000000000000000000000000000001";
const [first, second] = ["ZB00000000000000000000000000000001", "ZB00000000000000000000000000000002"];
const environment = `serverless.twilio.com/v1/Services/${ZS}/Environments/${ZE}`;
const inputs = { serviceSid: ZS, environmentSid: ZE, buildSid: first };
const old = { id: "ZD1", inputs, outputs: { ...inputs, sid: "ZD1" } };

test("another Build is one more POST, and the resource stays the one it was", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${environment}/Deployments`, ({ form }) => ({
    status: 201,
    body: { sid: "ZD2", build_sid: form.get("BuildSid") ?? "" },
  }));
  await using engine = await Engine.at(twilio);
  expect(await engine.diff(token, old, { ...inputs, buildSid: unknown })).toMatchObject({
    replaces: [],
    detailed: { buildSid: "UPDATE" },
  });
  const preview = await engine.update(token, old, { ...inputs, buildSid: unknown }, true);
  expect(preview.outputs["sid"]).toBeInstanceOf(Unknown);
  const updated = await engine.update(token, old, { ...inputs, buildSid: second });
  expect(twilio.calls).toEqual([`POST ${environment}/Deployments`]);
  expect(updated).toMatchObject({ id: "ZD1", outputs: { sid: "ZD2", buildSid: second } });
});

const isRunning = { code: 20409, message: "Environment already has requested deployment.", status: 409 };

test("I1: a Build that runs already is taken over by the record of its Deployment", async () => {
  await using twilio = await PlayedTwilio.start();
  const list = {
    deployments: [
      { sid: "ZD3", build_sid: second },
      { sid: "ZD2", build_sid: first },
    ],
    meta: { key: "deployments", next_page_url: null },
  };
  twilio
    .on(`POST ${environment}/Deployments`, { status: 409, body: isRunning })
    .on(`GET ${environment}/Deployments`, { status: 200, body: list });
  await using engine = await Engine.at(twilio);
  expect(await engine.create(token, inputs)).toMatchObject({ id: "ZD2", outputs: { sid: "ZD2" } });
});

test("I1: a refusal because the Build runs already speaks of no name", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio
    .on(`POST ${environment}/Deployments`, { status: 409, body: isRunning })
    .on(`GET ${environment}/Deployments`, {
      status: 200,
      body: { deployments: [], meta: { key: "deployments" } },
    });
  await using engine = await Engine.at(twilio);
  await expect(engine.create(token, inputs)).rejects.toThrow(/runs this Build already.*pulumi refresh/);
});

test("a refresh asks the Environment what runs", async () => {
  await using twilio = await PlayedTwilio.start();
  await using engine = await Engine.at(twilio);
  twilio.on(`GET ${environment}`, { status: 200, body: { sid: ZE, build_sid: first } });
  expect((await engine.read(token, old))?.inputs).toEqual(inputs);
  twilio.on(`GET ${environment}`, { status: 200, body: { sid: ZE, build_sid: second } });
  expect((await engine.read(token, old))?.inputs).toEqual({ ...inputs, buildSid: second });
  twilio.on(`GET ${environment}`, { status: 200, body: { sid: ZE, build_sid: null } });
  expect(await engine.read(token, old)).toBeUndefined();
  expect(twilio.calls).toHaveLength(3);
});

test("deleting undeploys while our Build runs, and touches nothing else", async () => {
  await using twilio = await PlayedTwilio.start();
  await using engine = await Engine.at(twilio, { deletable: ["*"] });
  twilio.on(`GET ${environment}`, { status: 200, body: { sid: ZE, build_sid: second } });
  await engine.delete(token, old);
  expect(twilio.calls).toEqual([`GET ${environment}`]);

  twilio.forget();
  twilio
    .on(`GET ${environment}`, { status: 200, body: { sid: ZE, build_sid: first } })
    .on(`POST ${environment}/Deployments`, { status: 201, body: { sid: "ZD3", build_sid: null } });
  await engine.delete(token, old);
  expect(twilio.calls).toEqual([`GET ${environment}`, `POST ${environment}/Deployments`]);
  expect(twilio.requests[1]?.text).toBe("");
});

test("deleting is done when the Environment is gone", async () => {
  await using twilio = await PlayedTwilio.start();
  await using engine = await Engine.at(twilio);
  await engine.delete(token, old);
  expect(twilio.calls).toEqual([`GET ${environment}`]);
});

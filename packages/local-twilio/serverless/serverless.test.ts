import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { buildOf, deploy, upload } from "../testing/deploy.ts";
import { textOf } from "../json.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
beforeAll(async () => {
  local = await startForTest();
});
afterAll(() => local[Symbol.asyncDispose]());

const host = "serverless.twilio.com/v1/Services";
const hello = {
  path: "/hello",
  source: "exports.handler = (context, event, callback) => callback(null, `hello ${event.name}`);",
};

async function service(name: string): Promise<string> {
  const { body } = await local.call("POST", host, { UniqueName: name, FriendlyName: name });
  return textOf(body["sid"]);
}

test("a Service's name has rules, and there is one of each", async () => {
  const refused = async (UniqueName: string) =>
    (await local.call("POST", host, { UniqueName, FriendlyName: "x" })).body;
  expect(await refused("under_score")).toMatchObject({ code: 20001, status: 400 });
  expect(await refused("x".repeat(51))).toMatchObject({ code: 20001 });
  await service("twice");
  expect(await refused("twice")).toMatchObject({ code: 20409, status: 409 });
  const { body } = await local.call("POST", host, { UniqueName: "named", FriendlyName: "x" });
  expect(body).toMatchObject({ include_credentials: true, ui_editable: false });
  expect(body["domain_base"]).toMatch(/^named-\d{4}$/);
});

test("an Environment's domain is its Service's with its suffix; names and suffixes clash", async () => {
  const sid = await service("domains");
  const add = async (form: Record<string, string>) =>
    (await local.call("POST", `${host}/${sid}/Environments`, form)).body;
  expect((await add({ UniqueName: "dev", DomainSuffix: "dev" }))["domain_name"]).toMatch(
    /^domains-\d{4}-dev\.twil\.io$/,
  );
  expect((await add({ UniqueName: "production" }))["domain_name"]).toMatch(/^domains-\d{4}\.twil\.io$/);
  const clash = { code: 20409, message: "Environment with this UniqueName or DomainSuffix already exists." };
  expect(await add({ UniqueName: "dev", DomainSuffix: "other" })).toMatchObject(clash);
  expect(await add({ UniqueName: "other", DomainSuffix: "dev" })).toMatchObject(clash);
  expect(await add({ UniqueName: "other" })).toMatchObject(clash);
});

test("what was uploaded can be read back", async () => {
  const sid = await service("contents");
  const { body: holder } = await local.call("POST", `${host}/${sid}/Functions`, { FriendlyName: "hello" });
  const versions = `v1/Services/${sid}/Functions/${textOf(holder["sid"])}/Versions`;
  const { status, body } = await local.call(
    "POST",
    `serverless-upload.twilio.com/${versions}`,
    upload(hello),
  );
  expect(status).toBe(201);
  expect(body).toMatchObject({ path: "/hello", visibility: "public", function_sid: holder["sid"] });
  const content = await local.call("GET", `serverless.twilio.com/${versions}/${textOf(body["sid"])}/Content`);
  expect(content.body["content"]).toBe(hello.source);
  const bad = await local.call(
    "POST",
    `serverless-upload.twilio.com/${versions}`,
    upload({ ...hello, path: "hello" }),
  );
  expect(bad.body).toMatchObject({ code: 20001, status: 400 });
});

test("a Build needs something to build, and a runtime that there is", async () => {
  const sid = await service("builds");
  const empty = await local.call("POST", `${host}/${sid}/Builds`, {});
  expect(empty.body).toMatchObject({
    code: 20001,
    message: "At least one Function Version or Asset Version is required for Build.",
  });
  for (const Runtime of ["node10", "node18", "node99"]) {
    const refused = await buildOf(local, sid, [hello], { Runtime });
    expect(refused.body).toMatchObject({ code: 20001, message: `unsupported runtime: ${Runtime}` });
  }
  // I24: Node 20 has reached its end; what is not named is younger.
  const unnamed = await buildOf(local, sid, [hello]);
  expect(unnamed.body).toMatchObject({ runtime: "node22" });
});

test("a Build is building when it is created and completed when it is asked for", async () => {
  const sid = await service("asynchronous");
  const { body } = await buildOf(local, sid, [hello], {
    Dependencies: '"[{"name":"twilio","version":"6.2.0"}]"',
  });
  expect(body).toMatchObject({
    status: "building",
    runtime: "node22",
    dependencies: [
      { name: "twilio", version: "6.2.0" },
      { name: "@twilio/runtime-handler", version: "2.1.0" },
    ],
  });
  await local.twilio.idle();
  const status = await local.call("GET", `${host}/${sid}/Builds/${textOf(body["sid"])}/Status`);
  expect(status.body["status"]).toBe("completed");
});

test("control decides when Builds complete", async () => {
  const sid = await service("slow");
  await local.control("POST", "lifecycles/build", { mode: "manual" });
  const { body } = await buildOf(local, sid, [hello]);
  const status = async () =>
    (await local.call("GET", `${host}/${sid}/Builds/${textOf(body["sid"])}/Status`)).body["status"];
  await local.twilio.idle();
  expect(await status()).toBe("building");
  expect((await local.control("POST", "lifecycles/build/advance")).body).toEqual({ advanced: 1 });
  expect(await status()).toBe("completed");
  await local.control("POST", "lifecycles/build", { mode: "timed", seconds: 60 });
  const later = await buildOf(local, sid, [{ ...hello, path: "/later" }]);
  await local.twilio.idle();
  await local.control("POST", "clock/advance", { seconds: 61 });
  const { body: done } = await local.call("GET", `${host}/${sid}/Builds/${textOf(later.body["sid"])}`);
  expect(done["status"]).toBe("completed");
  await local.control("POST", "lifecycles/build", { mode: "immediate" });
});

test("a Function that cannot be parsed fails the Build, and the event says where", async () => {
  const sid = await service("broken");
  const { body } = await buildOf(local, sid, [
    { path: "/broken", source: "exports.handler = (\n  context,, event) => 1;" },
  ]);
  await local.twilio.idle();
  const status = await local.call("GET", `${host}/${sid}/Builds/${textOf(body["sid"])}/Status`);
  expect(status.body["status"]).toBe("failed");
  const failed = local.twilio.events.after(0).findLast(({ type }) => type === "deployment.build.failed");
  expect(failed).toMatchObject({
    sid: body["sid"],
    data: { reason: "/broken:2: SyntaxError: Unexpected token ','" },
  });
  const { body: debug } = await local.call("GET", "monitor.twilio.com/v1/Alerts?LogLevel=error");
  expect(debug["alerts"]).toMatchObject([
    { resource_sid: body["sid"], alert_text: "/broken:2: SyntaxError: Unexpected token ','" },
  ]);
  const environment = await local.call("POST", `${host}/${sid}/Environments`, { UniqueName: "dev" });
  const deployments = `${host}/${sid}/Environments/${textOf(environment.body["sid"])}/Deployments`;
  const refused = await local.call("POST", deployments, { BuildSid: textOf(body["sid"]) });
  expect(refused.body).toMatchObject({ code: 20009, status: 400 });
});

test("a deployed Function runs; its Variables are live; an empty Deployment takes it down", async () => {
  const source =
    "exports.handler = (context, event, callback) => callback(null, context.GREETING || 'none');";
  const {
    service: sid,
    environment,
    domain,
    build,
  } = await deploy(local, "lively", [{ path: "/greet", source }]);
  const greet = async () => {
    const answer = await fetch(`${local.endpoint}/${domain}/greet`);
    return [answer.status, await answer.text()];
  };
  expect(await greet()).toEqual([200, "none"]);
  const variables = `${host}/${sid}/Environments/${environment}/Variables`;
  const { body: variable } = await local.call("POST", variables, { Key: "GREETING", Value: "hello" });
  expect(await greet()).toEqual([200, "hello"]);
  await local.call("POST", `${variables}/${textOf(variable["sid"])}`, { Value: "good day" });
  expect(await greet()).toEqual([200, "good day"]);

  const refused = await local.call("DELETE", `${host}/${sid}/Builds/${build}`);
  expect(refused.body["message"]).toBe("Cannot delete Build because it's part of an active Deployment.");
  await local.call("POST", `${host}/${sid}/Environments/${environment}/Deployments`, {});
  expect((await greet())[0]).toBe(404);
  expect((await local.call("DELETE", `${host}/${sid}/Builds/${build}`)).status).toBe(204);
});

test("a Service without credentials gives its Functions none, and still knows Twilio's requests", async () => {
  const source =
    "exports.handler = (context, event, callback) => callback(null, `${'ACCOUNT_SID' in context} ${'AUTH_TOKEN' in context}`);";
  const guarded = { path: "/guarded", source, visibility: "protected" } as const;
  const { service: sid, domain } = await deploy(local, "without", [{ path: "/told", source }, guarded]);
  const told = async () => (await fetch(`${local.endpoint}/${domain}/told`)).text();
  expect(await told()).toBe("true true");
  await local.call("POST", `${host}/${sid}`, { IncludeCredentials: "false" });
  expect(await told()).toBe("false false");
  const url = `https://${domain}/guarded`;
  const invoked = await local.control("POST", "functions/invoke", { url, parameters: {} });
  expect(invoked.body).toMatchObject({ status: 200, body: "false false" });
  await local.call("POST", `${host}/${sid}`, { IncludeCredentials: "true" });
  expect(await told()).toBe("true true");
});

test("a Variable holds 450 bytes and a key is there once", async () => {
  const sid = await service("variables");
  const { body } = await local.call("POST", `${host}/${sid}/Environments`, { UniqueName: "dev" });
  const variables = `${host}/${sid}/Environments/${textOf(body["sid"])}/Variables`;
  expect((await local.call("POST", variables, { Key: "A", Value: "é".repeat(225) })).status).toBe(201);
  expect((await local.call("POST", variables, { Key: "B", Value: "é".repeat(226) })).body).toMatchObject({
    code: 20001,
  });
  expect((await local.call("POST", variables, { Key: "A", Value: "again" })).body).toMatchObject({
    code: 20409,
  });
});

test("a protected Function runs for Twilio alone; what it writes is in the log", async () => {
  const source =
    "exports.handler = (context, event, callback) => { console.warn('careful', event.name); callback(null, { name: event.name }); };";
  const {
    service: sid,
    environment,
    domain,
  } = await deploy(local, "guarded", [{ path: "/guarded", source, visibility: "protected" }]);
  expect((await fetch(`${local.endpoint}/${domain}/guarded?name=x`)).status).toBe(403);
  await local.control("POST", "switches", { signatureRejection: 400 });
  expect((await fetch(`${local.endpoint}/${domain}/guarded?name=x`)).status).toBe(400);
  const invoked = await local.control("POST", "functions/invoke", {
    url: `https://${domain}/guarded`,
    parameters: { name: "Ada" },
  });
  expect(invoked.body).toMatchObject({ status: 200, body: '{"name":"Ada"}' });
  const logs = await local.call("GET", `${host}/${sid}/Environments/${environment}/Logs`);
  expect(logs.body["logs"]).toMatchObject([{ level: "warning", message: "careful Ada" }]);
  const { body: debug } = await local.call("GET", "monitor.twilio.com/v1/Alerts?LogLevel=warning");
  expect(debug["alerts"]).toMatchObject([{ error_code: "82004", alert_text: "careful Ada" }]);
  expect(local.twilio.events.after(0).at(-1)).toMatchObject({
    type: "function.invoked",
    parent: environment,
  });
});

test("a parameter that stands several times is signed and read as a list", async () => {
  const source =
    "exports.handler = (context, event, callback) => callback(null, { n: event.n, m: event.m });";
  const { domain } = await deploy(local, "lists", [{ path: "/guarded", source, visibility: "protected" }]);
  for (const method of ["POST", "GET"]) {
    const parameters = { n: ["2", "1"], m: "3" };
    const invoked = await local.control("POST", "functions/invoke", {
      ...{ url: `https://${domain}/guarded`, method, parameters },
    });
    expect(invoked.body).toMatchObject({ status: 200, body: '{"n":["2","1"],"m":"3"}' });
  }
});

test("a path with a space or an umlaut is found under its URL", async () => {
  const source = "exports.handler = (context, event, callback) => callback(null, context.PATH);";
  const { domain } = await deploy(local, "words", [{ path: "/büro/open hours", source }]);
  const answer = await fetch(`${local.endpoint}/${domain}/büro/open hours`);
  expect([answer.status, await answer.text()]).toEqual([200, "/büro/open hours"]);
  expect((await fetch(`${local.endpoint}/${domain}/%E0%A4%A`)).status).toBe(404);
});

test("I3: the default Sync Service is there as soon as a Function asks for it", async () => {
  const source = `exports.handler = async (context, event, callback) => {
    const sync = Runtime.getSync();
    await sync.documents.create({ uniqueName: "greeting", data: { text: "hello" } });
    callback(null, (await sync.documents("greeting").fetch()).data.text);
  };`;
  const { domain } = await deploy(local, "synced", [{ path: "/greet", source }]);
  expect(await (await fetch(`${local.endpoint}/${domain}/greet`)).text()).toBe("hello");
  const { body } = await local.call("GET", "sync.twilio.com/v1/Services/default");
  expect(body).toMatchObject({ unique_name: "default" });
  expect((await local.call("GET", "sync.twilio.com/v1/Services/other")).status).toBe(404);
});

test("I2, I26: a Build that names no dependency has the helper library all the same, and says so", async () => {
  const sid = await service("bare");
  const source =
    "exports.handler = (context, event, callback) => callback(null, new Twilio.twiml.MessagingResponse());";
  const build = await buildOf(local, sid, [{ path: "/twiml", source }]);
  expect(build.body["dependencies"]).toMatchObject([{ name: "twilio" }, { name: "@twilio/runtime-handler" }]);
  const { body: environment } = await local.call("POST", `${host}/${sid}/Environments`, {
    UniqueName: "dev",
  });
  await local.twilio.idle();
  const deployments = `${host}/${sid}/Environments/${textOf(environment["sid"])}/Deployments`;
  await local.call("POST", deployments, { BuildSid: textOf(build.body["sid"]) });
  const answer = await fetch(`${local.endpoint}/${textOf(environment["domain_name"])}/twiml`);
  expect(await answer.text()).toContain("<Response/>");
});

test("I27: a dependency that the registry does not know is refused at once", async () => {
  await using registry = createServer((_, response) => void response.writeHead(404).end("{}"));
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  const { port } = registry.address() as AddressInfo;
  vi.stubEnv("npm_config_registry", `http://127.0.0.1:${port}/`);
  const sid = await service("unknown-dependency");
  const Dependencies = JSON.stringify([{ name: "left-pad-of-nobody", version: "^1.0.0" }]);
  const { status, body } = await buildOf(local, sid, [hello], { Dependencies });
  vi.unstubAllEnvs();
  expect([status, body["code"], body["message"]]).toEqual([
    400,
    20001,
    "Some dependencies could not be validated. No matching version found for left-pad-of-nobody@^1.0.0.",
  ]);
});

/**
 * `pulumi import` with the real CLI: what somebody made without Pulumi comes into a state, and a program that says what is
 * there then changes nothing.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askControl } from "./control.ts";
import { foreignClient } from "./foreign-client.ts";
import { pulumi } from "./plain-pulumi.ts";
import { ServerlessStack } from "./serverless-stack.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
// Beside the program itself, from where its packages and the provider are found.
const program = join(here, `.run-imported-${process.pid}`);
let folder: string;
let local: LocalTwilio;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "imported-"));
  local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  await askControl(local.endpoint, "seed", { numbers: [{ phoneNumber: "+15550100001" }] });
  await cp(join(here, "imported"), program, { recursive: true });
  await mkdir(join(folder, "state"));
});
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
  await rm(program, { recursive: true, force: true });
});

/** Makes everything without Pulumi; SIDs by the names of the program. */
async function madeElsewhere(): Promise<Record<string, string>> {
  const stack = new ServerlessStack(local, "imported");
  await stack.up(
    { "/hello": "exports.handler = (context, event, callback) => callback();" },
    { runtime: "node22" },
  );
  const [service, environment] = [stack.id("service"), stack.id("environment")];
  const { serverless, studio, conversations } = foreignClient(local);
  const variable = await serverless.v1
    .services(service)
    .environments(environment)
    .variables.create({ key: "LINE", value: "support" });
  const definition: unknown = JSON.parse(await readFile(join(program, "flow.json"), "utf8"));
  const flow = await studio.v2.flows.create({ friendlyName: "imported", status: "published", definition });
  await studio.v2
    .flows(flow.sid)
    .testUsers()
    .update({ testUsers: ["+15550100201"] });
  const line = await conversations.v1.services.create({ friendlyName: "imported" });
  const address = await conversations.v1.addressConfigurations.create({
    type: "sms",
    address: "+15550100001",
    friendlyName: "imported",
    "autoCreation.type": "studio",
    "autoCreation.enabled": true,
    "autoCreation.studioFlowSid": flow.sid,
  });
  const { versionSid } = stack.known("/hello").outputs;
  const { outputs } = stack.known("deployment");
  return {
    service,
    environment,
    variable: variable.sid,
    function: stack.id("/hello"),
    version: textOf(versionSid),
    build: stack.id("build"),
    deployment: textOf(outputs["sid"]),
    conversations: line.sid,
    flow: flow.sid,
    address: address.sid,
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

test("everything that is there comes into the state, and the program that says so changes nothing", async () => {
  const sids = await madeElsewhere();
  const sid = (name: string): string => sids[name] ?? "";
  const run = async (...words: string[]) => {
    const environment = {
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "fictional",
      TWILIO_ACCOUNT_SID: local.accountSid,
      TWILIO_AUTH_TOKEN: local.authToken,
    };
    const answer = await pulumi(program, environment, ...words, "--non-interactive");
    expect([answer.code, answer.code === 0 ? "" : answer.stdout + answer.stderr]).toEqual([0, ""]);
    return answer.stdout;
  };
  await run("stack", "init", "test");
  const settings = Object.entries(sids).map(([name, value]) => ["--plaintext", `${name}=${value}`]);
  await run("config", "set-all", ...settings.flat(), "--plaintext", `twilio:endpoint=${local.endpoint}`);

  const inService = (name: string) => `${sid("service")}/${sid(name)}`;
  const inEnvironment = (name: string) => `${sid("service")}/${sid("environment")}/${sid(name)}`;
  const resources = [
    { type: "twilio:serverless:Service", name: "service", id: sid("service") },
    { type: "twilio:serverless:Environment", name: "environment", id: inService("environment") },
    { type: "twilio:serverless:Variable", name: "variable", id: inEnvironment("variable") },
    { type: "twilio:serverless:Function", name: "function", id: inService("function") },
    { type: "twilio:serverless:Build", name: "build", id: inService("build") },
    { type: "twilio:serverless:Deployment", name: "deployment", id: inEnvironment("deployment") },
    { type: "twilio:conversations:Service", name: "conversations", id: sid("conversations") },
    { type: "twilio:studio:Flow", name: "flow", id: sid("flow") },
    { type: "twilio:conversations:AddressConfiguration", name: "address", id: sid("address") },
    { type: "twilio:studio:FlowTestUser", name: "testers", id: sid("flow") },
  ];
  const list = join(folder, "resources.json");
  await writeFile(list, JSON.stringify({ resources }));
  await run("import", "--file", list, "--generate-code=false", "--protect=false", "--yes", "--skip-preview");

  await run("preview", "--expect-no-changes");
  await run("up", "--yes", "--skip-preview", "--refresh", "--expect-no-changes");
});

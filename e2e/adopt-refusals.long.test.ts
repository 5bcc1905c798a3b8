/** What cannot be adopted, and what is adopted with a word about it. Each says the place and the way out. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { drawnFlow } from "@support-line/studio/testing";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  conversationEntry,
  deployedProject,
  functionAt,
  greetingFlow,
  toolkitProject,
} from "./adopted/foreign-account.ts";
import { ProjectCopy, type CommandRun } from "./project-copy.ts";
import { foreignClient } from "./foreign-client.ts";

const line = "+15550100004";

let folder: string;
let twilio: LocalTwilio;
let client: Twilio;
let copy: ProjectCopy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "adopt-refusals-"));
  twilio = await startLocalTwilio({ folder, port: 0 });
  client = foreignClient(twilio);
  copy = await ProjectCopy.create({
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
  });
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

function adopt(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return copy.stage(["adopt", ...words, "--endpoint", twilio.endpoint], environment);
}
function expectRefusal(run: CommandRun, said: RegExp, code = 2): void {
  expect(run.stderr.trim().split("\n")).toHaveLength(1);
  expect(run.stderr).toMatch(said);
  expect(run.code).toBe(code);
}

describe("credentials", () => {
  test("that are expired or another account's", async () => {
    const run = await adopt(["prod"], { TWILIO_AUTH_TOKEN: "0".repeat(32) });
    expectRefusal(
      run,
      /do not open account AC\w{32}; 127[.\d:]+ answered 401 \(20003\).*make a new one under/,
      3,
    );
    const key = { TWILIO_API_KEY: `SK${"0".repeat(32)}`, TWILIO_API_SECRET: "expired" };
    expectRefusal(await adopt(["prod"], key), /^The credentials do not open account/, 3);
  });

  test("by an API key, without the auth token", async () => {
    const { sid, secret } = await client.newKeys.create({ friendlyName: "adopt" });
    const key = { TWILIO_AUTH_TOKEN: "", TWILIO_API_KEY: sid, TWILIO_API_SECRET: secret };
    expectRefusal(await adopt(["prod"], key), /has no line to adopt/);
    expectRefusal(await adopt(["prod"], { TWILIO_AUTH_TOKEN: "" }), /^Stage prod has no credentials:/);
  });

  test("of no account, and of another than the stage file names", async () => {
    expectRefusal(
      await adopt(["prod"], { TWILIO_ACCOUNT_SID: "" }),
      /^Which account is stage prod adopted from/,
    );
    const [mine, theirs] = [twilio.accountSid, `AC${"12".repeat(16)}`];
    const file = join(copy.folder, "Pulumi.prod.yaml");
    await writeFile(file, `config:\n  support-line:accountSid: ${theirs}\n`);
    expectRefusal(
      await adopt(["prod"]),
      new RegExp(`belongs to account ${theirs}, but TWILIO_ACCOUNT_SID is ${mine}`),
    );
    await rm(file);
  });
});

describe("an account", () => {
  test("in which nothing brings a message to a Flow", async () => {
    expectRefusal(
      await adopt(["prod"]),
      /has no line to adopt: no address brings messages to a Flow \(no Flow answers any number\).*address configuration of type studio/,
    );
  });

  test("whose Flow uses a widget that is in no catalogue: kept as it is, and named", async () => {
    await deployedProject({ ...twilio, folder });
    const greeting = greetingFlow(await functionAt(client, "/greet")) as { states: object[] };
    const odd = {
      name: "odd",
      type: "transmogrify-text",
      transitions: [{ event: "done" }],
      properties: { how: "so" },
    };
    await conversationEntry(client, {
      address: line,
      definition: { ...greeting, states: [...greeting.states, odd] },
    });
    const run = await adopt(["prod", "--name", "odd"]);
    expect(run.stderr).toBe("");
    expect(run.stdout).toMatch(
      /widget odd: type "transmogrify-text" is not in this catalogue.*kept as it is/,
    );
    const { states } = JSON.parse(await readFile(join(copy.folder, "flow-templates/odd.json"), "utf8")) as {
      states: unknown[];
    };
    expect(states).toContainEqual(odd);
    expect((await copy.stage(["check", "prod"])).stdout).toMatch(/^prod {2}fine/m);
  });

  test("with several lines: named, and one is chosen by its address", async () => {
    const definition = greetingFlow(await functionAt(client, "/greet"));
    await conversationEntry(client, { address: "+15550100006", definition });
    expectRefusal(
      await adopt(["second"]),
      /More than one line could be meant: \+15550100004 → Flow FW\w{32} \(by Conversations\); \+15550100006 .*--address/,
    );
    const run = await adopt(["second", "--address", "+15550100006", "--name", "second"]);
    expect(run.stderr).toBe("");
    expect(run.stdout).toMatch(
      /address \+15550100004 \(Flow FW\w{32}\): adopt it too, into this stage or one of its own/,
    );
  });

  test("under the name of something that is there as code", async () => {
    const file = join(copy.folder, "flow-templates/own-words.ts");
    await writeFile(file, "export const words = [];\n");
    expectRefusal(
      await adopt(["fifth", "--address", "+15550100006", "--name", "own-words"]),
      /^flow-templates\/own-words\.ts would be overwritten\. Nothing was written/,
    );
    await rm(file);
  });

  test("whose number answers beside the Conversations, through whatever", async () => {
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
    const own = client.incomingPhoneNumbers(number?.sid ?? "");
    await own.update({ smsUrl: "https://demo.twilio.com/welcome/sms/reply" });
    const words = ["third", "--address", line, "--name", "third"];
    expectRefusal(
      await adopt(words),
      /Two things answer \+15550100004: .*and the number's own SMS webhook is https:\/\/demo\.twilio\.com/,
    );
    await own.update({ smsUrl: "" });

    const inboundRequestUrl = "https://old.example/sms";
    const created = await client.messaging.v1.services.create({ friendlyName: "Old", inboundRequestUrl });
    const service = client.messaging.v1.services(created.sid);
    await service.phoneNumbers.create({ phoneNumberSid: number?.sid ?? "" });
    expectRefusal(
      await adopt(words),
      /Two things answer .*and Messaging Service MG\w{32} \(Old\) posts it to https:\/\/old\.example\/sms/,
    );
    await service.update({ useInboundWebhookOnNumber: true });
    const run = await adopt(words);
    expect(run.stdout).toMatch(
      /the number's own SMS webhook is empty\n +it is in Messaging Service MG\w{32} \(Old\), which leaves/,
    );
    await service.remove();
  });

  test("in which a Function is newer than what is deployed", async () => {
    const { serviceSid, functionSid } = await functionAt(client, "/greet");
    const form = new FormData();
    form.set("Path", "/greet");
    form.set("Visibility", "protected");
    form.set("Content", new Blob(["exports.handler = 1;"], { type: "application/javascript" }), "greet.js");
    const authorization = `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}`;
    const path = `serverless-upload.twilio.com/v1/Services/${serviceSid}/Functions/${functionSid}/Versions`;
    const answer = await fetch(`${twilio.endpoint}/${path}`, {
      method: "POST",
      headers: { authorization },
      body: form,
    });
    expect(answer.status).toBe(201);
    expectRefusal(
      await adopt(["fourth", "--address", line, "--name", "fourth"]),
      /The Function at \/greet has a version \(ZN\w{32}\) that is newer than the deployed one/,
    );
  });

  test("with Assets, and Functions that nothing deploys: named, and the Assets stay in every Build", async () => {
    await deployedProject(
      { ...twilio, folder },
      {
        ...toolkitProject,
        "package.json": (toolkitProject["package.json"] ?? "").replace("by-hand", "with-assets"),
        "assets/page.private.html": "<h1>page</h1>",
        "functions/pay.js": `const key = "sk_live_0123456789abcdefgh";\nexports.handler = (c, e, done) => done(null, key);\n`,
      },
    );
    const services = await client.serverless.v1.services.list();
    const service = client.serverless.v1.services(
      services.find(({ uniqueName }) => uniqueName === "with-assets")?.sid ?? "",
    );
    await service.functions.create({ friendlyName: "/draft" });
    const [environment] = await service.environments.list();
    const [greet] = (await service.functions.list()).filter(({ friendlyName }) => friendlyName === "/greet");
    const definition = greetingFlow({
      serviceSid: environment?.serviceSid ?? "",
      environmentSid: environment?.sid ?? "",
      functionSid: greet?.sid ?? "",
      url: `https://${environment?.domainName ?? ""}/greet`,
    });
    await conversationEntry(client, { address: "+15550100007", definition });
    const run = await adopt(["fifth", "--address", "+15550100007", "--name", "fifth"]);
    expect(run.stderr).toBe("");
    expect(run.stdout).toContain("Asset /page.html: what is in it cannot be read; it stays in every Build");
    expect(run.stdout).toMatch(/Function \/draft: it is in no Build/);
    expect(run.stdout).toContain("pay.js:1: what looks like a secret stands there in plain text");
    expect(await readFile(join(copy.folder, "Pulumi.fifth.yaml"), "utf8")).toMatch(
      /assetVersions:\n +- ZN\w{32}/,
    );
  });
});

const drawn = ["messages-parked-at-flex", "chat-to-flex", "messages-and-calls"];
describe("a Flow as people draw them", () => {
  test.each(drawn)("%s is taken over as it is", async (flow) => {
    const definition = drawnFlow(flow);
    const name = `drawn-${drawn.indexOf(flow)}`;
    const address = `+1555010000${1 + drawn.indexOf(flow)}`;
    await conversationEntry(client, { address, definition });
    const run = await adopt([name, "--address", address, "--name", name]);
    expect(run.stderr).toBe("");
    const template: unknown = JSON.parse(
      await readFile(join(copy.folder, `flow-templates/${name}.json`), "utf8"),
    );
    expect(template).toEqual(definition);
    expect((await copy.stage(["check", name])).stdout).toMatch(new RegExp(`^${name} {2}fine`, "m"));
  });
});

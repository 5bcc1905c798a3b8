/** Lines that others made come one after the other into one stage, live there together, and one of them leaves. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  conversationEntry,
  deployedProject,
  deployWithToolkit,
  functionAt,
  greetingFlow,
  toolkitProject,
} from "./adopted/foreign-account.ts";
import { foreignClient } from "./foreign-client.ts";
import { LocalPhone } from "./local-world.ts";
import { ProjectCopy, type CommandRun } from "./project-copy.ts";

/** The first; one with Functions of its own in the same Conversations Service; one that shares the first's Functions. */
const [helpline, returns, shop] = ["+15550100004", "+15550100006", "+15550100005"];
/** Another number that the second Flow answers. */
const again = "+15550100007";

let folder: string;
let twilio: LocalTwilio;
let client: Twilio;
let copy: ProjectCopy;
let flowOfReturns: string;
let flowOfShop: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "adopt-several-"));
  twilio = await startLocalTwilio({ folder, port: 0 });
  client = foreignClient(twilio);
  copy = await ProjectCopy.create({
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
  });
  await deployedProject({ ...twilio, folder });
  await deployedProject(
    { ...twilio, folder },
    {
      ...toolkitProject,
      "package.json": (toolkitProject["package.json"] ?? "").replace("by-hand", "returns"),
      ".env": "GREETING=send it back\nCRM_TOKEN=another-not-for-everybody\n",
    },
  );
  const greet = await functionAt(client, "/greet", "by-hand");
  await conversationEntry(client, { address: helpline, definition: greetingFlow(greet) });
  const [configuration] = await client.conversations.v1.addressConfigurations.list();
  const { conversation_service_sid: serviceSid } = configuration?.autoCreation as {
    conversation_service_sid: string;
  };
  flowOfReturns = await conversationEntry(client, {
    address: returns,
    friendlyName: "Returns",
    definition: greetingFlow(await functionAt(client, "/greet", "returns")),
    serviceSid,
  });
  const flow = await client.studio.v2.flows.create({
    friendlyName: "Shop",
    status: "published",
    commitMessage: "by hand",
    definition: greetingFlow(greet, ["incomingMessage"]),
  });
  flowOfShop = flow.sid;
  const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${twilio.accountSid}/Flows/${flowOfShop}`;
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: shop });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl });
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

const stage = (...words: string[]) => copy.stage(words);
const adopt = (...words: string[]) => stage("adopt", "prod", ...words);

/** What a customer gets who has not written before. */
let customers = 300;
async function answerOf(number: string): Promise<string[]> {
  const customer = new LocalPhone(twilio.endpoint, `+15550100${++customers}`);
  await customer.says(number, "hi");
  return (await customer.heard()).map(({ body }) => body);
}
const answers = async () => [await answerOf(helpline), await answerOf(returns), await answerOf(shop)].flat();

async function pulumi(words: string): Promise<string> {
  const run = await copy.pulumi(...words.split(" "), "--non-interactive", "-s", "prod");
  if (run.code !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
  return run.stdout;
}

/** Imports what was adopted, as the command says, and answers what a deployment would change. */
async function imported(): Promise<string[]> {
  await pulumi("import --file Pulumi.prod.import.json --generate-code=false --protect=false --yes");
  await rm(join(copy.folder, "Pulumi.prod.import.json"));
  return preview();
}

async function preview(): Promise<string[]> {
  const { steps } = JSON.parse(await pulumi("preview --json")) as { steps: { op: string; urn: string }[] };
  return steps
    .filter(({ op }) => op !== "same")
    .map(({ op, urn }) => [op, ...urn.split("::").slice(2)].join(" "))
    .toSorted();
}

async function save(file: string, change: (text: string) => string): Promise<void> {
  const path = join(copy.folder, file);
  await writeFile(path, change(await readFile(path, "utf8")));
}

function expectRefusal({ code, stderr }: CommandRun, said: RegExp): void {
  expect({ code, stderr: stderr.trim() }).toEqual({ code: 2, stderr: expect.stringMatching(said) as string });
}

const asEver = ["hello, you said: hi", "send it back, you said: hi", "hello, you said: hi"];

test("the first is adopted as ever, and deployed", async () => {
  const run = await adopt("--address", helpline, "--name", "helpline", "--endpoint", twilio.endpoint);
  expect(run.stderr).toBe("");
  expect(run.stdout).toContain(`address ${returns} (Flow ${flowOfReturns}): adopt it too, into this stage`);
  expect(await imported()).toEqual([]);
  await pulumi("up --yes --skip-preview");
  expect(await answers()).toEqual(asEver);
});

test("where there is a choice, each line is named, and the one that the stage has is said to be that", async () => {
  expectRefusal(
    await adopt(),
    /^More than one line could be meant: \+15550100004 → Flow FW\w{32} \(by Conversations\), which is line helpline of stage prod; \+15550100005 .*; \+15550100006 .*Name one with --address or --flow/,
  );
  expectRefusal(
    await adopt("--address", returns, "--name", "helpline"),
    /^Stage prod has a line helpline already \(\+15550100004\), and nothing was written: .*--name/,
  );
});

test("the second comes into the deployed stage: its own Functions, the same Conversations Service, no change", async () => {
  const run = await adopt("--address", returns);
  expect(run.stderr).toBe("");
  expect(run.stdout).toMatch(
    /Conversations Service IS\w{32} "Support \(2019\)", which another line of the stage/,
  );
  expect(run.stdout).toContain("functions/adopted/returns/ (2 Functions)");
  const file = await readFile(join(copy.folder, "Pulumi.prod.yaml"), "utf8");
  expect(file).not.toContain("not-for-everybody");
  expect(file.match(/secure: /g)).toHaveLength(2);
  expect(await imported()).toEqual([]);
  expect(await pulumi("stack export")).not.toContain("not-for-everybody");
  await pulumi("up --yes --skip-preview");
  expect(await answers()).toEqual(asEver);
});

test("a number in a Messaging Service of its own mind is refused; then the third shares the first's Functions", async () => {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: shop });
  const created = await client.messaging.v1.services.create({ friendlyName: "Old" });
  const service = client.messaging.v1.services(created.sid);
  await service.phoneNumbers.create({ phoneNumberSid: number?.sid ?? "" });
  expectRefusal(
    await adopt("--flow", flowOfShop),
    /^\+15550100005 is in Messaging Service MG\w{32} \(Old\), and that Service's setting overrides .*choose "Defer to sender's webhook"/,
  );
  await service.remove();
  const run = await adopt("--flow", flowOfShop);
  expect(run.stderr).toBe("");
  expect(run.stdout).toMatch(
    /Functions of by-hand-\d+-dev\.twil\.io: .*, which another line of the stage has too/,
  );
  expect(run.stdout).not.toContain("functions/adopted/shop/");
  expect(await imported()).toEqual([]);
  await pulumi("up --yes --skip-preview");
  expect(await answers()).toEqual(asEver);
});

test("a Flow is adopted once, and a line that is there keeps its name", async () => {
  const { sid } = await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: again,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flowOfReturns,
  });
  expectRefusal(
    await adopt("--address", again, "--name", "again"),
    /^Flow FW\w{32} belongs to line returns \(\+15550100006\) of stage prod already, and a Flow can be adopted only once: copy it/,
  );
  await client.conversations.v1.addressConfigurations(sid).remove();
  expectRefusal(
    await adopt("--address", returns, "--name", "back"),
    /^\+15550100006 is line returns of stage prod already: leave out --name/,
  );
  expect((await adopt("--address", returns, "--force")).stderr).toBe("");
  expect(await preview()).toEqual([]);
});

test("all of them are one stage: checked, compared, with a status", async () => {
  const check = await stage("check", "prod", "--account");
  expect(check.stdout).toMatch(/^prod {2}fine\n {2}line helpline, .*\n {2}line returns, .*\n {2}line shop, /);
  expect(await stage("drift", "prod")).toEqual({ code: 0, stdout: "prod  as deployed\n", stderr: "" });
  const status = await stage("status", "prod");
  expect(status.stderr).toBe("");
  expect(status.stdout).toMatch(/Build ZB\w{32}, Build ZB\w{32} of returns/);
  expect(status.stdout).not.toContain("drift     the Flow");
});

test("one is paused, and the others answer", async () => {
  expect((await stage("pause", "prod", "--line", "returns", "--text", "Later.")).stderr).toBe("");
  expect(await answers()).toEqual([asEver[0], "Later.", asEver[2]]);
  expectRefusal(
    await stage("leave", "prod", "--line", "returns", "--out", join(folder, "paused")),
    /^Line returns of stage prod is paused, .*resume prod --line returns first/,
  );
  expect((await stage("resume", "prod", "--line", "returns")).stderr).toBe("");
  expect(await answers()).toEqual(asEver);
});

test("one is changed and taken back, and the others stay as they are", async () => {
  await save("functions/adopted/returns/greet.protected.js", (text) =>
    text.replace("event.said", "event.said + '!'"),
  );
  await save("Pulumi.prod.yaml", (text) => text.replace("GREETING: send it back", "GREETING: keep it"));
  expect(await preview()).toEqual(
    [
      "replace twilio:serverless:Build returns",
      "update twilio:serverless:Deployment returns",
      "update twilio:serverless:Function returns:greet",
      "update twilio:serverless:Variable returns:GREETING",
    ].toSorted(),
  );
  await pulumi("up --yes --skip-preview");
  expect(await answers()).toEqual([asEver[0], "keep it, you said: hi!", asEver[2]]);
  const back = await stage("rollback", "prod", "--yes");
  expect(back.stderr).toBe("");
  expect(back.stdout).toMatch(
    /Build ZB\w{32} of \S+ instead of ZB\w{32} of \S+, of returns; Functions that differ: \/greet/,
  );
  expect(back.stdout).toContain("Variable GREETING of returns is send it back instead of keep it");
  expect(await answers()).toEqual(asEver);
  expect((await stage("rollback", "prod", "--clear")).stderr).toBe("");
  await pulumi("up --yes --skip-preview");
  expect(await answers()).toEqual([asEver[0], "keep it, you said: hi!", asEver[2]]);
});

test("one leaves: the stage has it no more, and twilio-run goes on where it was", async () => {
  const out = join(folder, "left");
  expectRefusal(
    await stage("leave", "prod", "--out", out),
    /^Stage prod has Functions in several Services, .*--line .*helpline, returns, shop\.$/,
  );
  expectRefusal(
    await stage("leave", "prod", "--out", out, "--forget"),
    /^--forget removes one line from stage prod/,
  );
  const run = await stage("leave", "prod", "--line", "returns", "--out", out, "--forget");
  expect(run.stderr).toBe("");
  expect(run.stdout).toContain("flows/returns.json");
  expect(run.stdout).not.toContain("flows/helpline.json");
  expect(await preview()).toEqual([]);
  expect((await stage("check", "prod")).stdout).toMatch(
    /^prod {2}fine\n {2}line helpline, .*\n {2}line shop, /,
  );
  await deployWithToolkit({ ...twilio, folder }, out, "--override-existing-project", "--environment", "dev");
  expect(await answers()).toEqual([asEver[0], "keep it, you said: hi!", asEver[2]]);
});

test("one that shares Functions leaves, and is told whose they are; the last one stays with its stage", async () => {
  const run = await stage("leave", "prod", "--line", "shop", "--out", join(folder, "shop"), "--forget");
  expect(run.stderr).toBe("");
  expect(run.stdout).toContain("Its Functions are also those of helpline, which stays in stage prod");
  expect(await preview()).toEqual([]);
  expectRefusal(
    await stage("leave", "prod", "--line", "helpline", "--out", join(folder, "last"), "--forget"),
    /^Stage prod has no other line: .*pulumi stack rm prod --force/,
  );
  expect((await stage("leave", "prod", "--out", join(folder, "last"))).stderr).toBe("");
  expect(await answers()).toEqual([asEver[0], "keep it, you said: hi!", asEver[2]]);
});

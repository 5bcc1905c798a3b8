/** A line that its number's own SMS webhook answers: adopted, switched over to Conversations by one key, and back. */
import type { LocalTwilio } from "@support-line/local-twilio";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LineByNumber } from "./adopted/by-number.ts";
import { LocalPhone } from "./local-world.ts";
import type { ProjectCopy } from "./project-copy.ts";

let made: LineByNumber;
let twilio: LocalTwilio;
let client: Twilio;
let copy: ProjectCopy;
let line: string;
beforeAll(async () => {
  made = await LineByNumber.create(["incomingMessage", "incomingConversationMessage"]);
  ({ twilio, client, copy, line } = made);
});
afterAll(() => made[Symbol.asyncDispose]());

const numberOf = async () => (await made.number()).fetch();

async function answerTo(address: string, said: string): Promise<string[]> {
  const customer = new LocalPhone(twilio.endpoint, address);
  await customer.heard();
  await customer.says(line, said);
  return (await customer.heard()).map(({ body }) => body);
}

async function pulumi(words: string): Promise<string> {
  const run = await copy.pulumi(...words.split(" "), "--non-interactive", "-s", "prod");
  if (run.code !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
  return run.stdout;
}

async function preview(): Promise<string[]> {
  const { steps } = JSON.parse(await pulumi("preview --json")) as { steps: { op: string; urn: string }[] };
  return steps
    .filter(({ op }) => op !== "same")
    .map(({ op, urn }) => `${op} ${urn.split("::")[2] ?? ""}`)
    .sort();
}

/** Sets the key that switches the number. */
async function answeredBy(now: string): Promise<void> {
  const file = join(copy.folder, "Pulumi.prod.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^( +answeredBy:) \w+/m, `$1 ${now}`));
}

const conversations = async () => (await client.conversations.v1.conversations.list()).length;

test("is adopted to an empty preview, and says what a switch does to whoever is in the middle of something", async () => {
  expect(await answerTo("+15550100311", "hi")).toEqual(["hello, you said: hi"]);
  const run = await copy.stage(["adopt", "prod", "--endpoint", twilio.endpoint]);
  expect(run.stderr).toBe("");
  expect(run.stdout).toContain("the number's own SMS webhook starts Flow");
  expect(run.stdout).toContain("the number is in no Messaging Service");
  expect(run.stdout).toMatch(/Switched to conversations .* does not get it/);
  expect(run.stdout).toMatch(/Switched back, a Conversation that is open goes on hearing/);
  await pulumi("import --file Pulumi.prod.import.json --generate-code=false --protect=false --yes");
  expect(await preview()).toEqual([]);
});

test("is switched to Conversations by one key: one answer, and the rest of the number stays", async () => {
  await answeredBy("conversations");
  expect(await preview()).toEqual([
    "create twilio:conversations:AddressConfiguration",
    "update twilio:api:IncomingPhoneNumber",
  ]);
  await pulumi("up --yes --skip-preview");
  expect(await numberOf()).toMatchObject({ smsUrl: "", voiceUrl: "https://voice.example/" });
  const before = await conversations();
  expect(await answerTo("+15550100312", "hi")).toEqual(["hello, you said: hi"]);
  expect(await conversations()).toBe(before + 1);
});

test("and back: the number's own webhook answers as it did", async () => {
  await answeredBy("webhook");
  expect(await preview()).toEqual([
    "delete twilio:conversations:AddressConfiguration",
    "update twilio:api:IncomingPhoneNumber",
  ]);
  await pulumi("up --yes --skip-preview");
  expect(await numberOf()).toMatchObject({ smsUrl: made.webhook });
  const before = await conversations();
  expect(await answerTo("+15550100313", "hi")).toEqual(["hello, you said: hi"]);
  expect(await conversations()).toBe(before);
});

test("both at once are refused when the line is adopted, and where stages are checked", async () => {
  const [flow] = await client.studio.v2.flows.list();
  const created = await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: line,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flow?.sid ?? "",
  });
  const run = await copy.stage(["adopt", "again", "--endpoint", twilio.endpoint]);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(
    /^Two things answer \+15550100005: address configuration IG\w{32} opens Conversations for Flow FW\w{32}, and the number's own SMS webhook starts Flow FW\w{32}/,
  );
  const beside = await copy.stage(["check", "prod", "--account"]);
  expect(beside.stdout).toMatch(
    /line by-number: address configuration IG\w{32} opens Conversations for \+15550100005 beside/,
  );
  await client.conversations.v1.addressConfigurations(created.sid).remove();
  expect((await copy.stage(["check", "prod", "--account"])).stdout).toMatch(/^prod {2}fine/);
  await answeredBy("conversations");
  expect((await copy.stage(["check", "prod", "--account"])).stdout).toMatch(
    /line by-number: the number's own SMS webhook starts Flow FW\w{32}, beside the Conversations/,
  );
  expect(
    (await copy.stage(["adopt", "again", "--name", "again", "--endpoint", twilio.endpoint])).stderr,
  ).toBe("");
  const check = await copy.stage(["check"]);
  expect(check.stdout).toContain("+15550100005 is answered by line by-number of stage prod too");
});

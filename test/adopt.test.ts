/** A line that others made is taken into code: without a change at Twilio, and without interrupting anybody. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deployedProject, functionAt, greetingFlow } from "./adopted/foreign-account.ts";
import { CheckoutCopy } from "./checkout-copy.ts";
import { foreignClient } from "./foreign-client.ts";
import { LocalPhone } from "./local-world.ts";

const line = "+15550100004";

let folder: string;
let twilio: LocalTwilio;
let client: Twilio;
let copy: CheckoutCopy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "adopt-"));
  twilio = await startLocalTwilio({ folder, port: 0 });
  client = foreignClient(twilio);
  copy = await CheckoutCopy.create({
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
  });
  await deployedProject({ ...twilio, folder });
  const service = await client.conversations.v1.services.create({ friendlyName: "Support (2019)" });
  const flow = await client.studio.v2.flows.create({
    friendlyName: "Support line",
    status: "published",
    commitMessage: "by hand",
    definition: greetingFlow(await functionAt(client, "/greet")),
  });
  await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: line,
    friendlyName: "Support number",
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flow.sid,
    "autoCreation.studioRetryCount": 2,
    "autoCreation.conversationServiceSid": service.sid,
  });
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

const phone = (address: string) => new LocalPhone(twilio.endpoint, address);
const adopt = (...words: string[]) => copy.stage(["adopt", "prod", "--endpoint", twilio.endpoint, ...words]);

/** What a customer who writes gets. */
async function answerTo(address: string, said: string): Promise<string[]> {
  const customer = phone(address);
  await customer.heard();
  await customer.says(line, said);
  return (await customer.heard()).map(({ body }) => body);
}

/** The steps of a preview that change something. */
async function preview(): Promise<unknown[]> {
  const run = await copy.pulumi("preview", "--json", "--non-interactive", "-s", "prod");
  if (run.code !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
  const { steps } = JSON.parse(run.stdout) as { steps: { op: string; urn: string; detailedDiff: unknown }[] };
  return steps
    .filter(({ op }) => op !== "same")
    .map(({ op, urn, detailedDiff }) => ({ op, urn, detailedDiff }));
}

describe("a line of Functions by twilio-run, and a Flow and Conversations by Twilio's client", () => {
  test("works before", async () => {
    expect(await answerTo("+15550100301", "hi")).toEqual(["hello, you said: hi"]);
  });

  test("is adopted to an empty preview", async () => {
    const run = await adopt("--name", "helpline");
    expect(run.stderr).toBe("");
    const imported = await copy.pulumi(
      ..."import --file Pulumi.prod.import.json --generate-code=false --protect=false --yes -s prod --non-interactive".split(
        " ",
      ),
    );
    expect(imported.code).toBe(0);
    expect(await preview()).toEqual([]);
  });
});

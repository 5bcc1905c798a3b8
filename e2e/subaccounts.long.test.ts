/**
 * Many customers, each with a subaccount of one Twilio account, with the real CLI: their stages hold the tokens of their own
 * accounts, one command rolls the stack out to all of them, and one that is suspended keeps nobody else's line from working.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foreignClient } from "./foreign-client.ts";
import { ProjectCopy } from "./project-copy.ts";

interface Customer {
  readonly stage: string;
  readonly number: string;
  readonly accountSid: string;
  readonly authToken: string;
}

let folder: string;
let twilio: LocalTwilio;
let copy: ProjectCopy;
const customers: Customer[] = [];

const clientOf = (account: Pick<Customer, "accountSid" | "authToken">) =>
  foreignClient({
    accountSid: account.accountSid,
    authToken: account.authToken,
    endpoint: twilio.endpoint,
    caCertificate: twilio.caCertificate,
  });
const owner = () => clientOf(twilio);

async function addCustomer(stage: string, number: string): Promise<void> {
  const { sid: accountSid, authToken } = await owner().api.v2010.accounts.create({ friendlyName: stage });
  await clientOf({ accountSid, authToken }).incomingPhoneNumbers.create({ phoneNumber: number });
  const words = ["--account", accountSid, "--endpoint", twilio.endpoint, "--address", number];
  const made = await copy.stage(["new", stage, "--yes", ...words, "--agents", "ada=+14155552673"]);
  expect(made).toMatchObject({ code: 0, stderr: "" });
  expect(await copy.pulumi("stack", "init", stage, "--no-select")).toMatchObject({ code: 0 });
  const token = ["config", "set", "--secret", "twilio:authToken", authToken, "-s", stage];
  expect(await copy.pulumi(...token)).toMatchObject({ code: 0 });
  customers.push({ stage, number, accountSid, authToken });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "subaccounts-"));
  twilio = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  copy = await ProjectCopy.create({});
  await addCustomer("customer-acme", "+14155552671");
  await addCustomer("customer-blue", "+14155552672");
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

/** Which numbers somebody hears from who asks a customer's line for support: each time another person. */
let people = 200;
async function answersFrom(number: string): Promise<string[]> {
  const phone = `+15550100${(people += 1)}`;
  await twilio.phones.write(phone, number, "support");
  await twilio.idle();
  return [...new Set(twilio.phones.inbox(phone).map(({ from }) => from))];
}

test("one command deploys each customer's stage to the customer's own account", async () => {
  const { code, stdout } = await copy.stage(["rollout", "customer-*", "--yes"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^customer-acme {2}deployed.*\ncustomer-blue {2}deployed/);
  for (const customer of customers) {
    const flows = await clientOf(customer).studio.v2.flows.list();
    expect(flows.map(({ status }) => status)).toEqual(["published"]);
    expect(await clientOf(customer).serverless.v1.services.list()).toHaveLength(1);
    expect(await answersFrom(customer.number)).toEqual([customer.number]);
  }
  expect(await owner().studio.v2.flows.list()).toEqual([]);
}, 240_000);

test("run again, there is nothing to do in any of them", async () => {
  const { code, stdout } = await copy.stage(["rollout", "customer-*", "--yes", "--json"]);
  expect(code).toBe(0);
  const { stages } = JSON.parse(stdout) as { stages: { stage: string; steps: unknown[] }[] };
  expect(stages.map(({ steps }) => steps)).toEqual([[], []]);
}, 240_000);

test("a customer that is suspended stops the roll-out with a word on why, and its line alone is silent", async () => {
  const [acme, blue] = customers;
  if (acme === undefined || blue === undefined) throw new Error("there are two customers");
  for (const { stage } of customers) {
    const words = ["--path", "support-line:wordings.agentAdded", "Somebody is with you", "-s", stage];
    expect(await copy.pulumi("config", "set", ...words)).toMatchObject({ code: 0 });
  }
  await owner().api.v2010.accounts(acme.accountSid).update({ status: "suspended" });
  const { code, stdout } = await copy.stage(["rollout", "customer-*", "--yes", "--at-once", "1"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^customer-acme {2}FAILED/);
  expect(stdout).toContain("suspended account");
  await expect(answersFrom(acme.number)).rejects.toThrow("Account is not active");
  expect(await answersFrom(blue.number)).toEqual([blue.number]);
  await owner().api.v2010.accounts(acme.accountSid).update({ status: "active" });
  expect(await answersFrom(acme.number)).toEqual([acme.number]);
}, 240_000);

/**
 * A line of somebody's own, as they bring it: a Flow from Studio's editor with SIDs and URLs of another account, Functions in
 * JavaScript as `twilio-run` has them and one in TypeScript, Assets, two queues, SMS and WhatsApp. It is checked, deployed with
 * the real CLI, and answers.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foreignClient } from "./foreign-client.ts";
import { LocalPhone } from "./local-world.ts";
import { bodies, Florist } from "./projects/florist.ts";

let florist: Florist;
const sms = "+15550100001";
const whatsapp = "whatsapp:+15550100001";
beforeAll(async () => {
  florist = await Florist.create();
});
afterAll(() => florist[Symbol.asyncDispose]());

test("it is checked as it stands, and what its URLs lead to is said", async () => {
  const check = await florist.project.stage(["check"]);
  expect(check).toMatchObject({ code: 0, stdout: expect.stringMatching(/^local {2}fine/) as string });
  for (const said of ["shop_open leads to opening", "bring_florist leads to call-florist", "/bouquets.png"]) {
    expect(check.stdout).toContain(said);
  }
  const studio = await florist.project.run("packages/cli/studio.ts", ["check"]);
  expect(studio).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("0 errors, 0 warnings") as string,
  });
});

test("its own conversations are tests, run as a project's npm test runs them", async () => {
  await expect(florist.project.ownTests()).resolves.toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Tests .*\b5 passed/) as string,
  });
});

test("it deploys, and nothing foreign is left but what is declared so", async () => {
  const up = await florist.up();
  expect({ code: up.code, said: up.stderr + up.stdout }).toMatchObject({ code: 0 });
  expect(up.stdout).toContain("flow-templates/petals.json: shop_open leads to opening of this stage");
  const client = foreignClient(florist.twilio);
  const [flow] = await client.studio.v2.flows.list();
  const text = JSON.stringify((await client.studio.v2.flows(flow?.sid ?? "").fetch()).definition);
  expect(text).not.toContain("petals-4821-dev");
  expect(text).not.toContain("ZS7d0e31f9c2ab48568c1bb06a4e5f92d3");
  expect(text).toContain("https://courier-9377.twil.io/whereabouts");
  const [service] = await client.serverless.v1.services.list();
  const functions = await client.serverless.v1.services(service?.sid ?? "").functions.list();
  expect(functions.map(({ friendlyName }) => friendlyName).sort()).toEqual([
    "call-florist",
    "care-tip",
    "opening",
    "order-status",
  ]);
  const assets = await client.serverless.v1.services(service?.sid ?? "").assets.list();
  expect(assets.map(({ friendlyName }) => friendlyName).sort()).toEqual(["bouquets.png", "orders.json"]);
  expect(
    await readFile(join(florist.project.folder, "state/.pulumi/stacks/florist/local.json"), "utf8"),
  ).not.toContain("petals-and-thorns");
});

test("customers are answered: an order by a private Asset and a dependency, a picture by a public one", async () => {
  const customer = florist.somebody();
  await customer.says(sms, "hello");
  expect((await bodies(customer))[0]).toMatch(/^Petals here\./);
  await customer.says(sms, "order 1042, please");
  expect(await bodies(customer)).toEqual(["Order 1042, twelve peonies, is ready on Friday, December 4."]);
  const caring = florist.somebody();
  await caring.says(sms, "hello");
  await caring.heard();
  await caring.says(sms, "care");
  expect(await bodies(caring)).toEqual([expect.stringMatching(/^(Keep|Cut|Change|A little) /)]);
  const looking = florist.somebody("whatsapp:");
  await looking.says(whatsapp, "hello");
  await looking.heard();
  await looking.says(whatsapp, "bouquets");
  expect(await bodies(looking)).toEqual(["Today's bouquets"]);
});

test("a queue's word brings its florist, and both write with each other", async () => {
  const [customer, lily] = [florist.somebody(), new LocalPhone(florist.twilio.endpoint, "+15550100102")];
  await customer.says(sms, "hello");
  await customer.says(sms, "funeral");
  expect((await bodies(customer)).at(-1)).toBe("A florist is with you now.");
  const [first] = await lily.heard();
  expect(first?.body).toBe("A florist is with you now.");
  await lily.says(first?.from ?? "", "I am sorry for your loss.");
  expect(await bodies(customer)).toEqual(["I am sorry for your loss."]);
  await customer.says(sms, "thank you");
  expect(await bodies(customer)).toEqual([]);
  expect(await bodies(lily)).toContain("thank you");
});

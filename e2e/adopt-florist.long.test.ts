/** The florist as somebody made it by hand: adopted from the local Twilio, played, tested, changed, and left again. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { floristByHand, floristFlow } from "./adopted/florist.ts";
import { conversationEntry, deployedProject, deployWithToolkit } from "./adopted/foreign-account.ts";
import { foreignClient } from "./foreign-client.ts";
import { LocalPhone } from "./local-world.ts";
import { ProjectCopy } from "./project-copy.ts";

const line = "+15550100004";

let folder: string;
let twilio: LocalTwilio;
let copy: ProjectCopy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "adopt-florist-"));
  twilio = await startLocalTwilio({ folder, port: 0 });
  const client = foreignClient(twilio);
  copy = await ProjectCopy.create(
    { TWILIO_ACCOUNT_SID: twilio.accountSid, TWILIO_AUTH_TOKEN: twilio.authToken },
    "florist",
  );
  const { sid: serviceSid } = await client.conversations.v1.services.create({ friendlyName: "Petals" });
  await deployedProject({ ...twilio, folder }, await floristByHand(copy.folder, serviceSid));
  const definition = await floristFlow(client, copy.folder);
  await conversationEntry(client, { address: line, friendlyName: "Petals", definition, serviceSid });
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

/** What somebody reads who has not written before, text by text. */
let customers = 300;
async function answersTo(...texts: string[]): Promise<string[]> {
  const customer = new LocalPhone(twilio.endpoint, `+15550100${++customers}`);
  const answers: string[] = [];
  for (const text of texts) {
    await customer.says(line, text);
    answers.push(...(await customer.heard()).map(({ body }) => body));
  }
  return answers;
}

async function pulumi(words: string): Promise<string> {
  const run = await copy.pulumi(...words.split(" "), "--non-interactive", "-s", "prod");
  if (run.code !== 0) throw new Error(`${run.stdout}\n${run.stderr}`);
  return run.stdout;
}

async function save(file: string, change: (text: string) => string): Promise<void> {
  const path = join(copy.folder, file);
  await writeFile(path, change(await readFile(path, "utf8")));
}

const greeting = expect.stringMatching(/^Petals here\./) as string;
const order = "Order 1042, twelve peonies, is ready on Friday, December 4.";
const tip = expect.stringMatching(/^(Keep|Cut|Change|A little) /) as string;
async function expectTheLine(hello = greeting): Promise<void> {
  expect(await answersTo("hello", "order 1042, please")).toEqual([hello, order]);
  expect(await answersTo("hello", "care")).toEqual([hello, tip]);
  expect(await answersTo("hello", "bouquets")).toEqual([hello, "Today's bouquets"]);
}
const florist = "A florist is with you now.";

test("the line that was made by hand answers", async () => {
  await expectTheLine();
  expect(await answersTo("hello", "funeral")).toEqual([greeting, florist]);
});

test("it is adopted as a stage of the florist's own project, without a change", async () => {
  const refused = await copy.stage(["adopt", "prod", "--name", "petals", "--endpoint", twilio.endpoint]);
  expect(refused.stderr).toMatch(
    /^flow-templates\/petals\.json.* would be overwritten\. Nothing was written/,
  );
  const run = await copy.stage(["adopt", "prod", "--name", "shop", "--endpoint", twilio.endpoint]);
  expect(run.stderr).toBe("");
  expect(run.stdout).toContain("functions/adopted/shop/ (5 Functions)");
  expect(run.stdout).toContain("Assets: /bouquets.png");
  expect(run.stdout).toContain("Asset /orders.json: what is in it cannot be read");
  expect(run.stdout).toContain("1 encrypted (SHOP_TOKEN)");
  expect(run.stdout).toContain("widget where_is_it: https://courier-9377.twil.io/whereabouts stays as it is");
  await pulumi("import --file Pulumi.prod.import.json --generate-code=false --protect=false --yes");
  await pulumi("preview --expect-no-changes");
  expect((await copy.stage(["check", "prod"])).stdout).toMatch(/^prod {2}fine\n/);
  expect((await copy.run("packages/cli/studio.ts", ["check"])).stdout).toContain("0 errors");
});

test("it is played on this machine, with its helper, its Variables and its picture", async () => {
  const words = ["-c", `printf 'hello\\ncare\\n' | "$0" "$@"`, process.execPath];
  const command = join(process.cwd(), "packages/cli/studio.ts");
  const run = ["run", "flow-templates/shop.json", "--stage", "prod"];
  const said = await new Promise<string>((resolve) => {
    execFile("sh", [...words, command, ...run], { cwd: copy.folder }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  expect(said).toMatch(/Petals here\.[^]*(Keep|Cut|Change|A little) /);
});

test("its conversations are tests, as those of the project's own stages", async () => {
  await writeFile(
    join(copy.folder, "test/shop.test.ts"),
    `import { lineOfStage } from "@support-line/cli/line";
import { conversationsOn } from "@support-line/conversation-test";

const conversation = conversationsOn(await lineOfStage("prod", "shop", { people: { customer: "+15550100201" } }));

conversation("a shop of the adopted line gives a tip", async ({ customer }) => {
  await customer.says("hello");
  await customer.hears(/^Petals here/);
  await customer.says("care");
  await customer.hears("Keep them from the heater.");
});
`,
  );
  const run = await copy.ownTests();
  expect({ code: run.code, said: run.stdout + run.stderr }).toEqual({
    code: 0,
    said: expect.stringMatching(/Tests .*\b6 passed/) as string,
  });
});

test("it is changed in code, and a change is taken back", async () => {
  await save("flow-templates/shop.json", (text) => text.replace("Petals here.", "Petals and more."));
  await save("functions/adopted/shop/opening.protected.js", (text) =>
    text.replace("We open at nine.", "We open at ten."),
  );
  await pulumi("up --yes --skip-preview");
  await expectTheLine(expect.stringMatching(/^Petals and more\./) as string);
  await save("functions/adopted/shop/shared/answers.private.js", (text) =>
    text.replace("response.setBody(values)", "response.setBody({ ...values, text: `${values.text}!` })"),
  );
  await pulumi("up --yes --skip-preview");
  expect((await answersTo("hello", "order 1042, please")).at(-1)).toBe(`${order}!`);
  const back = await copy.stage(["rollback", "prod", "--yes"]);
  expect(back.stderr).toBe("");
  expect((await answersTo("hello", "order 1042, please")).at(-1)).toBe(order);
  expect((await copy.stage(["rollback", "prod", "--clear"])).stderr).toBe("");
});

test("it is left: twilio-run goes on where the stage was", async () => {
  const out = join(folder, "left");
  await save("functions/adopted/shop/shared/answers.private.js", (text) =>
    text.replace("{ ...values, text: `${values.text}!` }", "values"),
  );
  await pulumi("up --yes --skip-preview");
  const run = await copy.stage(["leave", "prod", "--out", out]);
  expect(run.stderr).toBe("");
  expect(run.stdout).toContain("functions/shared/answers.private.js");
  // What Twilio shows nobody, whoever leaves has to bring: the page and the folder say so.
  await writeFile(
    join(out, "assets/orders.private.json"),
    await readFile(join(copy.folder, "assets/orders.private.json")),
  );
  await deployWithToolkit({ ...twilio, folder }, out, "--override-existing-project", "--environment", "dev");
  const more = expect.stringMatching(/^Petals and more\./) as string;
  await expectTheLine(more);
  expect(await answersTo("hello", "wedding")).toEqual([more, florist]);
});

/** The lines of the README, as printed, in an empty home: `npm create support-line`, `npm start`, `npm test`, and what follows. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localAccountSid } from "@support-line/stage";
import { readRecord } from "create-support-line";
import { Newcomer } from "./newcomer.ts";
import { publishAll, type Published } from "./published.ts";
import { freePort } from "../free-port.ts";

let published: Published;
let newcomer: Newcomer;
let project = "";
beforeAll(async () => {
  published = await publishAll();
  newcomer = new Newcomer(published.registry.url);
  const room = newcomer.room("lines");
  const { code, output } = await newcomer.run(room, "npm create support-line@latest my-line -- --yes");
  expect(code, output).toBe(0);
  project = join(room, "my-line");
  await elsewhere(project);
}, 400_000);
afterAll(async () => {
  await newcomer.run(project, "npm stop");
  newcomer.leave();
  await published.stop();
});

/** Other tests have local Twilios too: this one listens on a port of its own. */
async function elsewhere(folder: string): Promise<number> {
  const port = await freePort();
  const file = join(folder, "Pulumi.local.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`));
  return port;
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && !/\/(node_modules|\.state|\.tools)(\/|$)/.test(`${entry.parentPath}/`),
    )
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));

test("a project is at most sixty files, its own template's and no other's, with a lockfile and what it was made from", () => {
  const files = filesIn(project);
  expect(files.length).toBeLessThanOrEqual(60);
  expect(files.filter((file) => /desk|flex\.(json|test)|find-agent/.test(file))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining([".gitignore", "package-lock.json", ".github/workflows/deploy.yml"]),
  );
  const record = readRecord(project);
  expect(record?.answers).toEqual({
    name: "my-line",
    template: "support",
    flow: null,
    channel: "sms",
    manager: "npm",
  });
  expect(Object.keys(record?.files ?? {})).toContain("infra/index.ts");
  const lock = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as { packages: object };
  const pulumis = Object.keys(lock.packages).filter((path) => path.endsWith("node_modules/@pulumi/pulumi"));
  expect(pulumis).toEqual(["node_modules/@pulumi/pulumi"]);
});

test("npm start plays the support conversation with the real engine, and npm test is green", async () => {
  const started = await newcomer.run(project, "npm start");
  expect(started.output).toContain("Added support agent");
  expect(started.code, started.output).toBe(0);
  const tested = await newcomer.run(project, "npm test");
  expect(tested.code, tested.output).toBe(0);
});

test("the README's first edit is all that a preview shows, and turns no test red", async () => {
  const file = join(project, "flow-templates/support.json");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace('"Added support agent"', '"Somebody is with you now"'));
  const previewed = await newcomer.run(project, "npx pulumi preview -s local --diff");
  expect(previewed.output).toContain('"Added support agent" => "Somebody is with you now"');
  expect(previewed.output.match(/ => /g)).toHaveLength(1);
  const tested = await newcomer.run(project, "npm test");
  expect(tested.code, tested.output).toBe(0);
  writeFileSync(file, before);
});

test("a stage besides local is previewed under the policies that came with the packages", async () => {
  const room = newcomer.room("policies");
  const environment = {
    PULUMI_BACKEND_URL: `file://${room}`,
    PULUMI_CONFIG_PASSPHRASE: "of a test",
    TWILIO_AUTH_TOKEN: "10ca1000000000000000000000000000",
  };
  const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(readFileSync(join(project, "Pulumi.local.yaml"), "utf8"));
  for (const line of [
    `npm run stage -- new staging --yes --account ${localAccountSid} --address +15550100005 --agents ada=+15550100101 --endpoint ${endpoint?.[0]}`,
    "npx pulumi stack init staging",
    "npx pulumi preview -s staging --non-interactive",
  ]) {
    const { code, output } = await newcomer.run(project, line, environment);
    expect(code, `${line}\n${output}`).toBe(0);
    if (line.includes("preview")) expect(output).toMatch(/Policies:\s+✅ support-line/);
  }
  rmSync(join(project, "Pulumi.staging.yaml"));
});

test("the official CLI deploys a fresh clone, without our pulumi", async () => {
  const room = newcomer.room("clones");
  const git = "git -c user.name=Ada -c user.email=ada@example.com";
  await newcomer.run(project, `git init -q && git add -A && ${git} commit -qm "The line"`);
  const cloned = await newcomer.run(room, `git clone -q "${project}" their-line && mkdir state`);
  expect(cloned.code, cloned.output).toBe(0);
  const clone = join(room, "their-line");
  const environment = {
    PULUMI_BACKEND_URL: `file://${join(room, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "local",
  };
  // What the clone deploys to is a Twilio of its own, with nothing in it.
  const port = await elsewhere(clone);
  for (const line of [
    "pulumi install",
    `npx local-twilio start --port ${port}`,
    "pulumi preview -s local --non-interactive",
    "pulumi up -s local --yes --non-interactive",
  ]) {
    if (line.includes("preview")) {
      await newcomer.run(clone, "pulumi stack init local --non-interactive", environment);
    }
    const { code, output } = await newcomer.run(clone, line, environment);
    expect(code, `${line}\n${output}`).toBe(0);
  }
  await newcomer.run(clone, "npx local-twilio stop");
});

test("prod of two projects is called otherwise at Twilio, so that one account and one backend hold both", async () => {
  const room = newcomer.room("two");
  for (const name of ["one-line", "other-line"]) {
    const made = await newcomer.run(room, `npm create support-line@latest ${name} -- --yes --no-install`);
    expect(made.code, made.output).toBe(0);
    const file = readFileSync(join(room, name, "Pulumi.prod.yaml"), "utf8");
    expect(file).toContain(`${name}:lines`);
    expect(file).not.toContain("support-line:lines");
    expect(readFileSync(join(room, name, "Pulumi.yaml"), "utf8")).toContain(`name: ${name}\n`);
  }
});

test("what create refuses is named, and nothing is written", async () => {
  const room = newcomer.room("refused");
  writeFileSync(join(room, "notes.txt"), "mine");
  writeFileSync(join(room, "no-flow.json"), "{}");
  const refused = async (words: string) => {
    const { code, output } = await newcomer.run(room, `npm create support-line@latest ${words}`);
    expect(code, output).not.toBe(0);
    return output;
  };
  expect(await refused(". -- --yes --name my-line")).toContain(
    "it has no-flow.json, notes.txt. Nothing was written",
  );
  expect(await refused("my-line -- --template chat")).toContain(
    "--template chat: is no template; there is support, desk, flex",
  );
  expect(await refused("my-line -- --channel fax")).toContain("--channel fax: is none of sms, whatsapp");
  expect(await refused("my-line -- --from no-flow.json")).toContain(
    "--from no-flow.json is not a Flow: it has no widgets",
  );
  expect(await refused("my-line -- --from gone.json")).toContain("--from gone.json does not exist");
  expect(await refused('"My Line" -- --yes')).toContain("name My Line: is not a name");
  expect(existsSync(join(room, "my-line"))).toBe(false);
});

test("Plug'n'Play is refused by name, by every command and by the launcher of the provider", async () => {
  const pnp = join(newcomer.room("pnp"), "pnp.cjs");
  writeFileSync(
    pnp,
    'Object.defineProperty(process, "versions", { value: { ...process.versions, pnp: "3" } });\n',
  );
  const way =
    "does not run with Yarn's Plug'n'Play: write nodeLinker: node-modules into .yarnrc.yml and run yarn install.";
  for (const command of ["support-line", "pulumi", "studio", "local-twilio"]) {
    const { code, output } = await newcomer.run(
      project,
      `node --require "${pnp}" node_modules/.bin/${command}`,
    );
    expect(output.trim()).toBe(`${command} ${way}`);
    expect(code).toBe(2);
  }
  const file = join(project, ".pnp.cjs");
  writeFileSync(file, "");
  const launched = await newcomer.run(project, "./provider/pulumi-resource-twilio");
  rmSync(file);
  expect(launched.output.trim()).toBe(`The provider twilio ${way}`);
  expect(launched.code).toBe(1);
});

test("an old Node is refused in one sentence by every command", async () => {
  // No older Node is at hand everywhere: this one says that it is older.
  const old = join(newcomer.room("old"), "old.cjs");
  writeFileSync(
    old,
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });\nObject.defineProperty(process, "version", { value: "v20.19.0" });\n',
  );
  for (const command of ["support-line", "pulumi", "studio", "local-twilio"]) {
    const { code, output } = await newcomer.run(
      project,
      `node --require "${old}" node_modules/.bin/${command}`,
    );
    expect(output.trim()).toBe(
      `${command} needs Node 22.21 or newer, and this is v20.19.0: install Node 24 from https://nodejs.org.`,
    );
    expect(code).toBe(2);
  }
});

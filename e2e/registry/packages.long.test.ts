/** The packages as they are published: what they weigh, what they hold, and whether tools can read them. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tarballFaults } from "../../scripts/pack/tarballs.ts";
import { Newcomer } from "./newcomer.ts";
import { publishAll, type Published } from "./published.ts";
import { freePort } from "../free-port.ts";
import { tool } from "./registry.ts";

let published: Published;
let newcomer: Newcomer;
beforeAll(async () => {
  published = await publishAll();
  newcomer = new Newcomer(published.registry.url);
}, 400_000);
afterAll(async () => {
  newcomer.leave();
  await published.stop();
});

test("each stays below its limit, and holds no tests, fixtures or sources", () => {
  expect(tarballFaults(published.tarballs)).toEqual([]);
});

test("publint finds nothing to fix", async () => {
  for (const { file } of published.tarballs) {
    const { stdout } = await promisify(execFile)(process.execPath, [tool("publint"), "--strict", file]);
    expect(stdout).toContain("All good!");
  }
});

test("their types are what runs, to every resolution that takes ES modules", async () => {
  for (const { name, file, paths } of published.tarballs) {
    // A command, a page and a folder of modules have no main entry.
    if (!paths.some((path) => /^(index|load|bin\/index)\.d\.c?ts$/.test(path))) continue;
    const profile = name === "@support-line/pulumi-twilio" ? "node16" : "esm-only";
    const words = [tool("attw"), file, "--profile", profile, "--format", "ascii"];
    const { code, stdout } = await promisify(execFile)(process.execPath, words).then(
      (fine) => ({ ...fine, code: 0 }),
      (error: { stdout: string; code: number }) => error,
    );
    expect(code, `${name}\n${stdout}`).toBe(0);
  }
});

test("the local Twilio runs in any folder, and answers", async () => {
  const room = newcomer.room("any");
  writeFileSync(join(room, "package.json"), '{ "name": "any", "private": true }');
  const installed = await newcomer.run(room, "npm i -D @support-line/local-twilio");
  expect(installed.code, installed.output).toBe(0);
  const port = await freePort();
  const started = await newcomer.run(room, `npx local-twilio start --port ${port}`);
  expect(started.code, started.output).toBe(0);
  try {
    const page = await fetch(`http://127.0.0.1:${port}/_local/console/`);
    expect(await page.text()).toContain("<!doctype html>");
    const said = await newcomer.run(
      room,
      'npx local-twilio say --from +15550100201 --to +15550100001 "hello"',
    );
    expect(said.output).toContain("hello");
  } finally {
    await newcomer.run(room, "npx local-twilio stop");
  }
});

test("a Flow has its conversations tested, and is checked, without a project", async () => {
  const room = newcomer.room("tests");
  writeFileSync(join(room, "package.json"), '{ "name": "tests", "private": true, "type": "module" }');
  writeFileSync(join(room, "flow.json"), readFileSync("flow-templates/support.json", "utf8"));
  writeFileSync(join(room, "flow.test.js"), conversation);
  const installed = await newcomer.run(
    room,
    "npm i -D @support-line/conversation-test @support-line/studio @support-line/cli vitest",
  );
  expect(installed.code, installed.output).toBe(0);
  const tested = await newcomer.run(room, "npx vitest run");
  expect(tested.code, tested.output).toBe(0);
  const checked = await newcomer.run(room, "npx studio check flow.json");
  expect(checked.output).toContain("1 Flow, 0 errors");
});

const conversation = `import { readFileSync } from "node:fs";
import { test } from "vitest";
import { engineAlone, play } from "@support-line/conversation-test";

const definition = JSON.parse(readFileSync("flow.json", "utf8"));
const world = engineAlone({
  flow: "flow",
  definition,
  functions: { "start-conversation": "Success", "add-support-agent": "Success", "remove-support-agent": { removed: true } },
});

test("the keyword is answered", () =>
  play(world, async ({ customer }) => {
    await customer.says("support");
    await customer.hears("Added support agent");
  }));
`;

test("somebody else's Pulumi program declares Twilio's resources", async () => {
  const room = newcomer.room("program");
  const { version, dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    version: string;
    dependencies: Record<string, string>;
  };
  const port = await freePort();
  writeFileSync(
    join(room, "package.json"),
    JSON.stringify({
      name: "program",
      private: true,
      type: "module",
      dependencies: {
        "@pulumi/pulumi": dependencies["@pulumi/pulumi"],
        "@pulumi/twilio": `npm:@support-line/pulumi-twilio@${version}`,
        "@support-line/provider": version,
        "@support-line/local-twilio": version,
      },
    }),
  );
  for (const file of ["main.mjs", "pulumi-resource-twilio"]) {
    const text = readFileSync(join("provider", file), "utf8");
    writeFileSync(join(newcomer.room("program/provider"), file), text, { mode: 0o755 });
  }
  writeFileSync(
    join(room, "Pulumi.yaml"),
    "name: program\nruntime: { name: nodejs, options: { typescript: false } }\nplugins: { providers: [{ name: twilio, path: ./provider }] }\n",
  );
  writeFileSync(
    join(room, "index.js"),
    'import * as twilio from "@pulumi/twilio";\nexport const sid = new twilio.conversations.Service("own", { friendlyName: "Own" }).sid;\n',
  );
  const backend = {
    PULUMI_BACKEND_URL: `file://${newcomer.room("program-state")}`,
    PULUMI_CONFIG_PASSPHRASE: "of a test",
  };
  const lines = [
    "npm install",
    `npx local-twilio start --port ${port}`,
    "pulumi stack init dev --non-interactive",
    `pulumi config set twilio:endpoint http://127.0.0.1:${port}`,
    "pulumi config set twilio:accountSid AC10ca1000000000000000000000000001",
    "pulumi config set --secret twilio:authToken 10ca1000000000000000000000000000",
    "pulumi up --yes --non-interactive",
  ];
  try {
    for (const line of lines) {
      const { code, output } = await newcomer.run(room, line, backend);
      expect(code, `${line}\n${output}`).toBe(0);
    }
    expect((await newcomer.run(room, "pulumi stack output sid", backend)).stdout).toMatch(
      /^IS[0-9a-f]{32}$/m,
    );
  } finally {
    await newcomer.run(room, "npx local-twilio stop");
  }
});

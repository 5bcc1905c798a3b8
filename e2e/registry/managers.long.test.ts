/** A project that each package manager begins and installs: its commands run, and the engine finds the provider. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecord } from "create-support-line";
import { Newcomer } from "./newcomer.ts";
import { publishAll, type Published } from "./published.ts";
import { freePort } from "../free-port.ts";
import { tool } from "./registry.ts";

let published: Published;
let newcomer: Newcomer;
beforeAll(async () => {
  published = await publishAll();
  newcomer = new Newcomer(published.registry.url);
  newcomer.gets(dirname(tool("pnpm")));
}, 400_000);
afterAll(async () => {
  newcomer.leave();
  await published.stop();
});

/** Yarn reads no setting of npm's, wants TLS, and waits three days before it takes a version. */
const ofYarn = () => ({
  YARN_NPM_REGISTRY_SERVER: published.registry.url,
  YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
  YARN_NPM_MINIMAL_AGE_GATE: "0",
  YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
});

const managers = {
  pnpm: { begin: ["pnpm create support-line my-line --yes"], below: "", environment: () => ({}) },
  bun: { begin: ["bun create support-line my-line --yes"], below: "", environment: () => ({}) },
  yarn: { begin: ["yarn dlx create-support-line my-line --yes"], below: "", environment: ofYarn },
  npm: {
    // A workspace, whose packages are hoisted to the folder above.
    begin: [
      `echo '{ "name": "lines", "private": true, "workspaces": ["lines/*"] }' > package.json && mkdir lines`,
      "cd lines && npm create support-line my-line -- --yes --no-install",
      "npm install",
    ],
    below: "lines",
    environment: () => ({}),
  },
};

test.each(Object.entries(managers))(
  "%s",
  async (name, { begin, below, environment }) => {
    const room = newcomer.room(name);
    for (const line of begin) {
      const { code, output } = await newcomer.run(room, line, environment());
      expect(code, `${line}\n${output}`).toBe(0);
    }
    const project = join(room, below, "my-line");
    expect(readRecord(project)?.answers.manager).toBe(name);
    const stage = join(project, "Pulumi.local.yaml");
    writeFileSync(
      stage,
      readFileSync(stage, "utf8").replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${await freePort()}`),
    );
    try {
      const started = await newcomer.run(project, "npm start");
      expect(started.output).toContain("Added support agent");
      expect(started.code, started.output).toBe(0);
      const tested = await newcomer.run(project, "npx vitest run test/support.test.ts");
      expect(tested.code, tested.output).toBe(0);
    } finally {
      await newcomer.run(project, "npm stop");
      rmSync(room, { recursive: true, force: true });
    }
  },
  600_000,
);

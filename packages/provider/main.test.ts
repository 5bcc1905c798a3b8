import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { accountSid, Engine, failure } from "./testing/engine.ts";
import { PlayedTwilio } from "./testing/played-twilio.ts";

const executable = fileURLToPath(new URL("pulumi-resource-twilio", import.meta.url));

async function started(): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  const child = spawn(executable, ["127.0.0.1:1"], { stdio: ["pipe", "pipe", "inherit"] });
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  expect(chunk.toString()).toMatch(/^\d+\n$/);
  return child;
}

test("prints the port and nothing else, and ends when it is asked to", async () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    const child = await started();
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
  }
});

test("ends when its engine is gone", async () => {
  const child = await started();
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
});

/** Starts the provider as an engine would that keeps no pipe to it, and says which process it is and where it listens. */
const engine = `
  const { spawn } = require("node:child_process");
  const provider = spawn(process.argv[1], ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
  provider.stdout.once("data", (port) => process.stdout.write(provider.pid + " " + port));
  setInterval(() => {}, 1000);
`;

test("an engine that was killed: nothing more is written, and the provider ends by itself", async () => {
  await using twilio = await PlayedTwilio.start();
  const services = "serverless.twilio.com/v1/Services";
  const asked = Promise.withResolvers<undefined>();
  twilio.on(`POST ${services}`, () => {
    asked.resolve(undefined);
    return { status: 503, headers: { "retry-after": "1" } };
  });
  const home = mkdtempSync(join(tmpdir(), "killed-engine-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const parent = spawn(process.execPath, ["-e", engine, executable], {
    stdio: ["ignore", "pipe", "inherit"],
    // Where the journal lies.
    env: { ...process.env, PULUMI_BACKEND_URL: `file://${home}` },
  });
  const [chunk] = (await once(parent.stdout, "data")) as [Buffer];
  const [pid = NaN, port = NaN] = chunk.toString().split(" ").map(Number);
  const client = Engine.to(port);
  const config = { accountSid, authToken: "token", endpoint: twilio.endpoint };
  await client.checkConfig(config);
  await client.configure(config);
  // Twilio is busy: the create waits to be sent again.
  const lost = failure(client.create("twilio:serverless:Service", { uniqueName: "a", friendlyName: "a" }));
  await asked.promise;
  parent.kill("SIGKILL");
  await lost;
  client.client.close();
  // It gives itself 1.2 seconds; a loaded machine takes longer to notice.
  await expect.poll(() => isRunning(pid), { interval: 20, timeout: 15_000 }).toBe(false);
  expect(twilio.calls).toEqual([`POST ${services}`]);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

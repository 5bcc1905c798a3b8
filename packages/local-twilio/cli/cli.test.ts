import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "local-twilio-"));
});
afterAll(async () => {
  await run("stop");
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as it is installed. */
function run(...args: string[]): Promise<{ code: number; out: string; problem: string }> {
  const bin = join(import.meta.dirname, "../bin/local-twilio.mjs");
  const options = { timeout: 20_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, ...args, "--folder", folder], options, (error, out, problem) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, problem });
    });
  });
}

test("start, status, env, a second start, stop", { timeout: 30_000 }, async () => {
  const early = await run("status");
  expect(early.code).toBe(1);
  expect(early.problem).toContain("npx local-twilio start");
  const started = await run("start", "--port", "0", "--json");
  expect(started.code).toBe(0);
  const { endpoint, pid } = JSON.parse(started.out) as { endpoint: string; pid: number };

  const status = await run("status", "--json");
  expect(JSON.parse(status.out)).toMatchObject({ status: "ok", pid, endpoint });
  const again = await run("start", "--json");
  expect(JSON.parse(again.out)).toEqual({ endpoint, pid, already: true });

  const env = await run("env");
  expect(env.out).toContain(`export HTTP_PROXY='${endpoint}'`);
  expect(env.out).toContain(`export NODE_EXTRA_CA_CERTS='${folder}/ca.pem'`);
  expect(env.out).toContain("export NO_PROXY=''");

  expect((await run("reset")).out).toBe("The local Twilio is as new.\n");
  expect((await run("stop")).out).toBe("The local Twilio is stopped.\n");
  await expect(fetch(`${endpoint}/_local/v1/status`)).rejects.toThrow();
});

test("a killed one leaves a note that counts for nothing, and its state", { timeout: 30_000 }, async () => {
  const first = JSON.parse((await run("start", "--port", "0", "--json")).out) as {
    endpoint: string;
    pid: number;
  };
  const seed = { numbers: [{ phoneNumber: "+15550100099" }] };
  await fetch(`${first.endpoint}/_local/v1/seed`, { method: "POST", body: JSON.stringify(seed) });
  process.kill(first.pid, "SIGKILL");
  const second = JSON.parse((await run("start", "--port", "0", "--json")).out) as {
    endpoint: string;
    already: boolean;
  };
  expect(second.already).toBe(false);
  const inbox = `${second.endpoint}/_local/v1/handsets/%2B15550100201/messages`;
  const message = { to: "+15550100099", body: "still there?" };
  expect((await fetch(inbox, { method: "POST", body: JSON.stringify(message) })).status).toBe(201);
  expect((await run("stop")).code).toBe(0);
});

test("wrong use is exit code 2 and says how", async () => {
  const port = await run("start", "--port", "many");
  expect(port.code).toBe(2);
  expect(port.problem).toContain("0 to 65535");
  const say = await run("say", "hello");
  expect(say.code).toBe(2);
  expect(say.problem).toContain("--from");
});

test("--as takes the switches of a proof; what is none is said", { timeout: 30_000 }, async () => {
  const file = join(folder, "proof.json");
  const facts = { of: "account", at: "2026-12-01", version: "0.1.0", facts: [] };
  const asked = { asks: "a list", source: "a page", matters: "lists", touches: [], fields: [] };
  const differences = [{ id: "rest.user.order", ...asked }];
  const switches = { channelAddress: "proxy" };
  writeFileSync(file, JSON.stringify({ format: 1, ...facts, switches, differences }));
  const started = await run("start", "--port", "0", "--as", file);
  expect(started.out).toContain(
    "as an account was on 2026-12-01; switches set: 1; differences it cannot play: 1",
  );
  const status = JSON.parse((await run("status", "--json")).out) as { switches: Record<string, unknown> };
  expect(status.switches).toMatchObject({ channelAddress: "proxy", replyLocation: "both" });
  writeFileSync(file, JSON.stringify({ format: 1, ...facts, switches: { gravity: 1 } }));
  const strange = await run("start", "--as", file);
  expect(strange).toMatchObject({
    code: 2,
    problem: expect.stringContaining("is not a proof: switches") as string,
  });
  expect((await run("start", "--as", join(folder, "none.json"))).problem).toContain("cannot be read");
  expect((await run("stop")).code).toBe(0);
});

import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

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

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleProvider } from "./bundle.ts";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "a bundle "));
  file = join(folder, "pulumi-resource-twilio");
  await bundleProvider(file);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test("starts as a command and by Node, as a command with the small young generation that the launcher asks for", async () => {
  for (const [command, args, options] of [
    [file, [], "--disable-warning=ExperimentalWarning,--max-semi-space-size=4"],
    [process.execPath, [file], ""],
  ] as const) {
    const saying = "data:text/javascript,process.stderr.write(process.execArgv.join())";
    const child = spawn(command, [...args, "127.0.0.1:1"], {
      env: { ...process.env, NODE_OPTIONS: `--import ${saying}` },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const said: string[] = [];
    child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
    const over = once(child, "close");
    const [port] = (await once(child.stdout, "data")) as [Buffer];
    expect(port.toString()).toMatch(/^\d+\n$/);
    // An engine's end closes the pipe.
    child.stdin.end();
    await over;
    expect(said.join("")).toBe(options);
  }
}, 30_000);

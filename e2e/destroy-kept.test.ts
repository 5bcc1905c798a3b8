/** `npx pulumi destroy` of a stage that keeps something, with the real CLI: it stops before the first deletion. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { passphrase } from "./states/recorded.ts";

const recorded = new URL("states/flex/", import.meta.url);
let folder: string;
let state: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kept-"));
  const stacks = join(folder, ".pulumi", "stacks", "support-line");
  await mkdir(stacks, { recursive: true });
  state = join(stacks, "prod.json");
  await writeFile(state, gunzipSync(await readFile(new URL("stack.json.gz", recorded))));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function destroy(...words: string[]): Promise<{ code: unknown; stderr: string }> {
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
  };
  const file = fileURLToPath(new URL("Pulumi.prod.yaml", recorded));
  const args = [resolve("packages/cli/pulumi.ts"), "destroy", "-s", "prod", "--config-file", file, ...words];
  return new Promise((done) => {
    execFile(process.execPath, args, { env }, (error, _, stderr) => done({ code: error?.code ?? 0, stderr }));
  });
}

test("what cannot be had back is named with both ways out, and nothing is deleted", async () => {
  const before = await readFile(state, "utf8");
  const { code, stderr } = await destroy("--yes", "--skip-preview", "--non-interactive");
  expect(stderr).toMatch(/^Nothing was deleted\. This stage keeps what cannot be had back:\n/);
  expect(stderr).toContain("  twilio:studio:Flow support\n");
  expect(stderr).toContain("  twilio:serverless:Service functions\n");
  expect(stderr).toContain("npx pulumi destroy --exclude-protected -s prod");
  expect(stderr).toContain("npx pulumi state unprotect --all -s prod");
  expect(code).toBe(2);
  expect(await readFile(state, "utf8")).toBe(before);
});

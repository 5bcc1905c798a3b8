/** What a person meets who deploys for the first time, with the real CLI: each missing step says itself and its command. */
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pulumiFolder } from "@support-line/cli";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProjectCopy } from "./project-copy.ts";

const root = process.cwd();
let project: ProjectCopy;
beforeAll(async () => {
  project = await ProjectCopy.create({ PULUMI_HOME: join(tmpdir(), "nobody-is-logged-in") });
});
afterAll(() => project[Symbol.asyncDispose]());

test("without a backend, the ways to log in and the next command are said", async () => {
  const nobody = { PULUMI_BACKEND_URL: "", PULUMI_ACCESS_TOKEN: "" };
  const { code, stderr } = await project.run("packages/cli/pulumi.ts", ["up", "-s", "dev"], nobody);
  expect(code).toBe(2);
  expect(stderr).toContain("Stage dev needs a place for its state, and you are logged in to none.");
  expect(stderr).toContain("npx pulumi login --local");
  expect(stderr).toContain("npx pulumi stack init dev");
});

test("without a stack, the command that makes one is said", async () => {
  const { code, stderr } = await project.pulumi("up", "--yes", "-s", "dev", "--non-interactive");
  expect(code).not.toBe(0);
  expect(stderr).toContain("Stage dev has no stack yet");
  expect(stderr).toContain("npx pulumi stack init dev");
});

test("verify runs as it is printed, and says whose credentials it wants", async () => {
  const text = await new Promise<string>((resolve) => {
    const env = { ...process.env, TWILIO_ACCOUNT_SID: "", TWILIO_AUTH_TOKEN: "" };
    const words = [join(root, "scripts/verify.ts"), "local"];
    execFile(process.execPath, words, { cwd: project.folder, env }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  // The shipped `dev` has placeholders; `local` can be read.
  expect(text).toMatch(/Pulumi\.local\.yaml|Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to those of AC/);
  expect(text).not.toContain("required option");
});

/** `npx pulumi` in a folder. */
const pulumiIn = (cwd: string, ...words: string[]) =>
  new Promise<{ code: number; text: string }>((resolve) => {
    const command = join(root, "packages/cli/pulumi.ts");
    const env = { ...process.env, PATH: [pulumiFolder(root), process.env.PATH].join(delimiter) };
    execFile(process.execPath, [command, ...words], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : 1, text: stdout + stderr }),
    );
  });

test("outside of any project npx pulumi is Pulumi itself", async () => {
  const { code, text } = await pulumiIn(tmpdir(), "version");
  expect(text).toMatch(/^v3\./);
  expect(code).toBe(0);
});

test("-C means the project of that folder", async () => {
  const { code, text } = await pulumiIn(tmpdir(), "-C", project.folder, "stack", "ls", "-s", "local");
  expect({ code, text }).toEqual({ code: 0, text: expect.stringMatching(/^NAME/) as string });
});

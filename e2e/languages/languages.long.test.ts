/** The provider in Python and in Go: its SDK is made and compiled, and a support line written with it is deployed. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { readWritten } from "@support-line/provider/examples";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pulumiVersion } from "../../packages/cli/set-up/pulumi-version.mjs";
import { ensureGoTool, genSdk } from "../../scripts/setup/go-tool.mjs";
import { pulumi } from "../plain-pulumi.ts";
import { languageHosts } from "./language-hosts.ts";

const root = process.cwd();
const schema = join(root, "packages/provider/schema.gen.json");
const importPath = "github.com/support-line/support-line/sdks/go/twilio";
const examples = readWritten().programs;

/** Compiling the SDK in Go the first time and installing Pulumi for Python take minutes, and more on a busy machine. */
const patient = { timeout: 1_800_000 };
/** What is compiled in one temporary folder is found again in the next. */
const goFlags = { GOFLAGS: "-trimpath" };

let folder: string;
let local: LocalTwilio;
let hosts: string;
let generator: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "languages-"));
  local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  generator = await ensureGoTool(root, genSdk);
  hosts = await languageHosts(root);
}, patient.timeout);
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

const execute = promisify(execFile);
/** Runs a command to its end; one that fails is an exception with what it printed. */
const run = (command: string, args: readonly string[], cwd = folder) =>
  execute(command, args, { cwd, env: { ...process.env, ...goFlags }, maxBuffer: 64 * 1024 * 1024 });

/** Deploys a program twice: the second time nothing changes. */
async function deploys(program: string, path: readonly string[]): Promise<Record<string, unknown>> {
  const state = `${program}-state`;
  await mkdir(state);
  const environment = {
    PATH: [...path, hosts, join(root, "node_modules/.bin"), process.env["PATH"] ?? ""].join(delimiter),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "fictional",
    ...goFlags,
    TWILIO_ACCOUNT_SID: local.accountSid,
    TWILIO_AUTH_TOKEN: local.authToken,
  };
  const answered = async (...words: string[]) => {
    const { code, stdout, stderr } = await pulumi(program, environment, ...words, "--non-interactive");
    expect([code, code === 0 ? "" : stdout + stderr]).toEqual([0, ""]);
    return stdout;
  };
  await answered("stack", "init", "test");
  await answered("config", "set", "twilio:endpoint", local.endpoint);
  await answered("up", "--yes", "--skip-preview");
  await answered("preview", "--refresh", "--expect-no-changes");
  return JSON.parse(await answered("stack", "output", "--json")) as Record<string, unknown>;
}

/** A program of `examples/` in a folder of its own, with the provider of this checkout. */
async function copyOf(example: string): Promise<string> {
  const program = join(folder, example);
  await cp(join(root, "examples", example), program, { recursive: true });
  const project = await readFile(join(program, "Pulumi.yaml"), "utf8");
  await writeFile(
    join(program, "Pulumi.yaml"),
    project.replace("../../packages/provider", join(root, "packages/provider")),
  );
  return program;
}

test("a support line in Python", patient, async () => {
  const sdk = join(folder, "python-sdk");
  await run(generator, ["python", schema, sdk]);
  // The generator names a README beside pyproject.toml and leaves it inside the package.
  await cp(join(sdk, "pulumi_twilio", "README.md"), join(sdk, "README.md"));
  await run("python3", ["-m", "venv", "venv"]);
  const bin = join(folder, "venv", "bin");
  const python = join(bin, "python");
  await run(python, ["-m", "pip", "install", "--quiet", "pulumi", "setuptools", "wheel", sdk]);
  await run(python, ["-m", "compileall", "-q", sdk]);
  for (const [at, example] of Object.values(examples).entries()) {
    await writeFile(join(folder, `example_${at}.py`), example.python);
  }
  await run(python, ["-m", "compileall", "-q", "-l", folder]);
  const program = await copyOf("python");
  await run(python, ["-c", "import pulumi_twilio.studio as studio; studio.FlowStatus('published')"], program);
  await expect(
    run(python, ["-c", "import pulumi_twilio.studio as studio; studio.FlowStatus('publishd')"], program),
  ).rejects.toThrow(/publishd.* is not a valid FlowStatus/);
  expect(await deploys(program, [bin])).toMatchObject({
    flow: expect.stringMatching(/^FW/) as string,
    address: expect.stringMatching(/^IG/) as string,
    workflow: expect.stringMatching(/^WW/) as string,
  });
});

test("a support line in Go", patient, async () => {
  const made = join(folder, "go-sdk");
  await run(generator, ["go", schema, made]);
  const sdk = join(made, "twilio");
  await writeFile(
    join(sdk, "go.mod"),
    `module ${importPath}\n\ngo 1.26\n\nrequire github.com/pulumi/pulumi/sdk/v3 v${pulumiVersion}\n`,
  );
  await run("go", ["mod", "tidy"], sdk);
  const program = await copyOf("go");
  await mkdir(join(program, "every"));
  await writeFile(join(program, "every", "main.go"), examples["all"]?.go ?? "");
  await run("go", ["mod", "edit", "-replace", `${importPath}=${sdk}`], program);
  await run("go", ["mod", "tidy"], program);
  // Every product's package, and with it every enum, input and output.
  await run("go", ["build", "./..."], sdk);
  await run("go", ["build", "-o", join(folder, "every-example"), "./every"], program);
  expect(await deploys(program, [])).toMatchObject({
    flow: expect.stringMatching(/^FW/) as string,
    address: expect.stringMatching(/^IG/) as string,
    workflow: expect.stringMatching(/^WW/) as string,
  });
});

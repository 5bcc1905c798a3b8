/**
 * No command prints a credential, whatever the network does to it: nobody there, a login that is refused, no answer in time.
 * The verbs are read from the commands themselves.
 */
import { execFileSync, fork } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scripts } from "../../scripts/run-verb.mjs";
import { ProjectCopy } from "../project-copy.ts";
import type { Done, Job, Ran } from "./run-words.ts";
import { ills, SickTwilio, type Ill } from "./sick-twilio.ts";
import { stageState } from "./stage-state.ts";
import { localVerbs, npmVerbs, stageVerbs, studioVerbs, type Places, type Rows } from "./verbs.ts";

const root = process.cwd();
const runner = fileURLToPath(new URL("run-words.ts", import.meta.url));

const accountSid = "AC10ca1000000000000000000000000001";
const key = "SK10ca1000000000000000000000000001";
const secret = "s3cretOfTheKey0123456789abcdefgh";
const token = "70ken0f7heaccount0123456789abcde";
const github = "ghp_70ken0fGitHub0123456789abcdefgh";
const unkeyed = { TWILIO_API_KEY: undefined, TWILIO_API_SECRET: undefined };

const base64 = (text: string) => Buffer.from(text).toString("base64").replace(/=+$/, "");
/** Secrets, plain and as HTTP's Basic login carries them. */
const forbidden = [
  ...[secret, token, github],
  ...[secret, token].map(base64),
  ...[`${key}:${secret}`, `${accountSid}:${secret}`, `${accountSid}:${token}`].map(base64),
];

function expectNoSecret({ out, error }: Ran): void {
  for (const each of forbidden) expect(out + error).not.toContain(each);
  expect(out + error).not.toMatch(/authorization|\bBasic [\w+/=]{8}/i);
  expect(error).not.toMatch(/^\s+at .+:\d+:\d+/m);
}

/** One sentence with the host, and the exit code of Twilio or network. */
function expectTold(ran: Ran, host: string, ill: Ill): void {
  expectNoSecret(ran);
  expect(ran).toMatchObject({ code: 3 });
  const lines = ran.error.trim().split("\n");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(host);
  const reasons = { dead: /ECONNREFUSED/, refused: /\b401\b/, silent: /did not answer in time/ };
  expect(lines[0]).toMatch(reasons[ill]);
  // The way out.
  expect(lines[0]).toMatch(/start it|run the command again|\bset\b|make a new one/i);
}

let copy: ProjectCopy;
beforeAll(async () => {
  copy = await ProjectCopy.create({ PULUMI_CONFIG_PASSPHRASE: "local" });
  for (const words of [
    ["init", "-q"],
    ["add", "Pulumi.yaml"],
    ["commit", "-qm", "a commit"],
  ]) {
    execFileSync("git", ["-c", "user.name=Jo", "-c", "user.email=jo@example.com", ...words], {
      cwd: copy.folder,
    });
  }
  writeFileSync(join(copy.folder, "Pulumi.bare.yaml"), "config: {}\n");
  await copy.pulumi("stack", "init", "bare");
});
afterAll(() => copy[Symbol.asyncDispose]());

/** Has the stage `local` of the copy its Twilio at an endpoint. */
async function deployedAt(endpoint: string): Promise<void> {
  const file = readFileSync(join(root, "Pulumi.local.yaml"), "utf8");
  writeFileSync(
    join(copy.folder, "Pulumi.local.yaml"),
    file.replace(/twilio:endpoint: .*/, `twilio:endpoint: ${endpoint}`).replace(/twilio:authToken: .*/, ""),
  );
  writeFileSync(join(copy.folder, "state.json"), JSON.stringify(stageState(endpoint)));
  const imported = await copy.pulumi(
    "stack",
    "import",
    "-s",
    "local",
    "--force",
    "--file",
    join(copy.folder, "state.json"),
  );
  expect(imported.code, imported.stderr).toBe(0);
}

/** Runs commands in a process that has every secret in its environment. */
function run(job: Job, environment: Readonly<Record<string, string>>): Promise<Done> {
  const env = {
    ...process.env,
    HTTP_PROXY: "",
    ...environment,
    NO_COLOR: "1",
    PULUMI_BACKEND_URL: `file://${join(copy.folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "local",
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: token,
    TWILIO_API_KEY: key,
    TWILIO_API_SECRET: secret,
    GITHUB_TOKEN: github,
    GITHUB_REPOSITORY: "somebody/their-line",
    SUPPORT_LINE_TIMEOUT: "0.5",
    LOCAL_TWILIO_TIMEOUT: "0.5",
  };
  return new Promise((resolve, reject) => {
    const child = fork(runner, { cwd: copy.folder, env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (said += text));
    }
    let done: Done | null = null;
    child.once("message", (answer: Done) => (done = answer));
    child.once("error", reject);
    child.once("close", (code) =>
      done === null ? reject(new Error(`it ended with ${code}: ${said}`)) : resolve(done),
    );
    child.send(job);
  });
}

const edge = () => join(copy.folder, "packages/cli/edge/run.ts");
const programs = {
  stage: { file: "packages/cli/stage/program.ts", rows: stageVerbs },
  studio: { file: "packages/cli/studio/program.ts", rows: studioVerbs },
} as const;

/** Runs every verb of a program; those that ask Twilio with an API key, with the auth token, or with the one and the other. */
async function runRows(rows: Rows, file: string, places: Places, ill: Ill) {
  const logins = { dead: [{}, unkeyed], refused: [unkeyed], silent: [{}] }[ill];
  const cases = Object.entries(rows).flatMap(([verb, { words, asks }]) =>
    (asks === "twilio" ? logins : [{}]).map((env) => ({ verb, asks, words: words(places), env })),
  );
  const job = { program: join(copy.folder, file), run: edge(), commands: cases };
  const { verbs, ran } = await run(job, { GITHUB_API_URL: places.endpoint });
  return {
    verbs,
    ran: cases.map((each, at) => ({ ...each, ran: ran[at] ?? { code: -1, out: "", error: "" } })),
  };
}

describe.each(ills)("%s", (ill) => {
  let twilio: SickTwilio;
  let places: Places;
  beforeAll(async () => {
    twilio = await SickTwilio.start(ill);
    await deployedAt(twilio.endpoint);
    const folder = join(copy.folder, "scratch", ill);
    await mkdir(folder, { recursive: true });
    places = { endpoint: twilio.endpoint, folder, flow: join(copy.folder, "flow-templates/support.json") };
  });
  afterAll(async () => {
    if (ill !== "dead") await twilio.stop();
  });

  test.each(Object.entries(programs))("every verb of %s", async (_, { file, rows }) => {
    const { verbs, ran } = await runRows(rows, file, places, ill);
    expect(Object.keys(rows).toSorted()).toEqual(verbs.toSorted());
    for (const each of ran) {
      // What it printed tells which verb it was.
      expect
        .soft({ ...each, isTold: problemOf(() => check(each.asks, each.ran)) })
        .toMatchObject({ isTold: null });
    }
  });

  function check(asks: Rows[string]["asks"], ran: Ran): void {
    if (asks === "nobody" || asks === "engine") {
      expectNoSecret(ran);
      expect([0, 1, 2, 3]).toContain(ran.code);
    } else expectTold(ran, twilio.host, ill);
  }

  test("every verb of local-twilio", async () => {
    const folder = join(places.folder, "local-twilio");
    await mkdir(folder, { recursive: true });
    // A note of one that runs, whose process is there: this one.
    writeFileSync(
      join(folder, "running.json"),
      JSON.stringify({ pid: process.pid, endpoint: twilio.endpoint }),
    );
    const port = new URL(twilio.endpoint).port;
    const commands = Object.entries(localVerbs)
      // A free port is all that it needs to start.
      .filter(([verb]) => verb !== "start" || ill !== "dead")
      .map(([verb, words]) => ({
        words: [...words, "--folder", folder, ...(verb === "start" ? ["--port", port] : [])],
      }));
    const packages = join(root, "packages/local-twilio/cli");
    const { verbs, ran } = await run(
      { program: join(packages, "program.ts"), run: join(packages, "run.ts"), commands },
      {},
    );
    expect(Object.keys(localVerbs).toSorted()).toEqual(verbs.toSorted());
    for (const [at, each] of ran.entries()) {
      expectNoSecret(each);
      expect({ verb: commands[at]?.words[0], ...each }).toMatchObject({
        code: expect.toSatisfy((code) => [0, 1, 2, 3].includes(code as number)) as number,
      });
      if (ill === "silent") {
        expect(each).toMatchObject({ code: 3, error: expect.stringContaining(twilio.host) as string });
      }
    }
  });
});

/** What an expectation says is wrong; null: nothing. */
function problemOf(expected: () => void): string | null {
  try {
    expected();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test("every script of npm run ends at the edge of the commands, or says why not", () => {
  expect(Object.keys(npmVerbs).toSorted()).toEqual(Object.keys(scripts).toSorted());
  const without = Object.entries(scripts).flatMap(([verb, script]) => {
    const text = script === null ? "" : readFileSync(join(root, script), "utf8");
    return npmVerbs[verb] === "edge" && !/await run(Main|Program)\(/.test(text) ? [verb] : [];
  });
  expect(without).toEqual([]);
});

test("the command itself, as a shell finds it, and pulumi", async () => {
  const twilio = await SickTwilio.start("dead");
  const env = { TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_KEY: key, TWILIO_API_SECRET: secret };
  const adopted = await copy.stage(["adopt", "y", "--endpoint", twilio.endpoint], env);
  expectTold({ code: adopted.code, out: adopted.stdout, error: adopted.stderr }, twilio.host, "dead");
  const failed = await copy.run("packages/cli/pulumi.ts", ["stack", "export", "-s", "gone"], env);
  expect(failed.code).not.toBe(0);
  expectNoSecret({ code: failed.code, out: failed.stdout, error: failed.stderr });
});

/** Back in a minute, with the real CLI: rolled back, what comes back is named, let through, paused and resumed. */
import { execFile, execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deployedStage } from "./deployed/stage.ts";
import { LocalPhone } from "./local-world.ts";
import { supportStage, type TestStage, type StageFile } from "./stage.ts";

const line = "+15550100001";
let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
  // A project is kept in git, and a commit of it can be gone back to.
  execFileSync("git", ["init", "--quiet"], { cwd: stage.folder });
});
afterAll(() => stage[Symbol.asyncDispose]());

const command = resolve("packages/cli/stage.ts");

interface Run {
  readonly code: number;
  readonly text: string;
}

/** `npm run stage -- …`, what it printed and how it ended. */
function run(words: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  const [verb = "", ...others] = words;
  // Only what changes a stage asks for its file.
  const file = verb === "status" ? [] : ["--config-file", stage.stageFile];
  const args = [command, verb, "local", ...others, ...file];
  const env = {
    ...process.env,
    ...stage.environment,
    TWILIO_AUTH_TOKEN: stage.twilio.authToken,
    ...environment,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: stage.folder, env, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, text: stdout + stderr });
    });
  });
}

/** The stage with another template, which runs other Functions, another wording and another agent. */
const changed: StageFile = {
  lines: supportStage.lines.map((each) => ({ ...each, flow: "desk" })),
  agents: [{ name: "ada", address: "+15550100102" }],
  wordings: { agentAdded: "An agent has joined" },
};

async function running() {
  const { client } = stage;
  const [flow] = await client.studio.v2.flows.list();
  const [service] = await client.serverless.v1.services.list();
  const [environment] = await client.serverless.v1.services(service?.sid ?? "").environments.list();
  const variables = await client.serverless.v1
    .services(service?.sid ?? "")
    .environments(environment?.sid ?? "")
    .variables.list();
  return {
    revision: flow?.revision ?? 0,
    buildSid: environment?.buildSid ?? "",
    agents: variables.find(({ key }) => key === "SUPPORT_AGENTS")?.value ?? "",
  };
}

/** The last thing that a customer, whom nobody knows yet, and an agent read when the customer asks for support. */
async function asksForSupport(customer: string, agent: string): Promise<(string | undefined)[]> {
  const phones = [customer, agent].map((address) => new LocalPhone(stage.twilio.endpoint, address));
  await phones[0]?.says(line, "support");
  return Promise.all(phones.map(async (phone) => (await phone.heard()).at(-1)?.body));
}

/** State and Twilio agree: a refresh finds nothing. */
async function agree(): Promise<void> {
  const words = ["refresh", "--yes", "--skip-preview", "--expect-no-changes", "--non-interactive"];
  expect(await stage.pulumi(...words)).toMatchObject({ code: 0 });
}

test("with one deployment there is nothing to go back to", async () => {
  const { code, text } = await run(["rollback", "--yes"]);
  expect(text).toContain("nothing to go back to: stage local remembers one deployment alone");
  expect(code).toBe(1);
});

test("a rollback is shown, and then the old wording speaks and the old agent is reached", async () => {
  const before = await running();
  expect(await asksForSupport("+15550100201", "+15550100101")).toEqual(Array(2).fill("Added support agent"));
  await stage.configure(changed);
  await stage.up();
  const between = await running();
  expect(between.buildSid).not.toBe(before.buildSid);
  expect(await asksForSupport("+15550100202", "+15550100102")).toContain("An agent has joined");

  const { text: shown } = await run(["rollback"]);
  expect(shown).toContain('Flow of line support: "support-confirmation-message" is new (send-message)');
  expect(shown).toMatch(new RegExp(`Build ${before.buildSid} of .* instead of ${between.buildSid}`));
  expect(shown).toMatch(/Functions that differ: .*\/find-agent/);
  expect(shown).toMatch(/Variable SUPPORT_AGENTS is .*…0101.* instead of .*…0102/);
  expect(shown).toContain("Nothing was changed");
  expect(shown).not.toContain("+1555010010");
  expect(await running()).toEqual(between);

  expect(await run(["rollback", "--yes"])).toMatchObject({ code: 0 });
  expect(await running()).toEqual({ ...before, revision: between.revision + 1 });
  expect(await asksForSupport("+15550100203", "+15550100101")).toEqual(Array(2).fill("Added support agent"));
  await agree();
  expect((await run(["status"])).text).toContain("deployments stop until rollback local --clear");
});

test("the next deployment stops and names what it would bring back; a preview shows that and no more", async () => {
  const before = await running();
  const up = await stage.pulumi("up", "--yes", "--skip-preview", "--non-interactive");
  expect(up.code).not.toBe(0);
  expect(up.stdout).toContain('Flow of line support: "add-support-agent" is gone');
  expect(up.stdout).toMatch(/Flow of line support: \d+ changes more/);
  expect(up.stdout).toMatch(/Variable SUPPORT_AGENTS is .*…0102/);
  expect(up.stdout).toContain("npm run stage -- rollback local --clear");
  expect(await running()).toEqual(before);

  const steps = await stage.preview();
  expect(
    [
      ...new Set(
        steps.map(({ op, urn }) => `${op} ${urn.split("::").slice(-2).join(" ").replace(/.*\$/, "")}`),
      ),
    ].sort(),
  ).toEqual([
    "update twilio:serverless:Deployment functions",
    "update twilio:serverless:Variable functions-SUPPORT_AGENTS",
    "update twilio:studio:Flow support",
  ]);
});

test("there is nothing before the first deployment", async () => {
  expect((await run(["rollback", "--yes"])).text).toContain("nothing to go back to");
});

test("an edit in Studio's editor is named and written over, and the line says what was deployed", async () => {
  const [flow] = await stage.client.studio.v2.flows.list();
  const edited = await stage.client.studio.v2.flows(flow?.sid ?? "").fetch();
  const text = JSON.stringify(edited.definition).replace("Added support agent", "Hold on");
  await stage.client.studio.v2
    .flows(flow?.sid ?? "")
    .update({ status: "published", commitMessage: "quick fix", definition: JSON.parse(text) as object });
  const done = await run(["rollback", "--yes"]);
  expect(done.text).toContain('says "Added support agent" instead of "Hold on"');
  expect(done.text).toMatch(
    /somebody saved the Flow of line support as revision \d+ \(published, "quick fix"\)/,
  );
  expect(await asksForSupport("+15550100204", "+15550100101")).toContain("Added support agent");
  await agree();
});

test("let through, a deployment brings it back", async () => {
  const cleared = await run(["rollback", "--clear"]);
  expect(cleared.text).toContain("The next one deploys what the code says now.");
  await stage.up();
  expect(await asksForSupport("+15550100205", "+15550100102")).toContain("An agent has joined");
  expect((await run(["rollback", "--clear"])).text).toContain("is not rolled back");
});

test.each<[string, string[], Record<string, string>, string]>([
  ["an unknown commit", ["--to", "no-such-branch"], {}, "no-such-branch is not a commit of this repository"],
  [
    "an expired key, or one of another account",
    ["--yes"],
    { TWILIO_AUTH_TOKEN: "0".repeat(32) },
    "refuses the credentials for stage local (401)",
  ],
])("%s is named, and nothing is changed", async (_, words, environment, message) => {
  const before = await running();
  const { code, text } = await run(["rollback", ...words], environment);
  expect(text).toContain(message);
  expect(code).toBeGreaterThan(1);
  expect(await running()).toEqual(before);
});

test("a stack that another run has locked is left alone, and the way out is named", async () => {
  const locks = join(
    fileURLToPath(stage.environment.PULUMI_BACKEND_URL ?? ""),
    ".pulumi/locks/organization/support-line/local",
  );
  await mkdir(locks, { recursive: true });
  const lock = join(locks, "4f1ba1bb-5c1a-4f3e-9b6e-1f8d2f0c7a11.json");
  const holder = {
    pid: process.pid,
    username: "somebody",
    hostname: hostname(),
    timestamp: new Date().toISOString(),
  };
  await writeFile(lock, JSON.stringify(holder));
  const before = await running();
  const { code, text } = await run(["rollback", "--yes"]);
  await rm(lock);
  expect(text).toContain("Stage local is locked by another run, and nothing was changed");
  expect(text).toContain("npx pulumi cancel --yes -s local");
  expect(code).toBe(3);
  expect(await running()).toEqual(before);
});

/** What a phone read since a number of messages. */
async function readSince(address: string, before: number): Promise<string[]> {
  const heard = await new LocalPhone(stage.twilio.endpoint, address).heard();
  return heard.slice(before).map(({ body }) => body);
}
const readBy = async (address: string) => (await readSince(address, 0)).length;
const write = (from: string, body: string) => new LocalPhone(stage.twilio.endpoint, from).says(line, body);

test("a paused line answers one text and brings nobody; who talks to an agent goes on", async () => {
  const { revision } = await running();
  expect(await run(["pause", "--text", "Back at nine."])).toMatchObject({ code: 0 });
  const [talking, agent] = ["+15550100205", "+15550100102"];
  const [ofTalking, ofAgent] = [await readBy(talking), await readBy(agent)];

  await write("+15550100206", "hello");
  await write("+15550100206", "anybody there?");
  await write("+15550100206", "support");
  expect(await readSince("+15550100206", 0)).toEqual(["Back at nine.", "Back at nine."]);
  await write(talking, "my order is late");
  expect(await readSince(talking, ofTalking)).not.toContain("Back at nine.");
  expect(await readSince(agent, ofAgent)).toContain("my order is late");
  expect((await running()).revision).toBe(revision + 1);
  expect((await run(["status"])).text).toMatch(/paused +support, until resume local/);
  await agree();
});

test("a deployment says that the line is paused, and does not resume it", async () => {
  await stage.configure({ ...changed, wordings: { agentAdded: "Here I am" } });
  const printed = await stage.up();
  expect(printed).toContain("Line support is paused since");
  expect(printed).toContain("npm run stage -- resume local");
  await write("+15550100207", "support");
  expect(await readSince("+15550100207", 0)).toEqual(["Back at nine."]);
});

test(
  "resumed, the line says what it said before, and the next deployment brings what was written meanwhile",
  { timeout: 240_000 },
  async () => {
    expect(await run(["resume"])).toMatchObject({ code: 0 });
    expect(await asksForSupport("+15550100208", "+15550100102")).toContain("An agent has joined");
    await agree();
    const [step, ...others] = await stage.preview();
    expect(others).toEqual([]);
    expect(Object.keys(step?.detailedDiff ?? {}).join()).toContain("agent-added-message");
    expect((await run(["resume"])).text).toContain("No line of stage local is paused");
  },
);

test(
  "a rollback that fails half-way stops deployments, and is completed by doing it again",
  { timeout: 240_000 },
  async () => {
    const before = await running();
    await stage.control("faults", {
      method: "POST",
      host: "serverless",
      path: "/Deployments$",
      fault: { status: 500 },
    });
    expect(await run(["rollback", "--yes"])).toMatchObject({ code: 3 });
    await fetch(`${stage.twilio.endpoint}/_local/v1/faults`, { method: "DELETE" });
    const between = await running();
    expect(between).toMatchObject({ buildSid: before.buildSid, revision: before.revision });
    expect(between.agents).toContain("+15550100101");
    expect((await stage.pulumi("up", "--yes", "--skip-preview", "--non-interactive")).stdout).toContain(
      "was rolled back at",
    );

    const { text } = await run(["rollback", "--yes"]);
    expect(text).toMatch(/Build ZB\w+ of .* instead of/);
    expect(text).not.toContain("Variable SUPPORT_AGENTS");
    const after = await running();
    expect(after).toMatchObject({ agents: between.agents, revision: before.revision + 1 });
    expect(after.buildSid).not.toBe(before.buildSid);
    await agree();
    expect((await run(["rollback"])).text).toContain("nothing to go back to");
  },
);

test(
  "a Variable that the earlier deployment did not have goes, from the state and from Twilio",
  { timeout: 240_000 },
  async () => {
    const keys = async (): Promise<string[]> => {
      const [service] = await stage.client.serverless.v1.services.list();
      const environments = stage.client.serverless.v1.services(service?.sid ?? "").environments;
      const [environment] = await environments.list();
      return (await environments(environment?.sid ?? "").variables.list()).map(({ key }) => key);
    };
    await run(["rollback", "--clear"]);
    await stage.up();
    const before = await keys();
    await stage.configure({ ...changed, variables: { SHOP: "petals" } });
    await stage.up();
    expect(await keys()).toContain("SHOP");

    const { code, text } = await run(["rollback", "--yes"]);
    expect(text).toContain("Variable SHOP is gone");
    expect(code).toBe(0);
    expect((await keys()).sort()).toEqual(before.sort());
    await agree();
  },
);

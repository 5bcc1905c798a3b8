/** Back from the Console: what Twilio's own client edits is pulled into the template, with the real CLI's state. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { FlowDefinition, State } from "@support-line/studio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deployedStage } from "./deployed/stage.ts";
import { withTexts } from "./projects/texts.ts";
import { supportStage, type TestStage } from "./stage.ts";

let stage: TestStage;
let folder: string;
beforeAll(async () => {
  stage = await deployedStage();
  folder = await mkdtemp(join(tmpdir(), "support-line-pull-"));
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const command = resolve("packages/cli/studio.ts");

/** `npx studio pull …`, what it printed and how it ended. */
function pull(...words: string[]): Promise<{ code: number; text: string }> {
  const env = { ...process.env, ...stage.environment, TWILIO_AUTH_TOKEN: stage.twilio.authToken };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, "pull", ...words],
      { cwd: stage.folder, env },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ code, text: stdout + stderr });
      },
    );
  });
}

/** Saves another definition, as the editor does. */
async function edit(status: "draft" | "published", change: (states: State[]) => State[]): Promise<void> {
  const [flow] = await stage.client.studio.v2.flows.list();
  const place = stage.client.studio.v2.flows(flow?.sid ?? "");
  const definition = (await place.fetch()).definition as FlowDefinition;
  const states = change([...definition.states]);
  await place.update({ status, commitMessage: "in the editor", definition: { ...definition, states } });
}
const withProperties =
  (widget: string, properties: State["properties"]) =>
  (states: State[]): State[] =>
    states.map((state) =>
      state.name === widget ? { ...state, properties: { ...state.properties, ...properties } } : state,
    );

test("right after a deployment there is nothing to pull", async () => {
  const { code, text } = await pull("support", "--stage", "local");
  expect(text).toMatch(/revision 1 is the newest, revision 1 was deployed last\. Nothing to pull\./);
  expect(code).toBe(0);
});

test("an edit comes back alone: placeholders, order and everything else are as the file has them", async () => {
  const body = 'Nobody is free. Write "support" to try again.';
  await edit("published", withProperties("no-agent-message", { body, offset: { x: -300, y: 900 } }));
  const file = join(folder, "support.json");
  const { code, text } = await pull("support", "--stage", "local", "--out", file);
  expect(text).toContain('"no-agent-message" says "Nobody is free.');
  expect(text).toContain("moved on the canvas: no-agent-message");
  expect(code).toBe(0);
  const was = (await readFile(join(stage.folder, "flow-templates/support.json"), "utf8")).split("\n");
  const is = (await readFile(file, "utf8")).split("\n");
  expect(is.filter((line) => !was.includes(line)).map((line) => line.trim())).toEqual([
    '"x": -300,',
    '"y": 900',
    `"body": ${JSON.stringify(body)}`,
  ]);
  expect(is).toHaveLength(was.length);
});

test("what a deployment says of the edit names the pull", async () => {
  await stage.configure({ ...supportStage, wordings: { agentAdded: "An agent has joined" } });
  const { code, stdout } = await stage.pulumi("up", "--yes", "--skip-preview", "--non-interactive");
  expect(code).not.toBe(0);
  expect(stdout).toContain("`npx studio pull <template> --stage local`");
});

test("after a refresh, which takes the edit for what is deployed, it is still an edit", async () => {
  expect(await stage.pulumi("refresh", "--yes", "--skip-preview", "--non-interactive")).toMatchObject({
    code: 0,
  });
  const { text } = await pull("support", "--stage", "local", "--out", join(folder, "again.json"));
  expect(text).toContain("revision 1 was deployed last");
  expect(text).toContain('"no-agent-message" says');
});

test("a draft with a SID that is nothing of the stage: widget, property and way out are named", async () => {
  const other = `ZH${"9".repeat(32)}`;
  await edit("draft", (states) => [
    ...states,
    {
      name: "call-other",
      type: "run-function",
      transitions: [{ event: "success" }, { event: "fail" }],
      properties: {
        service_sid: `ZS${"9".repeat(32)}`,
        environment_sid: `ZE${"9".repeat(32)}`,
        function_sid: other,
        url: "https://other-9999.twil.io/other",
        offset: { x: 0, y: 2000 },
      },
    },
  ]);
  const { code, text } = await pull("support", "--stage", "local", "--out", join(folder, "strange.json"));
  expect(text).toContain(`To do: "call-other", function_sid holds ${other}, which is nothing of stage local`);
  expect(text).toContain('Fill it in support.bindings.ts ("call-other.function_sid")');
  expect(code).toBe(1);
});

test("when the code has changed as well, both are said and nothing is written", async () => {
  await stage.configure(supportStage);
  await stage.pulumi("refresh", "--yes", "--skip-preview", "--non-interactive");
  await stage.up();
  await edit("published", withProperties("support-confirmation-message", { body: "Any minute now." }));
  const template = join(stage.folder, "flow-templates/support.json");
  const changed = withTexts(await readFile(template, "utf8"), (place) =>
    place === "support-confirmation-message.body" ? "They are here." : undefined,
  );
  await writeFile(template, changed);
  const { code, text } = await pull("support", "--stage", "local");
  expect(text).toMatch(/Changed in the editor:\n {2}"support-confirmation-message" says "Any minute now\."/);
  expect(text).toMatch(
    /Changed in the code as well:\n[^]*"support-confirmation-message" says "They are here\."/,
  );
  expect(text).toContain("--out support.pulled.json");
  expect(code).toBe(1);
  expect(await readFile(template, "utf8")).toBe(changed);
});

test.each([
  ["a template that no line has", ["flex", "--stage", "local"], "the lines are support (support)"],
  ["a stage without a file", ["support", "--stage", "nowhere"], "Pulumi.nowhere.yaml"],
])("%s is named", async (_, words, message) => {
  const { code, text } = await pull(...words);
  expect(text).toContain(message);
  expect(code).toBe(2);
});

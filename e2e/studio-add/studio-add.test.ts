/**
 * `npx studio add`: blocks put into a Flow that somebody drew in Studio's editor. The stage is fine afterwards, customers are
 * answered, and whoever cannot be helped reads one sentence.
 */
import { conversationsOn } from "@support-line/conversation-test";
import { openProject } from "@support-line/stage";
import type { FlowDefinition } from "@support-line/studio";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CliError } from "../../packages/cli/errors.ts";
import { addBlock } from "../../packages/cli/studio/add-command.ts";
import type { CommandRun, ProjectCopy } from "../project-copy.ts";
import { lineOnEngine } from "../stage-keys/stage-on-engine.ts";
import { monday } from "../stage-keys/stage.ts";
import { exported, exportedFlow, petals } from "./petals.ts";

let copy: ProjectCopy;
const file = (path: string) => readFile(join(copy.folder, path), "utf8");
const put = (path: string, text: string) => writeFile(join(copy.folder, path), text);
const studio = (...words: string[]): Promise<CommandRun> => copy.run("packages/cli/studio.ts", words);

const bare = () => exportedFlow(copy);

beforeAll(async () => (copy = await petals()));
afterAll(() => copy[Symbol.asyncDispose]());

test("hours, agents and hand-over are put into a Flow, and the stage is fine", async () => {
  const hours = await studio("add", "hours");
  expect(hours).toMatchObject({ code: 0, stderr: "" });
  expect(hours.stdout).toContain("Block hours is in the Flow petals, at Trigger.incomingConversationMessage");
  expect(hours.stdout).toContain("Pulumi.local.yaml: line petals has the hours office");
  const agents = await studio("add", "agents", "petals");
  expect(agents).toMatchObject({ code: 0, stderr: "" });
  expect(agents.stdout).toContain("at Trigger.incomingConversationMessage and menu.incomingMessage");
  expect(agents.stdout).toContain("line petals has the agent ada, whose phone is +15550100101");
  expect(await studio("add", "hand-over")).toMatchObject({ code: 0, stderr: "" });
  expect(await file("Pulumi.local.yaml")).toContain("# The shop's own remark.\nconfig:\n");
  expect(await file("functions/find-agent.protected.ts")).toContain('handlerOf("find-agent"');
  expect(await file("flow-templates/petals.bindings.ts")).toContain('...runsFunctionOfLine("find-agent"),');
  const check = await copy.stage(["check"]);
  expect(check).toMatchObject({ code: 0, stdout: expect.stringMatching(/^local {2}fine/) as string });
  const own = await studio("check");
  expect(own.stdout).toContain("1 Flow, 0 errors, 0 warnings");
});

describe("customers", () => {
  const clocked = async (now: number) => {
    const text = await file("Pulumi.local.yaml");
    if (!text.includes("name: ben")) {
      const ben = '- name: ben\n      address: "+15550100102"\n    - name: ada';
      await put(
        "Pulumi.local.yaml",
        text
          .replace(/timeZone: .*/, "timeZone: Europe/Berlin")
          .replace("agents: [ada]", "agents: [ada, ben]")
          .replace("- name: ada", ben),
      );
    }
    const project = openProject(copy.folder);
    const stage = project.stage("local");
    const [line] = stage.lines;
    if (line === undefined) throw new Error("no line");
    const people = { customer: "+15550100201", ada: "+15550100101", ben: "+15550100102" };
    return lineOnEngine(project, stage, line, { people, now });
  };

  const day = conversationsOn({
    name: "by day",
    open: async (note) => (await clocked(monday)).open(note),
    close: () => Promise.resolve(),
  });
  day(
    "are asked as before, an agent comes by a word, the Flow is silent, the next one comes, and done ends it",
    async (scene) => {
      const { customer, clock } = scene;
      const [ada, ben] = [scene.person("ada"), scene.person("ben")];
      await customer.says("hello");
      await customer.hears("Send your order number.");
      await customer.says("1042");
      await customer.hears("Order 1042 is ready.");
      await customer.says("hello");
      await customer.hears("Send your order number.");
      await customer.says("support");
      await customer.hears("Added support agent");
      await ada.hears(/^What the customer wrote so far:\n/, "Added support agent");
      await customer.says("my roses");
      await customer.hearsNothing();
      await ada.hears("my roses");
      await clock.passes({ minutes: 6 });
      await customer.says("anybody?");
      await customer.hears("The agent has not answered. Another one has joined.");
      await ben.hears(/my roses/, "The agent has not answered. Another one has joined.");
      await ben.says("done");
      await customer.hears("done", "The support agent has left the conversation.");
    },
  );

  const night = conversationsOn({
    name: "by night",
    open: async (note) => (await clocked(monday + 12 * 3600_000)).open(note),
    close: () => Promise.resolve(),
  });
  night("read when somebody is back", async ({ customer }) => {
    await customer.says("hello");
    await customer.hears("We are closed now and back Tuesday, 09:00.");
  });
});

describe("what cannot be done is one sentence, and nothing is written", () => {
  const refused = async ([block = "", ...words]: readonly string[], said: RegExp) => {
    const before = await file("flow-templates/petals.json");
    const [flow, at] = words[0] === "--at" ? [undefined, words[1]] : [words[0], undefined];
    const error = await addBlock(openProject(copy.folder), block, { flow, at }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(CliError);
    expect((error as CliError).message).toMatch(said);
    expect((error as CliError).message).not.toContain("\n");
    expect(await file("flow-templates/petals.json")).toBe(before);
  };

  test("a block that there is not, one that is there, a Flow that is not there", async () => {
    await refused(["queues"], /^There is no block queues\. There are: hours, agents, /);
    await refused(["agents"], /^The block agents is in flow-templates\/petals\.json already\.$/m);
    await refused(["hours", "roses"], /^flow-templates has no roses\. It has petals\./);
  });

  test("a place that is none, or several", async () => {
    await bare();
    await refused(["hours", "--at", "nowhere"], /it has no widget nowhere; it has Trigger, menu, /);
    await refused(
      ["hours", "--at", "order_status"],
      /order_status is left in several ways; say which: --at order_status\.success, /,
    );
    await refused(
      ["hours", "--at", "menu.later"],
      /menu is not left by later; say which: --at menu\.incomingMessage/,
    );
    await refused(
      ["hand-over"],
      /it goes to the widget is-agent-here of the block agents; npx studio add agents first/,
    );
  });

  test("names that are taken: of a widget, of a Function", async () => {
    const flow = structuredClone(exported) as unknown as FlowDefinition;
    const renamed = JSON.stringify(flow).replaceAll('"tell"', '"is-open"');
    await put("flow-templates/petals.json", renamed);
    await refused(
      ["hours"],
      /has widgets with the same names as widgets of the block hours: is-open\. Rename yours/,
    );
    await bare();
    await rm(join(copy.folder, "functions/check-hours.protected.ts"), { force: true });
    await put("functions/check-hours.js", "exports.handler = String;\n");
    await refused(["hours"], /^functions already has a Function check-hours, and the block hours adds one/);
    await rm(join(copy.folder, "functions/check-hours.js"));
  });

  test("a Flow of calls, and one that is code", async () => {
    await bare();
    const calls = (await file("flow-templates/petals.json")).replace(
      /"event": "incomingCall"\n([^]*?)"event": "incomingConversationMessage",\n\s*"next": "menu"/,
      '"event": "incomingCall", "next": "menu"\n$1"event": "incomingConversationMessage"',
    );
    await put("flow-templates/petals.json", calls);
    await refused(
      ["hours"],
      /blocks are for Conversations, and this Flow begins by incomingCall; draw a transition/,
    );
    await bare();
    const typed = (await studio("convert", "flow-templates/petals.json")).stdout;
    await put("flow-templates/night.ts", typed);
    await refused(["hours"], /^Which Flow is meant\? Name it after the block\. flow-templates has /);
    await refused(
      ["hours", "night"],
      /^flow-templates\/night\.ts is a Flow as code, and a block goes into JSON: npx studio convert/,
    );
  });
});

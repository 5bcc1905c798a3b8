/** Conversations with a Flow that got blocks: what each of them promises is what customers read. */
import { conversationsOn } from "@support-line/conversation-test";
import { openProject } from "@support-line/stage";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { addBlock } from "../../packages/cli/studio/add-command.ts";
import type { ProjectCopy } from "../project-copy.ts";
import { lineOnEngine } from "../stage-keys/stage-on-engine.ts";
import { monday } from "../stage-keys/stage.ts";
import { petals } from "./petals.ts";

/** The conversations of the exported Flow with some blocks, in a project of their own: Node reads bindings once. */
function withBlocks(names: readonly string[], edited: (stageFile: string) => string = (text) => text) {
  let copy: ProjectCopy;
  afterAll(() => copy[Symbol.asyncDispose]());
  beforeAll(async () => {
    copy = await petals();
    for (const name of names) {
      await addBlock(openProject(copy.folder), name, { flow: undefined, at: undefined });
    }
    const file = join(copy.folder, "Pulumi.local.yaml");
    await writeFile(file, edited(await readFile(file, "utf8")));
  });
  return conversationsOn({
    name: names.join(" and "),
    open: async (note) => {
      const project = openProject(copy.folder);
      const stage = project.stage("local");
      const [line] = stage.lines;
      if (line === undefined) throw new Error("no line");
      const people = { customer: "+15550100201", ada: "+15550100101" };
      return (await lineOnEngine(project, stage, line, { people, now: monday })).open(note);
    },
    close: () => Promise.resolve(),
  });
}

const question = "Send your order number.";

describe("languages", () => {
  const conversation = withBlocks(["agents", "languages"], (text) =>
    text.replace("languageChosen:", "agentAdded: Jetzt ist jemand da.\n        languageChosen:"),
  );
  conversation("a word has everything that follows in its language", async (scene) => {
    const { customer } = scene;
    await customer.says("hello");
    await customer.hears(question);
    await customer.says("deutsch");
    await customer.hears("Wir schreiben ab jetzt Deutsch.");
    await customer.says("hallo");
    await customer.hears(question);
    await customer.says("support");
    await customer.hears("Jetzt ist jemand da.");
  });
});

describe("queues", () => {
  const conversation = withBlocks(["agents"], (text) =>
    text.replace(
      "      agents: [ada]",
      '      queues: [{ name: billing, keyword: "my bill", agents: [ada] }]',
    ),
  );
  conversation("the word of a queue brings one of its agents", async ({ customer }) => {
    await customer.says("hello");
    await customer.hears(question);
    await customer.says("My bill");
    await customer.hears("Added support agent");
  });
});

describe("timers", () => {
  const conversation = withBlocks(["agents", "timers"]);
  conversation("a Conversation in which nothing happens is over after a while, not before", async (scene) => {
    const { customer, clock } = scene;
    const ada = scene.person("ada");
    await customer.says("hello");
    await customer.hears(question);
    await customer.says("support");
    await customer.hears("Added support agent");
    await ada.hears(/hello/, "Added support agent");
    await clock.passes({ hours: 20 });
    await customer.says("thank you");
    await ada.hears("thank you");
    await clock.passes({ days: 2 });
    await customer.says("hello again");
    await ada.hearsNothing();
    await customer.hears(question);
  });
});

describe("close", () => {
  const conversation = withBlocks(["close"]);
  conversation("a word ends the Conversation, and the next message begins one", async (scene) => {
    const { customer, functions } = scene;
    await customer.says("hello");
    await customer.hears(question);
    await customer.says("close");
    await customer.hears("The conversation is closed. Write again at any time.");
    await functions.wasAsked("close-conversation", { line: "petals" });
    await customer.says("hello");
    await customer.hears(question);
  });
});

describe("flex", () => {
  const conversation = withBlocks(["flex"]);
  conversation("a word hands over, and the Flow says nothing more", async ({ customer }) => {
    await customer.says("hello");
    await customer.hears(question);
    await customer.says("support");
    await customer.hears("One moment, an agent will be with you.");
    await customer.says("are you there?");
    await customer.hearsNothing();
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkAnswers, nameProblem } from "./answers.ts";
import { isCopied, ownManifest } from "./manifest.ts";
import { readOwnFlow } from "./own-flow.ts";
import { managerFiles, managerRunning } from "./package-manager.ts";
import { stageFile } from "./project/stage-files.ts";
import { checkFolder } from "./project/write.ts";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "create-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stage = `config:
  # The line.
  support-line:lines:
    - name: support
      channel: sms
      address: "+15550100001"
      flow: support
      agents: [ada]
      proxies: ["+15550100001", "+15550100002"]
`;
const answers = { name: "my-line", template: "desk", flow: null, channel: "sms", manager: "npm" } as const;

test("a stage file gets the project's name, template and channel, and keeps its comments", () => {
  expect(stageFile(stage, answers)).toBe(
    stage.replace("support-line:", "my-line:").replace("flow: support", "flow: desk"),
  );
  const whatsapp = stageFile(stage, { ...answers, channel: "whatsapp" });
  expect(whatsapp).toContain('address: "whatsapp:+15550100001"');
  expect(whatsapp).not.toContain("proxies");
  expect(stageFile(stage, { ...answers, template: "flex" })).toContain("my-line:flex: {}");
});

test("a line with a Flow of one's own is called as the project, and brings nobody in", () => {
  const own = stageFile(`${stage}  support-line:agents:\n    - name: ada\n      address: "+15550100101"\n`, {
    ...answers,
    template: null,
    flow: "petals",
    channel: "voice",
  });
  expect(own).toBe(
    stage
      .replace("support-line:", "my-line:")
      .replace("name: support", "name: my-line")
      .replace("channel: sms", "channel: voice")
      .replace("flow: support", "flow: petals")
      .replace(/ +agents: .*\n +proxies: .*\n/, ""),
  );
});

test("a project gets its own template's files, and those of every project", () => {
  expect(isCopied(ownManifest, "flow-templates/desk.json", "desk")).toBe(true);
  expect(isCopied(ownManifest, "flow-templates/desk.json", "support")).toBe(false);
  expect(isCopied(ownManifest, "infra/index.ts", null)).toBe(true);
  expect(isCopied(ownManifest, "infra/provider-settings.test.ts", "support")).toBe(false);
  expect(isCopied(ownManifest, "packages/cli/start.ts", "support")).toBe(false);
});

test("answers that are none are refused with what there is", () => {
  expect(nameProblem("my-line")).toBeNull();
  expect(() => checkAnswers({ ...answers, template: "chat" })).toThrow("there is support, desk, flex");
  expect(() => checkAnswers({ ...answers, channel: "fax" })).toThrow("is none of sms, whatsapp");
  expect(() => checkAnswers({ ...answers, channel: "voice" })).toThrow("is none of sms, whatsapp");
  expect(() => checkAnswers({ ...answers, template: null, channel: "voice" })).not.toThrow();
  expect(() => checkAnswers({ ...answers, name: "My Line" })).toThrow("is not a name");
});

test("a folder with anything but Git's own is refused by name, and so is Plug'n'Play", () => {
  expect(() => checkFolder(join(folder, "new"))).not.toThrow();
  const file = join(folder, ".pnp.cjs");
  writeFileSync(file, "");
  expect(() => checkFolder(join(folder, "new"))).toThrow("Plug'n'Play");
  rmSync(file);
  writeFileSync(join(folder, "notes.txt"), "");
  expect(() => checkFolder(folder)).toThrow("is not empty: it has notes.txt. Nothing was written");
});

test("a Flow of their own is named after its file, and anything else is refused", () => {
  const file = join(folder, "My Flow (2).json");
  writeFileSync(
    file,
    JSON.stringify({ initial_state: "Trigger", states: [{ name: "Trigger", type: "trigger" }] }),
  );
  expect(readOwnFlow(file)).toMatchObject({ name: "my-flow-2", channel: "sms" });
  const transitions = [{ event: "incomingMessage" }, { event: "incomingCall", next: "hi" }];
  const calls = { initial_state: "Trigger", states: [{ name: "Trigger", type: "trigger", transitions }] };
  writeFileSync(file, JSON.stringify(calls));
  expect(readOwnFlow(file).channel).toBe("voice");
  writeFileSync(file, "{");
  expect(() => readOwnFlow(file)).toThrow("it is not JSON");
  writeFileSync(file, "{}");
  expect(() => readOwnFlow(file)).toThrow("it has no widgets");
});

test("the package manager is the one that a person began with; Yarn is told to use node_modules", () => {
  expect(managerRunning()).toBe("npm");
  expect(managerRunning("pnpm/10.2.0 npm/? node/v24.1.0")).toBe("pnpm");
  expect(managerRunning("yarn/4.6.0 npm/?")).toBe("yarn");
  expect(Object.keys(managerFiles.yarn)).toEqual([".yarnrc.yml"]);
});

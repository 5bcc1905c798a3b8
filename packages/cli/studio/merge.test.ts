/** `studio merge` on files, and as Git's driver in a real repository. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { FlowDefinition } from "@support-line/studio";
import { CliError } from "../errors.ts";
import { mergedText, mergeFiles } from "./merge-command.ts";
import { installMergeDriver, missingMergeDriver } from "./merge-driver.ts";
import { folderOf, ofProject, small } from "./testing/folder.ts";

const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as FlowDefinition;
const bodyIn = (path: string) => read(path).states.find(({ name }) => name === "hi")?.properties.body;

test("the merged Flow is written over ours, its conflicts beside it, and taken away once decided", async () => {
  const at = folderOf({ "base.json": small(), "ours.json": small("good day"), "theirs.json": small("hi") });
  const files = { base: at("base.json"), ours: at("ours.json"), theirs: at("theirs.json") };
  const merged = await mergeFiles(files, { to: files.ours });
  expect(mergedText(merged, undefined)).toBe(
    [
      "1 conflict; ours stands until you decide.",
      '  "hi" properties.body: ours has "good day", theirs has "hi"; before it was "hello"',
      `Written: ${files.ours}, ${files.ours}.conflicts`,
      `Edit ${files.ours} where theirs is right, then delete ${files.ours}.conflicts.`,
    ].join("\n"),
  );
  expect(bodyIn(files.ours)).toBe("good day");
  expect(JSON.parse(readFileSync(`${files.ours}.conflicts`, "utf8"))).toMatchObject([{ widget: "hi" }]);
  await mergeFiles(files, { to: files.ours, prefer: "theirs" });
  expect(bodyIn(files.ours)).toBe("hi");
  expect(existsSync(`${files.ours}.conflicts`)).toBe(false);
});

test("a Flow as code is told that it is code, and what is no Flow is named", async () => {
  const at = folderOf({ "a.json": small(), "b.ts": "export default flow({})", "c.json": "[]" });
  const file = (name: string) => ({ base: at("a.json"), ours: at("a.json"), theirs: at(name) });
  await expect(mergeFiles(file("b.ts"))).rejects.toThrow(/b\.ts is a Flow as code/);
  await expect(mergeFiles(file("c.json"))).rejects.toThrow(/c\.json/);
  await expect(mergeFiles(file("gone.json"))).rejects.toBeInstanceOf(CliError);
});

/** A repository with one Flow, edited on two branches. */
function repository(ours: unknown, theirs: unknown) {
  const at = folderOf({ "flow-templates/a.json": small() });
  const git = (...words: string[]) => {
    const run = spawnSync("git", words, { cwd: at(), encoding: "utf8" });
    return { code: run.status, text: `${run.stdout}${run.stderr}` };
  };
  const commit = (flow?: unknown) => {
    if (flow !== undefined) {
      writeFileSync(at("flow-templates/a.json"), `${JSON.stringify(flow, null, 2)}\n`);
    }
    git("add", "-A");
    git("commit", "-qm", "edit");
  };
  mkdirSync(at("node_modules/.bin"), { recursive: true });
  symlinkSync(ofProject("packages/cli/bin/studio.mjs"), at("node_modules/.bin/studio"));
  writeFileSync(at(".gitignore"), "node_modules/\n");
  execFileSync("git", ["init", "-q", "-b", "main"], { cwd: at() });
  git("config", "user.name", "Ada");
  git("config", "user.email", "ada@example.com");
  return {
    at,
    git,
    edit: () => {
      commit();
      git("switch", "-qc", "other");
      commit(theirs);
      git("switch", "-q", "main");
      commit(ours);
    },
  };
}

test("Git merges two edits of one line of JSON's neighbourhood by widget", () => {
  const theirs = small("hello", 40);
  const { at, git, edit } = repository(small("good day"), theirs);
  const installed = installMergeDriver(at());
  expect(installed).toMatchObject({ isNew: true, attributes: ".gitattributes" });
  expect(installMergeDriver(at()).isNew).toBe(false);
  edit();
  expect(git("merge", "other")).toMatchObject({ code: 0 });
  expect(bodyIn(at("flow-templates/a.json"))).toBe("good day");
  expect(read(at("flow-templates/a.json")).states[1]?.properties.offset).toEqual({ x: 40, y: 200 });
});

test("a conflict is left as Git leaves one, with a whole Flow and both sides beside it", () => {
  const { at, git, edit } = repository(small("good day"), small("hi"));
  installMergeDriver(at());
  edit();
  const merge = git("merge", "other");
  expect(merge.code).toBe(1);
  expect(merge.text).toContain('"hi" properties.body: ours has "good day", theirs has "hi"');
  expect(git("status", "--short").text).toContain("UU flow-templates/a.json");
  expect(bodyIn(at("flow-templates/a.json"))).toBe("good day");
  expect(readFileSync(at("flow-templates/a.json.conflicts"), "utf8")).toContain('"theirs": "hi"');
});

test("a clone that does not know the driver is told, and one that has no Git or no such rule is not", () => {
  const { at, git } = repository(small(), small());
  expect(missingMergeDriver(at())).toBeNull();
  installMergeDriver(at());
  expect(missingMergeDriver(at())).toBeNull();
  git("config", "--unset", "merge.studio-flow.driver");
  expect(missingMergeDriver(at())).toMatch(/npx studio merge --install/);
  expect(missingMergeDriver(folderOf({ ".gitattributes": "*.json merge=studio-flow\n" })())).toBeNull();
});

/** Upgrades of projects in real repositories, between made-up versions. */
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFiles } from "../project/files.ts";
import { readRecord } from "../project/record.ts";
import { first, flow, Line, release, second, widget } from "./testing/line.ts";

test("what was never touched is replaced, on a branch of its own", async () => {
  const line = new Line(release("0.1.0"));
  const main = line.git("rev-parse", "main");
  const source = release("0.2.0", { ...second, "infra/alerts.ts": null });
  const { code, said } = await line.upgrade(source);
  expect(said).toContain("my-line: 0.1.0 to 0.2.0, on branch upgrade-0.2.0");
  expect(said).toContain("infra/alerts.ts is gone");
  expect(code).toBe(0);
  const record = readRecord(line.folder);
  if (record === null) throw new Error("no record");
  for (const [path, { text }] of projectFiles(source, record.answers)) {
    expect(line.read(path), path).toBe(text);
  }
  expect(record.version).toBe("0.2.0");
  expect(line.has("infra/alerts.ts")).toBe(false);
  expect(line.status()).toBe("");
  expect(line.installs).toBe(1);
  expect(line.git("rev-parse", "main")).toBe(main);
  expect((await line.upgrade(source)).code).toBe(0);
  line.git("switch", "-q", "main");
  line.git("merge", "-q", "upgrade-0.2.0");
  expect((await line.upgrade(source)).said).toBe("my-line has 0.2.0 already.");
});

test("with everything edited, both sides' edits stand in every file", async () => {
  const line = new Line(release("0.1.0"))
    .replace(".github/workflows/deploy.yml", "    runs-on: ubuntu-latest\n", "    runs-on: ubuntu-24.04\n")
    .replace("Pulumi.dev.yaml", "agents: [ada]", "agents: [ada, grace] # Two of us.")
    .replace("infra/index.ts", "index11 = 11", "index11 = -11")
    .replace("functions/start-conversation.protected.ts", "start9 = 9", "start9 = -9")
    .replace("package.json", '"luxon": "3.7.2"', '"ky": "1.0.0",\n    "luxon": "3.7.3"')
    .replace("README.md", "# my-line", "# Our line")
    .replace("tsconfig.json", '"test"', '"test", "tools"')
    .edit({
      "flow-templates/support.json": flow("good day", [widget("mine")]),
      "tools/mine.ts": "export {};\n",
    });
  const { code, said } = await line.upgrade(release("0.2.0", second));
  expect(said).not.toContain("conflict");
  expect(code).toBe(0);
  expect(line.read(".github/workflows/deploy.yml")).toMatch(
    /runs-on: ubuntu-24\.04\n {4}timeout-minutes: 20/,
  );
  expect(line.read("Pulumi.dev.yaml")).toContain("agents: [ada, grace] # Two of us.");
  expect(line.read("Pulumi.dev.yaml")).toContain("answerWithin: 5");
  expect(line.read("infra/index.ts")).toMatch(/index3 = 300[^]*index11 = -11/);
  expect(line.read("functions/start-conversation.protected.ts")).toMatch(/start1 = 100[^]*start9 = -9/);
  expect(line.read("package.json")).toMatch(
    /"@support-line\/stage": "0\.2\.0",\s+"ky": "1\.0\.0",\s+"luxon": "3\.7\.3"/,
  );
  expect(line.read("README.md")).toContain("# Our line");
  const { states } = JSON.parse(line.read("flow-templates/support.json")) as {
    states: { name: string; properties: { body?: string } }[];
  };
  expect(states.map(({ name }) => name)).toEqual(["Trigger", "hi", "mine", "new"]);
  expect(states[1]?.properties.body).toBe("good day");
  expect(line.read("tools/mine.ts")).toBe("export {};\n");
});

test("a file that either side moved keeps the edits of the other", async () => {
  const line = new Line(release("0.1.0")).replace("infra/alerts.ts", "alerts9 = 9", "alerts9 = -9");
  line.git("mv", "infra/index.ts", "infra/program.ts");
  line.commit();
  const alerts = (first["infra/alerts.ts"] ?? "").replace("alerts0 = 0", "alerts0 = 100");
  const source = release("0.2.0", { ...second, "infra/alerts.ts": null, "infra/alerts/rules.ts": alerts });
  const { code, said } = await line.upgrade(source, {
    migrations: [{ version: "0.2.0", moves: { "infra/alerts.ts": "infra/alerts/rules.ts" } }],
  });
  expect(code, said).toBe(0);
  expect(line.has("infra/alerts.ts")).toBe(false);
  expect(line.read("infra/alerts/rules.ts")).toMatch(/alerts0 = 100[^]*alerts9 = -9/);
  expect(line.has("infra/index.ts")).toBe(false);
  expect(line.read("infra/program.ts")).toContain("index3 = 300");
});

test("what a person deleted stays deleted; what the release deleted and they edited is theirs to decide", async () => {
  const line = new Line(release("0.1.0"))
    .edit({
      "infra/index.ts": null,
      "functions/start-conversation.protected.ts": null,
      "test/support.test.ts": null,
    })
    .replace("infra/remembered.ts", "remembered9 = 9", "remembered9 = -9");
  const source = release("0.2.0", { ...second, "infra/remembered.ts": null, "infra/alerts.ts": null });
  const migrations = [{ version: "0.2.0", gone: { "infra/remembered.ts": "the packages remember now" } }];
  const { code, said } = await line.upgrade(source, { migrations });
  expect(code).toBe(1);
  expect(said).toContain("infra/index.ts stays deleted, as you left it");
  expect(said).toContain(
    "1 conflict in 1 file, left as Git leaves them:\n  infra/remembered.ts: the upgrade has it no longer, and you edited it: git add keeps it, git rm takes it away (the packages remember now)",
  );
  for (const path of [
    "infra/index.ts",
    "functions/start-conversation.protected.ts",
    "test/support.test.ts",
    "infra/alerts.ts",
  ]) {
    expect(line.has(path), path).toBe(false);
  }
  expect(line.status()).toMatch(/^UD infra\/remembered\.ts$/m);
  line.git("rm", "-q", "infra/remembered.ts");
  expect((await line.upgrade(source, { migrations })).code).toBe(0);
  expect(line.has("infra/remembered.ts")).toBe(false);
  expect(line.status()).toBe("");
});

test("a Flow edited twice in one place is whole, its conflict is named by widget, and the upgrade goes on once decided", async () => {
  const line = new Line(release("0.1.0")).edit({
    "flow-templates/support.json": flow("good day", [widget("mine")]),
  });
  const source = release("0.2.0", { ...second, "flow-templates/support.json": flow("hi", [widget("new")]) });
  const { code, said } = await line.upgrade(source);
  expect(code).toBe(1);
  expect(said).toContain(
    'flow-templates/support.json: "hi" properties.body: ours has "good day", theirs has "hi"; before it was "hello"',
  );
  expect(said).toContain(
    "The way back: git cherry-pick --abort && rm flow-templates/support.json.conflicts && git switch main && git branch -D upgrade-0.2.0 && npm install",
  );
  expect(line.installs).toBe(0);
  expect(JSON.parse(line.read("flow-templates/support.json"))).toEqual(
    JSON.parse(flow("good day", [widget("mine"), widget("new")])),
  );
  await expect(line.upgrade(source)).rejects.toThrow("still have both sides in them");
  line.git("add", "flow-templates/support.json");
  await expect(line.upgrade(source)).rejects.toThrow(
    "flow-templates/support.json.conflicts still has both sides in it",
  );
  rmSync(join(line.folder, "flow-templates/support.json.conflicts"));
  expect((await line.upgrade(source)).said).toContain("Upgraded to 0.2.0");
  expect(line.status()).toBe("");
});

test("lines that both changed have Git's markers, and markers that were added are found", async () => {
  const line = new Line(release("0.1.0")).replace("infra/index.ts", "index3 = 3", "index3 = -3");
  const source = release("0.2.0", second);
  expect((await line.upgrade(source)).said).toContain("infra/index.ts: both changed the same lines");
  expect(line.read("infra/index.ts")).toContain("<<<<<<< HEAD\nexport const index3 = -3;\n");
  line.git("add", "-A");
  await expect(line.upgrade(source)).rejects.toThrow("infra/index.ts still has both sides in it");
  writeFileSync(join(line.folder, "infra/index.ts"), "export {};\n");
  line.git("add", "-A");
  expect((await line.upgrade(source)).code).toBe(0);
});

test("the way back brings everything back, as it is printed", async () => {
  const line = new Line(release("0.1.0")).edit({ "flow-templates/support.json": flow("good day") });
  const main = line.git("rev-parse", "HEAD");
  const source = release("0.2.0", { "flow-templates/support.json": flow("hi") });
  const { said } = await line.upgrade(source);
  const back = /The way back: (.*) && npm install/.exec(said)?.[1] ?? "";
  execFileSync("sh", ["-c", back], { cwd: line.folder, stdio: "pipe" });
  expect(line.git("rev-parse", "HEAD")).toBe(main);
  expect(line.status()).toBe("");
  expect(line.git("branch", "--list", "upgrade-*")).toBe("");
  expect((await line.upgrade(source)).code).toBe(1);
});

test("an upgrade that was interrupted goes on when it is run again, wherever it was", async () => {
  const source = release("0.2.0", second);
  const line = new Line(release("0.1.0"));
  // Before anything was picked, with files half written.
  line.git("switch", "-qc", "upgrade-0.2.0");
  line.git("config", "branch.upgrade-0.2.0.upgradeOf", "main");
  writeFileSync(join(line.folder, "infra/index.ts"), "half");
  writeFileSync(join(line.folder, "infra/brought.ts"), "half");
  // While packages were installed.
  const broken = line.upgrade(source, { install: () => Promise.resolve(1) });
  await expect(broken).rejects.toThrow("The files are upgraded, and npm install failed.");
  expect(line.git("stash", "list")).toContain("Left by an upgrade to 0.2.0 that was interrupted");
  expect(line.read("infra/brought.ts")).toBe("export const brought = 1;\n");
  // With a lockfile written and not committed.
  writeFileSync(join(line.folder, "package-lock.json"), "{}\n");
  const { code, said } = await line.upgrade(source);
  expect(code).toBe(0);
  expect(said).toContain("git switch main && git merge upgrade-0.2.0");
  expect(line.status()).toBe("");
  expect(line.git("log", "--format=%s", "main..")).toBe("Packages of 0.2.0\nUpgrade to 0.2.0\n");
});

test("an earlier version that cannot be had: the copy in the project, then its package, then hashes", async () => {
  const source = release("0.2.0", { ...second, "test/support.test.ts": "export {};\n" });
  const early = release("0.1.0");
  // With the copy nobody is asked.
  const kept = new Line(early).replace("infra/index.ts", "index11 = 11", "index11 = -11");
  expect((await kept.upgrade(source)).code).toBe(0);
  expect(kept.read("infra/index.ts")).toMatch(/index3 = 300[^]*index11 = -11/);
  // Made again from the package.
  const lost = new Line(early, { isCopied: false }).replace(
    "infra/index.ts",
    "index11 = 11",
    "index11 = -11",
  );
  const makeAgain = () =>
    Promise.resolve(
      projectFiles(early, {
        name: "my-line",
        template: "support",
        flow: null,
        channel: "sms",
        manager: "npm",
      }),
    );
  expect((await lost.upgrade(source, { makeAgain })).code).toBe(0);
  expect(lost.read("infra/index.ts")).toBe(kept.read("infra/index.ts"));
  // Neither: what was not touched is replaced, what was deleted stays so, and what was edited clashes.
  const alone = new Line(early, { isCopied: false })
    .replace("infra/index.ts", "index11 = 11", "index11 = -11")
    .edit({ "test/support.test.ts": null });
  const { code, said } = await alone.upgrade(source);
  expect(code).toBe(1);
  expect(said).toContain(
    "What 0.1.0 wrote can neither be read from .support-line.json nor be made again (it is in no registry).",
  );
  expect(said).toContain("infra/index.ts: you and the upgrade both have a new file of this name");
  expect(said).toContain("1 conflict in 1 file");
  expect(alone.read("functions/start-conversation.protected.ts")).toContain("start1 = 100");
  expect(alone.has("test/support.test.ts")).toBe(false);
});

test("--dry-run says all of it and changes nothing", async () => {
  const line = new Line(release("0.1.0")).edit({ "flow-templates/support.json": flow("good day") });
  const before = [line.git("rev-parse", "HEAD"), line.git("for-each-ref"), line.git("worktree", "list")];
  const source = release("0.2.0", { ...second, "flow-templates/support.json": flow("hi") });
  const { code, said } = await line.upgrade(source, {}, { dryRun: true });
  expect(code).toBe(1);
  expect(said).toContain("Files: 1 new, ");
  expect(said).toContain('"hi" properties.body: ours has "good day"');
  expect(said).toContain("Nothing was changed.");
  expect([line.git("rev-parse", "HEAD"), line.git("for-each-ref"), line.git("worktree", "list")]).toEqual(
    before,
  );
  expect(line.status()).toBe("");
  expect(line.installs).toBe(0);
});

test("a replace or delete in a preview stops, with the way back, and is looked at again", async () => {
  const line = new Line(release("0.1.0"));
  const source = release("0.2.0", second);
  const { code, said } = await line.upgrade(source, { verify: () => Promise.resolve(1) });
  expect(code).toBe(1);
  expect(said).toContain("Stopped: see above what is to fix.");
  expect(said).toContain("The way back: git switch main && git branch -D upgrade-0.2.0 && npm install");
  expect((await line.upgrade(source)).code).toBe(0);
});

test("a Flow as code is told that it is code, with what the release changed in its template", async () => {
  const line = new Line(release("0.1.0")).edit({
    "flow-templates/support.json": null,
    "flow-templates/support.ts": "export default {};\n",
  });
  const { code, said } = await line.upgrade(release("0.2.0", { "flow-templates/support.json": flow("hi") }));
  expect(code).toBe(0);
  expect(said).toContain("flow-templates/support.ts is a Flow as code, and code is yours to change.");
  expect(said).toContain('- "hi" says "hi" instead of "hello"');
  expect(line.has("flow-templates/support.json")).toBe(false);
});

test("a project in a folder of a larger repository is upgraded there, and nothing beside it", async () => {
  const line = new Line(release("0.1.0"), { below: "lines/my line" });
  writeFileSync(join(line.top, "package.json"), '{ "private": true }\n');
  line
    .edit({ "flow-templates/support.json": flow("good day") })
    .replace("package.json", '"luxon": "3.7.2"', '"ky": "1.0.0",\n    "luxon": "3.7.2"');
  const { code, said } = await line.upgrade(release("0.2.0", second));
  expect(code, said).toBe(0);
  expect(line.read("flow-templates/support.json")).toContain("good day");
  expect(line.read("package.json")).toContain('"ky": "1.0.0"');
  expect(line.git("diff", "--name-only", "main", "--", ":/package.json")).toBe("");
});

test("what cannot be upgraded is refused, and nothing is changed", async () => {
  const source = release("0.2.0", second);
  const line = new Line(release("0.1.0"));
  const main = line.git("rev-parse", "HEAD");
  writeFileSync(join(line.folder, "infra/index.ts"), "mine");
  writeFileSync(join(line.folder, "notes.txt"), "mine");
  await expect(line.upgrade(source)).rejects.toThrow(
    "infra/index.ts, notes.txt are not committed, and nothing was changed",
  );
  line.git("stash", "-u");
  line.git("branch", "upgrade-0.2.0");
  await expect(line.upgrade(source)).rejects.toThrow(
    "Branch upgrade-0.2.0 is there from an earlier upgrade.",
  );
  line.git("branch", "-D", "upgrade-0.2.0");
  await expect(line.upgrade(release("0.0.9"))).rejects.toThrow(
    "The project has version 0.1.0, and 0.0.9 is older",
  );
  writeFileSync(join(line.folder, ".git/MERGE_HEAD"), main);
  await expect(line.upgrade(source)).rejects.toThrow("A merge is under way");
  rmSync(join(line.folder, ".git/MERGE_HEAD"));
  line.edit({ ".support-line.json": "{" });
  await expect(line.upgrade(source)).rejects.toThrow(
    ".support-line.json cannot be read, and nothing was changed",
  );
  line.edit({ ".support-line.json": null });
  await expect(line.upgrade(source)).rejects.toThrow("has no .support-line.json");
  line.git("checkout", "-q", main.trim(), "--", ".support-line.json");
  rmSync(join(line.folder, ".git"), { recursive: true });
  await expect(line.upgrade(source)).rejects.toThrow("is in no Git repository, and nothing was changed");
});

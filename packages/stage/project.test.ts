import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StageError } from "./errors.ts";
import { titleOf, uniqueNameOf } from "./names.ts";
import { openProject } from "./project.ts";
import { projectFolder } from "./project-folder.ts";
import { projectWith, smallProject } from "./testing/projects.ts";

test("a project has the stages, templates and Functions of its folder", async () => {
  expect(smallProject.name).toBe("my-line");
  expect(smallProject.stageNames().sort()).toEqual(["dev", "local", "other"]);
  expect(smallProject.templateFiles().sort()).toEqual(["flex.json", "support.json"]);
  const functions = await smallProject.functions();
  expect(functions.map(({ name }) => name)).toEqual(["add-support-agent", "reattach-flow"]);
  expect((await smallProject.template("support")).template.description).toBe("Adds an agent");
  expect(smallProject.buildDependencies()).toMatchObject({ twilio: "6.2.0" });
});

test("a stage's keys are those under the project's own name", () => {
  expect(smallProject.stage("local")).toMatchObject({ project: "my-line", name: "local" });
  // Keys of another project are somebody else's.
  expect(() => smallProject.stage("other")).toThrow("my-line:accountSid is missing");
  expect(() => smallProject.stage("nowhere")).toThrow("is not there: the stage has no file");
  expect(smallProject.readableStages().map(({ name }) => name)).toEqual(["local"]);
});

test("the nearest folder upward with a Pulumi.yaml is the project; where none is, that is said", () => {
  expect(projectFolder(join(smallProject.functionsFolder))).toBe(smallProject.folder);
  const empty = mkdtempSync(join(tmpdir(), "no-project-"));
  expect(() => projectFolder(empty)).toThrow(`There is no Pulumi.yaml in ${empty} or above it`);
  rmSync(empty, { recursive: true });
});

test("what of a project cannot be read is said with its file", () => {
  expect(() => projectWith({ "Pulumi.yaml": "runtime: nodejs\n" })).toThrow("names no project");
  expect(() => projectWith({ "Pulumi.yaml": "name: [" })).toThrow("Pulumi.yaml is not YAML");
  expect(() => projectWith({ "Pulumi.yaml": undefined })).toThrow("There is no");
  expect(() => projectWith({ "package.json": "{}" }).buildDependencies()).toThrow(
    "package.json has no twilio among its dependencies",
  );
  expect(() => openProject(projectWith({ "Pulumi.dev.yaml": "{" }).folder).stage("dev")).toThrow(
    /^Pulumi.dev.yaml has one thing to fix; nothing was contacted.\n {2}my-line:\* is not YAML, line 1, column 2: /,
  );
});

test("two projects' stages of one name have two names at Twilio, and one that is too long is refused", () => {
  expect(uniqueNameOf({ project: "my-line", name: "prod" })).toBe("my-line-prod");
  expect(uniqueNameOf({ project: "Acme.support_line", name: "prod" })).toBe("Acme-support-line-prod");
  expect(titleOf("support-line")).toBe("Support line");
  const name = "a".repeat(48);
  const stage = readFileSync(join(smallProject.folder, "Pulumi.local.yaml"), "utf8");
  const long = projectWith({
    "Pulumi.yaml": `name: ${name}\n`,
    "Pulumi.local.yaml": stage.replaceAll("my-line:", `${name}:`),
  });
  expect(() => long.stage("local")).toThrow(StageError);
  expect(() => long.stage("local")).toThrow(
    "which has 54 characters, and a Service at Twilio is called by 50",
  );
});

import { expect, test } from "vitest";
import { openProject } from "@support-line/stage";
import { isCopied, ownManifest, templateNames } from "../../packages/create/manifest.ts";
import { pathOfUrl } from "../../packages/stage/templates/foreign.ts";
import { functionUrlsOf } from "../../packages/stage/templates/functions-of.ts";
import { faultsOf } from "./manifest.ts";

const manifest = { copied: ["infra/", "Pulumi.yaml"], written: ["README.md"], repository: ["docs/"] };

test("a file has a row of its own, or its folder has one", () => {
  expect(faultsOf(manifest, ["infra/index.ts", "Pulumi.yaml", "README.md", "docs/a.md"])).toEqual([]);
});

test("a file that no row speaks of is named", () => {
  expect(faultsOf(manifest, ["Pulumi.yaml.bak", "new/a.ts"])).toEqual([
    expect.stringMatching(/^Pulumi\.yaml\.bak is in no row/),
    expect.stringMatching(/^new\/a\.ts is in no row/),
  ]);
});

test("a row that stands twice is named", () => {
  expect(faultsOf({ ...manifest, written: ["infra/"] }, [])).toEqual([
    expect.stringContaining("names infra/ twice"),
  ]);
});

test.each(templateNames)(
  "a project with %s has the Functions that its Flow runs, and those that Twilio calls",
  async (name) => {
    const { template } = await openProject(process.cwd()).template(name);
    const runs = functionUrlsOf(template).flatMap((url) => pathOfUrl(url) ?? []);
    expect(runs).not.toEqual([]);
    const called = name === "flex" ? ["reattach-flow", "task-ended"] : ["reattach-flow"];
    const files = [...runs, ...called].map((path) => `functions/${path.replace(/^\//, "")}.protected.ts`);
    expect(files.filter((file) => !isCopied(ownManifest, file, name))).toEqual([]);
  },
);

/**
 * The projects that the tool's end-to-end tests run: what a person gets of the repository's own project, in a folder of its
 * own, with the words of the tests in its templates (`words.ts`).
 */
import { existsSync } from "node:fs";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTexts } from "./texts.ts";
import { words } from "./words.ts";

/** Of what a person gets, what a stage is made of: neither its tests nor its workflows nor its stage files. */
const isOfStages = (row: string) =>
  (row.endsWith("/") && row !== "test/") || ["Pulumi.yaml", "package.json"].includes(row);

/** What a project installs: the tool, from where it lies here. */
const installed = ["node_modules", "packages", "sdks", ".tools"];

/**
 * Makes one.
 *
 * @param folder that is there, and is filled
 * @param root of the checkout
 */
export async function makeProject(folder: string, root = process.cwd()): Promise<void> {
  const manifest = JSON.parse(await readFile(join(root, "packages/create/manifest.json"), "utf8")) as {
    readonly copied: readonly string[];
    readonly written: readonly string[];
  };
  const rows = [...manifest.copied, ...manifest.written].filter(isOfStages);
  const there = rows.filter((row) => existsSync(join(root, row)));
  await Promise.all(there.map((row) => cp(join(root, row), join(folder, row), { recursive: true })));
  await Promise.all(installed.map((each) => symlink(join(root, each), join(folder, each))));
  for (const [template, said] of Object.entries(words)) {
    const file = join(folder, "flow-templates", `${template}.json`);
    await writeFile(
      file,
      withTexts(await readFile(file, "utf8"), (place) => said[place]),
    );
  }
}

/** Of a person's project, what they did not draw or write themselves. */
const ofTool = ["infra", "provider", "Pulumi.yaml"];

/**
 * Makes a project of somebody's own: the program and configuration keys that every project gets, and for the rest what lies in
 * `e2e/projects/<name>`.
 *
 * @param folder that is there, and is filled
 */
export async function makeOwnProject(folder: string, name: string, root = process.cwd()): Promise<void> {
  await Promise.all(ofTool.map((row) => cp(join(root, row), join(folder, row), { recursive: true })));
  await Promise.all(installed.map((each) => symlink(join(root, each), join(folder, each))));
  await cp(join(root, "e2e/projects", name), folder, { recursive: true });
  const file = join(folder, "Pulumi.yaml");
  const keys = await readFile(file, "utf8");
  await writeFile(
    file,
    keys.replace(/^name: .*$/m, `name: ${name}`).replace(/^description: .*$/m, `description: ${name}`),
  );
}

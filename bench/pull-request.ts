/** What a pull request's run takes of our own time: a text of one template is another, and two deployed stages have it. */
import { startLocalTwilio } from "@support-line/local-twilio";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ProjectCopy, type CommandRun } from "../e2e/project-copy.ts";
import type { Measure } from "./harness/row.ts";

const root = process.cwd();
const stages = [
  { name: "dev", address: "+15550100001", agent: "+15550100101" },
  { name: "prod", address: "+15550100002", agent: "+15550100102" },
];
const template = "flow-templates/support.json";
/** Whose tests the comment waits for; those of the project itself run beside it (.github/workflows/pull-request.yml). */
const tested = ["flow-templates/", "functions/", "infra/", "policy/"];
/** Of tests, previews and comment together, in seconds. */
const longest = 60;

/** What a command printed. @throws Error with it when the command failed */
async function well(run: Promise<CommandRun>): Promise<string> {
  const { code, stdout, stderr } = await run;
  if (code !== 0) throw new Error(stdout + stderr);
  return stdout;
}

export const measure: Measure = async (progress) => {
  await using copy = await ProjectCopy.create();
  const twilios = await Promise.all(
    stages.map(({ name }) => startLocalTwilio({ folder: join(copy.folder, `twilio-${name}`), port: 0 })),
  );
  const git = (...words: string[]) =>
    promisify(execFile)("git", ["-c", "user.name=Bench", "-c", "user.email=bench@example.com", ...words], {
      cwd: copy.folder,
    });
  try {
    for (const [at, { name, address, agent }] of stages.entries()) {
      const twilio = twilios[at];
      if (twilio === undefined) throw new Error(`no Twilio for ${name}`);
      progress(`deploying ${name}`);
      const given = ["--account", twilio.accountSid, "--address", address, "--agents", `ada=${agent}`];
      const place = ["--flow", "support", "--endpoint", twilio.endpoint];
      await well(copy.stage(["new", name, "--yes", ...given, ...place]));
      const pulumi = (...words: string[]) =>
        well(
          copy.run("packages/cli/pulumi.ts", [...words, "--non-interactive"], {
            TWILIO_AUTH_TOKEN: twilio.authToken,
          }),
        );
      await pulumi("stack", "init", name);
      await pulumi("up", "--yes", "--skip-preview", "-s", name);
    }
    await git("init", "--quiet", "--initial-branch=main");
    await git("add", "flow-templates", "functions", ...stages.map(({ name }) => `Pulumi.${name}.yaml`));
    await git("commit", "--quiet", "--message", "As it was");
    await git("switch", "--quiet", "--create", "one-word");
    const file = join(copy.folder, template);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("Added support agent", "Added support colleague"));
    await git("commit", "--quiet", "--all", "--message", "One word");

    progress("tests");
    const tests = join(copy.folder, "tests.json");
    const beforeTests = performance.now();
    await vitest(tests);
    const beforeComment = performance.now();
    progress("comment");
    const comment = join(copy.folder, "comment.md");
    const coverage = join(root, ".state/flow-coverage");
    await well(
      copy.stage([
        "comment",
        "--base",
        "main",
        "--tests",
        tests,
        "--coverage",
        coverage,
        "--output",
        comment,
      ]),
    );
    const end = performance.now();
    const written = await readFile(comment, "utf8");
    for (const said of ["### Stage dev", "### Stage prod", "+Flow: Added support colleague", "1 changed"]) {
      if (!written.includes(said)) throw new Error(`the comment does not say "${said}":\n${written}`);
    }
    return [
      {
        what: "one word, two stages: all of it",
        value: (end - beforeTests) / 1000,
        unit: "s",
        atMost: longest,
      },
      {
        what: "one word, two stages: tests with coverage",
        value: (beforeComment - beforeTests) / 1000,
        unit: "s",
      },
      {
        what: "one word, two stages: two previews and the comment",
        value: (end - beforeComment) / 1000,
        unit: "s",
      },
    ];
  } finally {
    await Promise.all(twilios.map((each) => each.close()));
  }
};

/** The tests as the workflow runs them, of this checkout. One that fails is the tests' affair, and is in what they wrote. */
async function vitest(output: string): Promise<void> {
  const words = ["run", "--project", "unit", ...tested, "--reporter=json", `--outputFile.json=${output}`];
  const coverage = "--reporter=./packages/conversation-test/reporter.ts";
  const run = promisify(execFile)(
    process.execPath,
    [join(root, "node_modules/vitest/vitest.mjs"), ...words, coverage],
    { cwd: root, maxBuffer: 64 * 1024 ** 2 },
  );
  await run.catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === 1)) throw error;
  });
}

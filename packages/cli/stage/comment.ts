/** `npm run stage -- comment`: what a change does to the stages it touches, as the one comment of its pull request. */
import type { Command } from "commander";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "@support-line/stage";
import { z } from "zod";
import { CliError } from "../errors.ts";
import { agentChanges } from "../pull-request/agents.ts";
import { flowReports, git, textAt, touchedStages } from "../pull-request/change.ts";
import { renderComment, type PullRequest } from "../pull-request/comment.ts";
import { functionChanges } from "../pull-request/functions.ts";
import { postComment } from "../pull-request/github.ts";
import { masked, preview } from "../pull-request/preview.ts";
import { checkStage } from "@support-line/stage/check";
import { projectHere } from "../project.ts";

interface Flags {
  readonly base: string;
  readonly tests?: string;
  readonly coverage?: string;
  readonly output?: string;
  readonly number?: string;
  readonly preview: boolean;
}

/** Gathers what the comment says. */
export async function gather(
  project: Project,
  { base, tests, coverage, preview: hasState }: Flags,
): Promise<PullRequest> {
  const root = project.folder;
  const fork = git(root, "merge-base", base, "HEAD").trim();
  const files = git(root, "diff", "--name-only", "--relative", "-z", fork).split("\0").filter(Boolean);
  const texts = new Map(
    project
      .stageNames()
      .filter((name) => name !== "local")
      .map((name) => [name, readFileSync(join(root, `Pulumi.${name}.yaml`), "utf8")]),
  );
  const stages = await Promise.all(
    touchedStages(project.name, files, texts).map(async (stage) => {
      const { faults } = await checkStage(project, stage);
      const agents = agentChanges(
        project.name,
        textAt(root, fork, `Pulumi.${stage}.yaml`),
        texts.get(stage) ?? "",
      );
      return { stage, faults: faults.map(masked), agents, preview: hasState ? await preview(stage) : null };
    }),
  );
  return {
    commit: git(root, "rev-parse", "HEAD").trim(),
    stages,
    flows: flowReports(root, fork, files),
    functions: await functionChanges(project, files, {
      isNew: (file) => git(root, "ls-tree", "--name-only", fork, "--", file) === "",
      isThere: (file) => existsSync(join(root, file)),
    }),
    tests: tests === undefined ? null : readTests(root, tests),
    coverage: coverage === undefined ? [] : readCoverage(coverage),
  };
}

const report = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** What vitest's JSON reporter wrote; where there is none, the tests were cut off. */
function readTests(root: string, file: string): PullRequest["tests"] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return "cut off";
  }
  const { numPassedTests, testResults } = report.parse(JSON.parse(text));
  const failed = testResults.flatMap(({ name, status, assertionResults }) => {
    const names = assertionResults.flatMap((each) => (each.status === "failed" ? [each.fullName] : []));
    // A file that cannot be loaded has no tests of its own.
    return names.length === 0 && status === "failed" ? [name.replace(root, "")] : names;
  });
  return { passed: numPassedTests, failed };
}

const walked = z.object({ flow: z.string(), transitions: z.object({ reached: z.number(), of: z.number() }) });

/** What the reporter of conversation tests wrote, a file for each Flow; none when the tests were cut off. */
function readCoverage(folder: string) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => walked.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))));
}

function placeOf(number: string | undefined) {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = process.env;
  if (token === undefined || repository === undefined || !/^\d+$/.test(number ?? "")) {
    throw new CliError("no-pull-request");
  }
  const api = process.env.GITHUB_API_URL ?? "https://api.github.com";
  return { api, repository, number: Number(number), token };
}

/** Adds the verb. */
export function addComment(program: Command): void {
  program
    .command("comment")
    .description("Says what a change does to each stage it touches, in the one comment of its pull request.")
    .requiredOption("--base <commit>", "what the change is compared with: origin/main, a commit")
    .option("--tests <file>", "results of the tests, from vitest's JSON reporter")
    .option("--coverage <folder>", "coverage of the Flows, from the reporter of conversation tests")
    .option("--no-preview", "leave out previews, if the stages' state cannot be read")
    .option("--output <file>", "write the comment to this file instead")
    .option("--number <number>", "the pull request; GITHUB_TOKEN and GITHUB_REPOSITORY say where")
    .action(async (flags: Flags) => {
      const place = flags.output === undefined ? placeOf(flags.number) : null;
      const text = renderComment(await gather(projectHere(), flags));
      if (place === null) writeFileSync(flags.output ?? "", text);
      else console.log(`Comment ${await postComment(place, text)}.`);
    });
}

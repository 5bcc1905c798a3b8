/** What the doctor looks at on this machine: Node, the Pulumi CLI, versions that have to fit, journals. Nothing is asked of Twilio. */
import type { Project } from "@support-line/stage";
import { readFileSync } from "node:fs";
import { createRequire, findPackageJSON } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { failureOf } from "../edge/failure.ts";
import { pulumiEnvironment } from "../pulumi/environment.ts";
import { localStage } from "../pulumi/stage-of.ts";
import { openCreates } from "../pulumi/journal.ts";
import { pulumiFolder } from "../pulumi/pulumi-cli.ts";
import { pulumiVersion } from "../set-up/pulumi-version.mjs";
import { stageSetting } from "../stage/outputs.ts";
import { pulumiRun, type PulumiRun } from "../stage/pulumi.ts";
import { fine, unknown, wrong, type Check } from "./doctor-check.ts";

const oldestNode = 22;

/**
 * Looks at the machine.
 *
 * @param stages that are asked about
 */
export async function machineChecks(project: Project, stages: readonly string[]): Promise<Check[]> {
  return [
    nodeCheck(process.versions.node),
    ...(await pulumiChecks(project, stages)),
    versionCheck(project),
    providerCheck(project),
  ];
}

/** @param version `24.21.0` */
export function nodeCheck(version: string): Check {
  const major = Number(version.split(".")[0]);
  return major >= oldestNode
    ? fine("node", version)
    : wrong("node", `${version} is too old`, `Install Node ${oldestNode} or later, then npm run setup.`);
}

async function pulumiChecks({ folder }: Project, stages: readonly string[]): Promise<Check[]> {
  try {
    pulumiFolder(folder);
  } catch (error) {
    return [wrong("pulumi", failureOf(error).text ?? "", "npm run setup finds, downloads or builds it.")];
  }
  const run = await pulumiRun(["version"]);
  const version = run.stdout.trim();
  const backend = await pulumiRun(["whoami", "--verbose"]);
  return [
    !run.ok
      ? wrong("pulumi", `it does not run: ${firstLine(run.stderr)}`, "Run npm run setup again.")
      : version.replace(/^v/, "") === pulumiVersion
        ? fine("pulumi", version)
        : fine("pulumi", `${version}; this is tried with v${pulumiVersion}`),
    stateCheck(stages, process.env["PULUMI_BACKEND_URL"], backend),
  ];
}

/**
 * Where the state is kept. That of stage `local` is in the project, unless somebody chose a backend.
 *
 * @param chosen `PULUMI_BACKEND_URL`
 * @param backend what `pulumi whoami --verbose` said
 */
export function stateCheck(stages: readonly string[], chosen: string | undefined, backend: PulumiRun): Check {
  if (chosen === undefined && stages.every((stage) => stage === localStage)) {
    return fine("state", "kept in .state/pulumi of the project");
  }
  const url = /Backend URL:\s*(\S+)/i.exec(backend.stdout)?.[1] ?? "an unknown place";
  return backend.ok
    ? fine("state", `kept at ${url}`)
    : wrong(
        "state",
        `its backend does not answer: ${firstLine(backend.stderr)}`,
        "Set PULUMI_BACKEND_URL, or npx pulumi login.",
      );
}

const firstLine = (text: string) => text.trim().split("\n")[0] ?? "";
const manifest = z.object({ version: z.string() });

/** Functions are tried with the `twilio` that is installed, and their Build gets the one that the project names. */
export function versionCheck(project: Pick<Project, "folder" | "buildDependencies">): Check {
  try {
    const wanted = project.buildDependencies()["twilio"] ?? "";
    const require = createRequire(join(project.folder, "package.json"));
    const { version } = manifest.parse(require("twilio/package.json"));
    return wanted === "" || wanted.replace(/^[\^~]/, "") === version
      ? fine("versions", `twilio ${version} here and in the Build`)
      : wrong(
          "versions",
          `twilio ${version} is installed, and the Build gets ${wanted}`,
          "Run npm install, so that Functions are tried with what they get.",
        );
  } catch (error) {
    return unknown("versions", failureOf(error).text ?? "", "Run npm install in the project.");
  }
}

/** The program speaks the SDK's version of the schema, and the provider its own: releases move both together. */
export function providerCheck({ folder }: Pick<Project, "folder">): Check {
  const [provider, sdk] = ["@support-line/provider", "@pulumi/twilio"].map((name) =>
    installedIn(folder, name),
  );
  if (provider === null || provider === undefined || sdk === null || sdk === undefined) {
    const missing = [provider ?? "@support-line/provider", sdk ?? "@pulumi/twilio"].filter((each) =>
      each.startsWith("@"),
    );
    return unknown("provider", `${missing.join(" and ")} not installed`, "Run npm install in the project.");
  }
  return provider === sdk
    ? fine("provider", `${provider}, and the SDK is of the same release`)
    : wrong(
        "provider",
        `it is ${provider}, and the SDK @pulumi/twilio is ${sdk}`,
        "npm install @support-line/provider@latest @pulumi/twilio@latest: both come from one release.",
      );
}

/** The version of a package as a project has it installed; null where it has none. */
function installedIn(folder: string, name: string): string | null {
  try {
    const found = findPackageJSON(name, join(folder, "package.json"));
    return found === undefined ? null : manifest.parse(JSON.parse(readFileSync(found, "utf8"))).version;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
}

/** Creates that were begun and not recorded: the provider writes them down, and the next deployment settles them. */
export async function journalCheck({ name: project, folder }: Project, stage: string): Promise<Check> {
  const configured = await stageSetting(stage, "twilio:journal");
  const environment = pulumiEnvironment(folder, stage, "", process.env);
  const open = openCreates({ project, stage, configured, environment });
  return open.length === 0
    ? fine("journal", "nothing that was begun is open")
    : wrong(
        "journal",
        `${open.length} ${open.length === 1 ? "create was" : "creates were"} begun and not recorded`,
        `npx pulumi up -s ${stage} looks for each of them, and takes it up, deletes it or names it.`,
      );
}

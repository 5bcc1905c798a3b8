/** `studio check`: what Twilio would refuse, and what a customer would stumble over. */
import type { Command } from "commander";
import colors from "picocolors";
import type { BoundByPath } from "@support-line/stage/templates";
import { checkFlow, type CheckOptions, type Said } from "./check.ts";
import { readFlows } from "./flow-files.ts";
import { functionPathsFor, functionsFolder, templateOf } from "./functions-folder.ts";
import { columns, print } from "./output.ts";
import { severitiesOf, withSeverities, type SeverityFlags } from "./severities.ts";

interface CheckFlags extends SeverityFlags {
  readonly functions?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** What `check --json` prints. */
export interface CheckReport {
  readonly flows: readonly {
    readonly path: string;
    readonly widgets: number;
    readonly findings: readonly Said[];
    /** Widgets of an exported Flow that lead to a Function or an Asset of the project because their URL has its path. */
    readonly boundByPath: readonly BoundByPath[];
  }[];
  /** Files that could not be read. */
  readonly unreadable: readonly string[];
  readonly errors: number;
  readonly warnings: number;
}

/**
 * Checks every Flow that the paths name. What cannot be read stops nothing else.
 *
 * @param unreadable is told of each file that cannot be read
 */
export async function checkAll(
  paths: readonly string[],
  flags: CheckFlags,
  unreadable: (error: Error) => void,
): Promise<CheckReport> {
  const severities = severitiesOf(flags);
  if (flags.functions !== undefined) functionsFolder(flags.functions);
  const problems: string[] = [];
  const failed = (error: Error) => {
    problems.push(error.message);
    unreadable(error);
  };
  const files = await readFlows(paths, failed);
  const flows: CheckReport["flows"][number][] = [];
  for (const file of files) {
    const leads = await leadsOf(file.path, flags.functions).catch((error: unknown) => {
      // Its bindings, or the Functions that it leads to, cannot be read; the other Flows can.
      if (!(error instanceof Error && ["TemplateError", "FunctionsError"].includes(error.name))) throw error;
      failed(error);
      return null;
    });
    if (leads === null) continue;
    const findings = await checkFlow(file, { severities, ...leads });
    const { boundByPath = [] } = leads.template ?? {};
    flows.push({ path: file.path, widgets: file.definition.states.length, findings, boundByPath });
  }
  const all = flows.flatMap(({ findings }) => findings);
  const count = (severity: Said["severity"]) => all.filter((each) => each.severity === severity).length;
  return { flows, unreadable: problems, errors: count("error"), warnings: count("warning") };
}

/** Where a Flow leads: to the Functions of a folder that was named, to what its project deploys, or nobody knows. */
async function leadsOf(
  path: string,
  folder: string | undefined,
): Promise<Pick<CheckOptions, "functions" | "template">> {
  if (folder !== undefined) return { functions: functionPathsFor(folder) };
  const own = templateOf(path);
  if (own === undefined) return {};
  const { checkTemplate } = await import("@support-line/stage/check");
  return { template: await checkTemplate(own.project, own.name) };
}

/** The report for a person. */
export function checkText({ flows, errors, warnings }: CheckReport): string {
  const shown = flows.filter(({ findings }) => findings.length > 0);
  const blocks = shown.map(({ path, findings }) => [colors.bold(path), ...findings.map(lineOf)].join("\n"));
  const bound = flows.flatMap(({ path, boundByPath }) =>
    boundByPath.map(({ widget, to }) =>
      colors.dim(`${path}: ${widget} leads to ${to} of this project, by the path of its URL`),
    ),
  );
  const fine = flows.length - shown.length;
  const total = [
    [flows.length, "Flow"] as const,
    [errors, "error"] as const,
    [warnings, "warning"] as const,
  ].map(([number, word]) => `${number} ${word}${number === 1 ? "" : "s"}`);
  const summary = `${total.join(", ")}${fine > 0 && shown.length > 0 ? `; ${fine} without any` : ""}`;
  if (bound.length > 0) blocks.push(bound.join("\n"));
  return [...blocks, errors + warnings === 0 ? colors.green(summary) : summary].join("\n\n");
}

function lineOf(said: Said): string {
  const { severity, code, property_path: path, wayOut } = said;
  const word = severity === "error" ? colors.red("error") : colors.yellow("warning");
  return columns([
    [word, `${sentenceOf(said)}${wayOut === undefined ? "" : `; ${wayOut}`}`],
    ["", colors.dim(`${path}  ${code}`)],
  ]);
}

/** Twilio's own words begin in the middle: what they are about stands in the path. */
function sentenceOf({ code, message, widget, property_path: path }: Said): string {
  if (code !== "twilio-refuses" && code !== "not-in-catalogue") return message;
  const [, place = path] = /^#\/states\/\d+\/(.+)$/.exec(path) ?? [];
  return widget === undefined ? `${place}: ${message}` : `"${widget}", ${place}: ${message}`;
}

/** Adds the verb. */
export function addCheck(program: Command): void {
  const command = program
    .command("check")
    .description("say what Twilio would refuse and what a customer would stumble over")
    .argument("[paths...]", "Flows (*.json, *.ts) or folders of them", ["flow-templates"])
    .option("--functions <folder>", "folder of the Functions (default: those of the Flow's project)")
    .option("--strict", "fail on warnings too")
    .option("--json", "print JSON");
  withSeverities(command).action(async (paths: string[], flags: CheckFlags) => {
    const report = await checkAll(paths, flags, (error) => process.stderr.write(`${error.message}\n`));
    if (report.flows.length > 0 || flags.json === true) print(flags.json, report, checkText(report));
    const isFound = report.errors > 0 || (flags.strict === true && report.warnings > 0);
    process.exitCode = report.unreadable.length > 0 ? 2 : isFound ? 1 : 0;
  });
}

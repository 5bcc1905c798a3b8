/** `studio add`: puts a block (opening hours, agents, languages) into somebody's Flow, to be seen and edited afterwards. */
import { blockFunctions, blocks, functionText, type Block } from "@support-line/functions/blocks";
import type { Project } from "@support-line/stage";
import type { Command } from "commander";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { docs } from "../docs.ts";
import { CliError } from "../errors.ts";
import { projectHere } from "../project.ts";
import { bindingsLines, bindingsText } from "./add/bindings.ts";
import { withBlock } from "./add/place.ts";
import { stageKeys } from "./add/stage-keys.ts";
import { flowName, readFlow } from "./flow-files.ts";
import { print } from "./output.ts";
import { templateText } from "./pull-text.ts";

/** What was added. */
export interface Added {
  readonly block: string;
  readonly flow: string;
  readonly widgets: readonly string[];
  /** Transitions that lead to it now. */
  readonly places: readonly string[];
  /** Files that were written. */
  readonly written: readonly string[];
  /** Functions that were there and stay as they are. */
  readonly kept: readonly string[];
  /** Lines for a bindings file that is written otherwise than a project's own. */
  readonly byHand: readonly string[];
  /** What stages have now, or still need. */
  readonly stages: readonly string[];
}

/**
 * Puts a block into a Flow of a project: its widgets, its Functions, bindings, and keys of stages of the local Twilio.
 *
 * @param flow name or file of a template; absent: the project's only one
 * @param at where: a widget, `menu.timeout`, `what.Wedding`
 * @throws CliError when it cannot be; then nothing is written
 */
export async function addBlock(
  project: Project,
  name: string,
  { flow, at }: { readonly flow?: string | undefined; readonly at?: string | undefined },
): Promise<Added> {
  const block = blocks.find((each) => each.name === name);
  if (block === undefined) {
    throw new CliError("no-such-block", { block: name, known: blocks.map((each) => each.name).join(", ") });
  }
  const template = templateOf(project, flow);
  const file = `flow-templates/${template}.json`;
  checkOwn(project, template);
  const { definition } = await readFlow(join(project.folder, file));
  const placed = withBlock(file, definition, block, at);
  const bindingsFile = `flow-templates/${template}.bindings.ts`;
  const lines = bindingsLines(block, placed.widgets, placed.branchOf);
  const functions = functionFiles(project, block);
  const { files, said } = stageKeys(project, template, block);
  const bindings = await bindingsText(template, textIn(project, bindingsFile), lines);
  const all = new Map([
    [file, await templateText(placed.definition)],
    ...(bindings === null ? [] : [[bindingsFile, bindings] as const]),
    ...functions.written,
    ...files,
  ]);
  for (const [path, text] of all) {
    mkdirSync(dirname(join(project.folder, path)), { recursive: true });
    writeFileSync(join(project.folder, path), text);
  }
  return {
    block: name,
    flow: template,
    widgets: placed.widgets.map((each) => each.name),
    places: placed.places,
    written: [...all.keys()],
    kept: functions.kept,
    byHand: bindings === null ? lines.map(({ line }) => line) : [],
    stages: said,
  };
}

/** The template that is meant. */
function templateOf(project: Project, flow: string | undefined): string {
  const known = [...new Set(project.templateFiles().map((file) => flowName(file)))];
  const [only, ...others] = known;
  if (flow === undefined && (only === undefined || others.length > 0)) {
    throw new CliError("which-template", { known: known.join(", ") || "none" });
  }
  const template = flow === undefined ? (only ?? "") : flowName(basename(flow));
  if (!known.includes(template)) {
    throw new CliError("no-such-template", { template, known: known.join(", ") || "none" });
  }
  if (!existsSync(join(project.templatesFolder, `${template}.json`))) {
    throw new CliError("block-into-code", { template });
  }
  return template;
}

/** An adopted line runs the Functions that it had. */
function checkOwn(project: Project, template: string): void {
  const adopted = project
    .readableStages()
    .find((stage) => stage.adopted !== null && stage.lines.some(({ flow }) => flow === template));
  if (adopted !== undefined) throw new CliError("block-into-adopted", { template, stage: adopted.name });
}

/** The Functions of a block that are not there yet. One that is, and is the block's own, may have been edited. */
function functionFiles(project: Project, block: Block) {
  const there = project.functionNames();
  const written: [string, string][] = [];
  const kept: string[] = [];
  for (const name of block.functions) {
    const file = `functions/${name}.protected.ts`;
    const text = textIn(project, file);
    if (text?.includes(`handlerOf("${name}"`) === true) kept.push(file);
    else if (text !== null || there.includes(name)) {
      throw new CliError("function-taken", { block: block.name, name });
    } else written.push([file, functionText(name)]);
  }
  return { written, kept };
}

function textIn(project: Project, path: string): string | null {
  const file = join(project.folder, path);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

function addedText({ block, flow, widgets, places, written, kept, byHand, stages }: Added): string {
  return [
    `Block ${block} is in the Flow ${flow}, at ${places.join(" and ")}: ${widgets.join(", ")}`,
    `Written: ${written.join(", ")}`,
    ...(kept.length === 0 ? [] : [`As they were: ${kept.join(", ")}`]),
    ...(byHand.length === 0
      ? []
      : [
          `flow-templates/${flow}.bindings.ts is written otherwise than a project's own; put these lines into it:`,
          ...byHand.map((line) => `  ${line}`),
        ]),
    ...stages,
    "",
    "Next:",
    "  npm run stage -- check",
    `  npx studio draw flow-templates/${flow}.json > ${flow}.svg      (to see it)`,
    `  npx studio run flow-templates/${flow}.json --stage local      (to talk to it)`,
  ].join("\n");
}

function helpText(): string {
  const width = Math.max(...blocks.map(({ name }) => name.length)) + 2;
  const rows = blocks.map(({ name, about }) => `  ${name.padEnd(width)}${about}`);
  return `\nBlocks:\n${rows.join("\n")}\n\nTheir ${Object.keys(blockFunctions).length} Functions: ${docs}/reference/blocks.md`;
}

/** Adds the verb. */
export function addAdd(program: Command): void {
  program
    .command("add")
    .description(
      "put a block into a Flow of this project: widgets, Functions, bindings, keys of the local stage",
    )
    .argument("<block>", "hours, agents, …; --help names them")
    .argument("[flow]", "name of a template; the only one when there is one")
    .option(
      "--at <place>",
      "a widget, or a way out of it: menu, menu.timeout, what.Wedding; else the usual place",
    )
    .option("--json", "print JSON")
    .addHelpText("after", helpText)
    .action(async (block: string, flow: string | undefined, flags: { at?: string; json?: boolean }) => {
      const added = await addBlock(projectHere(), block, { flow, at: flags.at });
      print(flags.json, added, addedText(added));
    });
}

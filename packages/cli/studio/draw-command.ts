/** `studio draw`: a Flow as SVG or Mermaid, plain or with a difference, a way or coverage brought out. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Option, type Command } from "commander";
import { drawMermaid, drawSvg, type Highlight, type Theme } from "@support-line/studio/draw";
import type { FlowDefinition } from "@support-line/studio";
import { CliError } from "../errors.ts";
import { kindOf, readFlow, readFlows, type Failed, type FlowFile } from "./flow-files.ts";
import { print } from "./output.ts";
import { sayingFor, sound, soundFlows } from "./sound.ts";

export interface DrawFlags {
  readonly format: "svg" | "mermaid";
  readonly theme: Theme;
  readonly title?: string;
  readonly out?: string;
  readonly before?: string;
  readonly path?: string;
  readonly coverage?: string;
  readonly json?: boolean;
}

export interface Picture {
  readonly path: string;
  readonly format: DrawFlags["format"];
  /** Where it was written; absent when it was printed. */
  readonly file?: string;
  readonly picture: string;
}

/**
 * Draws every Flow that the paths name.
 *
 * @param failed is told of each file that cannot be drawn; without it the first one is thrown
 * @throws CliError when several are to be printed at once, or a highlight cannot be had
 */
export async function draw(paths: readonly string[], flags: DrawFlags, failed?: Failed): Promise<Picture[]> {
  const flows = await soundFlows(paths, failed);
  if (flows.length > 1 && (flags.out === undefined || isFile(flags.out))) {
    const value = flags.out ?? "(none)";
    throw new CliError("bad-value", {
      option: "--out",
      value,
      problem: `${flows.length} pictures need a folder.`,
    });
  }
  const pictures: Picture[] = [];
  for (const flow of flows) {
    const highlight = await highlightOf(flow, flags);
    const picture = pictureOf(flow.definition, flags, highlight);
    const file = fileOf(flow, flags);
    pictures.push({
      path: flow.path,
      format: flags.format,
      ...(file === undefined ? {} : { file }),
      picture,
    });
  }
  return pictures;
}

function pictureOf(
  definition: FlowDefinition,
  { format, theme, title }: DrawFlags,
  highlight: Highlight | undefined,
): string {
  const given = highlight === undefined ? {} : { highlight };
  if (format === "mermaid") return drawMermaid(definition, given);
  return drawSvg(definition, { theme, ...given, ...(title === undefined ? {} : { title }) });
}

const endings = { svg: "svg", mermaid: "mmd" } as const;
const isFile = (path: string) => /\.(svg|mmd|md)$/.test(path);

function fileOf({ name }: FlowFile, { out, format }: DrawFlags): string | undefined {
  if (out === undefined || isFile(out)) return out;
  return join(out, `${name}.${endings[format]}`);
}

async function highlightOf(
  flow: FlowFile,
  { before, path, coverage }: DrawFlags,
): Promise<Highlight | undefined> {
  if ([before, path, coverage].filter((each) => each !== undefined).length > 1) {
    throw new CliError("one-of", { options: "--before, --path and --coverage" });
  }
  if (before !== undefined) {
    return { kind: "diff", before: sound(await earlier(flow, before)).definition };
  }
  if (path !== undefined) return wayOf(flow, path);
  return coverage === undefined ? undefined : coverageOf(coverage);
}

/** The Flow as it was: a file, or the one of its name in a folder. */
async function earlier({ name }: FlowFile, before: string): Promise<FlowFile> {
  if (kindOf(before) === "file") return readFlow(before);
  const found = (await readFlows([before])).find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new CliError("bad-value", { option: "--before", value: before, problem: `it has no Flow ${name}.` });
}

/** `Trigger > check-support > add-support-agent`: the widgets that an Execution went through. */
function wayOf({ definition }: FlowFile, path: string): Highlight {
  const names = path.split(">").map((name) => name.trim());
  const states = new Map(definition.states.map((state) => [state.name, state]));
  const steps = names.map((name, at) => {
    const state = states.get(name);
    if (state === undefined) {
      const problem = `there is no widget "${name}"; there are ${[...states.keys()].join(", ")}.`;
      throw new CliError("bad-value", { option: "--path", value: path, problem });
    }
    const to = names[at + 1];
    const transition = state.transitions.findIndex(({ next }) => next === to);
    const event = state.transitions[transition]?.event;
    return {
      state: name,
      ...(to === undefined || event === undefined ? {} : { left: { event, to, transition } }),
    };
  });
  return { kind: "path", steps };
}

/** What `cover --json` or a vitest run wrote. */
function coverageOf(file: string): Highlight {
  const refused = (problem: string) =>
    new CliError("bad-value", { option: "--coverage", value: file, problem });
  let counts: { widgets?: object; transitions?: object } | undefined;
  try {
    ({ counts } = JSON.parse(readFileSync(file, "utf8")) as { counts?: typeof counts });
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
  if (typeof counts?.widgets !== "object" || typeof counts.transitions !== "object") {
    throw refused("it is not a coverage of a Flow; studio cover --json writes one.");
  }
  return {
    kind: "coverage",
    widgets: Object.keys(counts.widgets),
    transitions: Object.entries(counts.transitions).flatMap(([widget, taken]) =>
      Object.keys(taken as object).map((transition) => ({ widget, transition: Number(transition) })),
    ),
  };
}

/** Adds the verb. */
export function addDraw(program: Command): void {
  program
    .command("draw")
    .description("draw Flows as SVG or Mermaid")
    .argument("<paths...>", "Flows, or folders of them")
    .addOption(new Option("--format <format>", "what to draw").choices(["svg", "mermaid"]).default("svg"))
    .addOption(new Option("--theme <theme>", "of an SVG").choices(["light", "dark"]).default("light"))
    .option("--title <text>", "title of the picture (default: the Flow's description)")
    .option("--out <path>", "a file, or a folder; else it is printed")
    .option(
      "--before <path>",
      "highlight what changed since this Flow, or since the one of that name in a folder",
    )
    .option("--path <widgets>", "highlight a way: 'Trigger > check-support > add-support-agent'")
    .option("--coverage <file>", "highlight what conversations walked, from cover --json or a test run")
    .option("--json", "print JSON")
    .action(async (paths: string[], flags: DrawFlags) => {
      const pictures = await draw(paths, flags, sayingFor(paths));
      if (pictures.length === 0) return;
      for (const { file, picture } of pictures) {
        if (file === undefined) continue;
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, picture);
      }
      const text = pictures.map(({ file, picture }) => file ?? picture).join("\n");
      print(flags.json, pictures, text);
    });
}

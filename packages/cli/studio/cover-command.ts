/** `studio cover`: how much of a Flow conversations walk. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import {
  Coverage,
  coverageTable,
  type Counts,
  type CoverageSummary,
} from "@support-line/conversation-test/coverage";
import { CliError } from "../errors.ts";
import { withAnswers } from "./answer-options.ts";
import { answering, type AnswerFlags } from "./answers.ts";
import { readOneFlow, type FlowFile } from "./flow-files.ts";
import { print } from "./output.ts";
import { sound } from "./sound.ts";
import { readLine } from "./talk-lines.ts";
import { Talk } from "./talk.ts";

export interface CoverFlags extends AnswerFlags {
  readonly talk?: readonly string[];
  readonly from?: readonly string[];
  /** Search for conversations that walk the Flow. */
  readonly explore?: boolean;
}

interface Flags extends CoverFlags {
  readonly min?: number;
  readonly draw?: string;
  readonly json?: boolean;
}

/**
 * Plays conversations on a Flow and adds up what they walk, with what other runs counted.
 *
 * @throws CliError when there is none, a file cannot be read, or a line in it not be done
 */
export async function cover(path: string, flags: CoverFlags): Promise<Coverage> {
  const flow = sound(await readOneFlow(path, "cover"));
  const { talk = [], from = [], explore: isSearching = false } = flags;
  if (talk.length + from.length === 0 && !isSearching) {
    throw new CliError("one-of", { options: "--talk, --from and --explore" });
  }
  const coverage = isSearching ? await searched(flow) : new Coverage(flow.name, flow.definition);
  for (const file of from) coverage.add(countsIn(file, flow));
  for (const file of talk) coverage.add(await talked(flow, file, flags));
  return coverage;
}

/** What a search walks; what it proves that nobody can reach is not counted. */
async function searched({ name, definition }: FlowFile): Promise<Coverage> {
  const { explore } = await import("@support-line/conversation-test/explore");
  return explore(definition, { flow: name }).coverage;
}

/** Plays the lines of a file; each `---` begins a new conversation. */
async function talked(flow: FlowFile, file: string, flags: AnswerFlags): Promise<Counts> {
  const lines = textOf("--talk", file).split("\n");
  const sum = new Coverage(flow.name, flow.definition);
  const open = () => Talk.open(flow, answering(flags), () => undefined);
  let talk = await open();
  const end = async (): Promise<void> => {
    for (const each of await talk.covered()) sum.add(each.counts());
    await talk.close();
  };
  try {
    for (const [at, typed] of lines.entries()) {
      const place = `${file}:${at + 1}`;
      if (typed.trim() === "---") {
        await end();
        talk = await open();
        continue;
      }
      const line = readLine(typed, talk.people, place);
      if (line === null) continue;
      try {
        if (!(await talk.take(line))) break;
      } catch (error) {
        if (error instanceof CliError || !(error instanceof Error)) throw error;
        throw new CliError("bad-line", { place, problem: error.message });
      }
    }
  } finally {
    await end();
  }
  return sum.counts();
}

/** What another run counted: `cover --json`, or the reporter of conversation tests. */
function countsIn(file: string, { definition }: FlowFile): Counts {
  const refused = (problem: string) => new CliError("bad-value", { option: "--from", value: file, problem });
  let counts: Counts | undefined;
  try {
    ({ counts } = JSON.parse(textOf("--from", file)) as Partial<CoverageSummary>);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw refused(error instanceof Error ? error.message : String(error));
  }
  if (typeof counts?.widgets !== "object" || typeof counts.transitions !== "object") {
    throw refused("it is not a coverage of a Flow.");
  }
  const names = new Set(definition.states.map(({ name }) => name));
  const gone = Object.keys(counts.widgets).find((name) => !names.has(name));
  if (gone !== undefined) throw refused(`it is of another Flow: this one has no widget "${gone}".`);
  return counts;
}

function textOf(option: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new CliError("bad-value", { option, value: file, problem });
  }
}

function percent(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError("It is a number from 0 to 100.");
}

const several = (value: string, before: readonly string[] = []) => [...before, value];

/** Adds the verb. */
export function addCover(program: Command): void {
  const command = program
    .command("cover")
    .description("say how much of a Flow conversations walk")
    .argument("<flow>", "a Flow, or a folder with one")
    .addOption(
      new Option(
        "--talk <file>",
        "a file of conversations, line by line as in run; --- begins the next",
      ).argParser(several),
    )
    .option(
      "--explore",
      "search for conversations that walk it, with invented answers of Functions and servers",
    )
    .addOption(new Option("--from <file>", "add what another run counted").argParser(several));
  withAnswers(command)
    .option("--min <percent>", "fail when fewer of the transitions are walked", percent)
    .option("--draw <file>", "draw what was walked, as SVG")
    .option("--json", "print JSON; draw --coverage and cover --from take it")
    .action(async (path: string, flags: Flags) => {
      const coverage = await cover(path, flags);
      const summary = coverage.summary();
      if (flags.draw !== undefined) {
        const { drawSvg } = await import("@support-line/studio/draw");
        mkdirSync(dirname(flags.draw), { recursive: true });
        writeFileSync(flags.draw, drawSvg(coverage.definition, { highlight: coverage.highlight() }));
      }
      print(flags.json, summary, coverageTable([summary]).join("\n"));
      const { reached, of } = summary.transitions;
      process.exitCode = flags.min !== undefined && reached * 100 < flags.min * of ? 1 : 0;
    });
}

/** `studio run`: talk to a Flow in the terminal. */
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import colors from "picocolors";
import { CliError } from "../errors.ts";
import { answering, answerOf, type AnswerFlags, type Asking } from "./answers.ts";
import { withAnswers } from "./answer-options.ts";
import { sayFailure } from "../edge/failure.ts";
import { projectHere } from "../project.ts";
import { readOneFlow } from "./flow-files.ts";
import { templateOf } from "./functions-folder.ts";
import { print } from "./output.ts";
import { stagedFlow } from "./run-stage.ts";
import { sound } from "./sound.ts";
import { readLine } from "./talk-lines.ts";
import { Talk } from "./talk.ts";

interface RunFlags extends AnswerFlags {
  readonly stage?: string;
  readonly json?: boolean;
}

/** What `run --json` prints. */
export interface RunReport {
  readonly flow: string;
  /** What was typed, heard and asked behind, in order. */
  readonly lines: readonly { readonly who: string; readonly what: string }[];
  /** Parts of the Flow that were walked, of those that a message or a call can reach. */
  readonly transitions: { readonly reached: number; readonly of: number };
}

/** Whoever types: their lines, and how a question is put to them. */
export interface Typist {
  readonly isPerson: boolean;
  next(): Promise<string | null>;
  ask(question: string): Promise<string>;
  close(): void;
}

/**
 * Plays a Flow with whoever types. A person's mistakes are said and forgiven; in a script the first one ends it.
 *
 * @param show is given each line as it happens
 */
export async function runFlow(
  path: string,
  flags: AnswerFlags & { readonly stage?: string },
  typist: Typist,
  show: (who: string, what: string) => void,
): Promise<RunReport> {
  const file = await readOneFlow(path, "run");
  const staged =
    flags.stage === undefined
      ? undefined
      : await stagedFlow(templateOf(file.path)?.project ?? projectHere(), flags.stage, file.name);
  const flow = sound(staged === undefined ? file : { ...file, definition: staged.definition });
  const lines: { who: string; what: string }[] = [];
  const tell = (who: string, what: string): void => {
    lines.push({ who, what });
    show(who, what);
  };
  const ask: Asking = async (what) => answerOf(await typist.ask(`${what} answers`));
  const talk = await Talk.open(flow, answering(flags, typist.isPerson ? ask : undefined, staged), tell);
  try {
    let count = 0;
    for (let typed = await typist.next(); typed !== null; typed = await typist.next()) {
      count += 1;
      try {
        const line = readLine(typed, talk.people, `line ${count}`);
        if (line === null) continue;
        if (!typist.isPerson) tell(line.person, `> ${typed.trim()}`);
        if (!(await talk.take(line))) break;
      } catch (error) {
        if (!typist.isPerson) throw error;
        sayFailure(error);
      }
    }
    const [coverage] = await talk.covered();
    const { reached = 0, of = 0 } = coverage?.summary().transitions ?? {};
    return { flow: flow.name, lines, transitions: { reached, of } };
  } finally {
    await talk.close();
  }
}

/** Whoever sits at the terminal, or what is piped in. */
function typistAt(input: NodeJS.ReadStream): Typist {
  const isPerson = input.isTTY;
  const lines = createInterface({
    input,
    output: process.stderr,
    terminal: isPerson,
    prompt: colors.dim("> "),
  });
  const each = lines[Symbol.asyncIterator]();
  return {
    isPerson,
    async next() {
      if (isPerson) lines.prompt();
      const { value, done } = await each.next();
      return done === true ? null : value;
    },
    async ask(question) {
      process.stderr.write(`${question}: `);
      const { value, done } = await each.next();
      if (done === true) {
        throw new CliError("no-answer", {
          asked: question,
          option: "an answer",
          of: "name",
          example: "text",
        });
      }
      return value;
    },
    close: () => lines.close(),
  };
}

/** Adds the verb. */
export function addRun(program: Command): void {
  const command = program
    .command("run")
    .description("talk to a Flow: type what customers write, see what everybody hears")
    .argument("<flow>", "a Flow, or a folder with one");
  withAnswers(command)
    .option("--stage <stage>", "use this stage's words, Functions and Variables")
    .option("--json", "print JSON at the end")
    .addHelpText(
      "after",
      "\n/help says what can be typed. Lines may be piped in: studio run support.json < conversation.txt",
    )
    .action(async (path: string, flags: RunFlags) => {
      const typist = typistAt(process.stdin);
      const show = (who: string, what: string): void => {
        if (flags.json !== true) {
          process.stdout.write(`${who === "" ? what : `${colors.cyan(who.padEnd(9))} ${what}`}\n`);
        }
      };
      try {
        const report = await runFlow(path, flags, typist, show);
        const { reached, of } = report.transitions;
        print(flags.json, report, colors.dim(`walked ${reached} of ${of} transitions`));
      } finally {
        typist.close();
      }
    });
}

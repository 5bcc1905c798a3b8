/** Asks a person at a terminal, again and again until the answer is right. */
import { input, select } from "@inquirer/prompts";
import type { Project } from "@support-line/stage";
import { channels, type Question } from "./new-questions.ts";

/** Asks one question, with the answer that is usual; answers what has no problem. */
export type AskPerson = (
  question: Question,
  usual: string | null,
  problemOf: (text: string) => Promise<string | null>,
) => Promise<string>;

/** Where the person is, when it is not the terminal. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

const choices = {
  channel: () => [...channels],
  flow: (project: Project) => project.templateFiles().map((file) => file.replace(/\.(json|ts)$/, "")),
} as const;

/** Somebody at a terminal; without one, the process's own. */
export function askOn(project: Project, terminal?: Terminal): AskPerson {
  return ({ key, asks }, usual, problemOf) => {
    const message = asks;
    if (key === "channel" || key === "flow") {
      const known = choices[key](project).map((value) => ({ value, name: value }));
      return select({ message, choices: known, ...(usual === null ? {} : { default: usual }) }, terminal);
    }
    const validate = async (text: string) => {
      const problem = await problemOf(text);
      return problem === null || `"${text.trim()}" ${problem}`;
    };
    return input({ message, validate, ...(usual === null ? {} : { default: usual }) }, terminal);
  };
}

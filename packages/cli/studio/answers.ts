/** What stands in for Functions and web servers while a Flow is tried: answers that somebody gave, or real Functions. */
import { functionsFrom, type Answer, type EngineWorldOptions } from "@support-line/conversation-test/engine";
import type { JsonObject } from "@support-line/studio";
import { CliError } from "../errors.ts";
import { functionsFolder } from "./functions-folder.ts";

/** Asks whoever is at the terminal; without one, nothing answers. */
export type Asking = (what: string) => Promise<Answer>;

export interface AnswerFlags {
  readonly functions?: string;
  readonly var?: readonly string[];
  readonly answer?: readonly string[];
  readonly http?: readonly string[];
}

/** Functions that are run where no flag names a folder, and Variables below those that flags give. */
export interface OfStage {
  readonly functionsFolder: string;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * An answer as it is typed: an object of JSON, a status (`500`), nothing at all (empty: the request fails), or a text.
 */
export function answerOf(typed: string): Answer {
  const text = typed.trim();
  if (text === "") return null;
  if (/^[1-5]\d\d$/.test(text)) return Number(text);
  if (!text.startsWith("{")) return text;
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return text;
  }
}

/**
 * `name=answer`, several of them.
 *
 * @throws CliError for one without a name
 */
export function pairsOf(option: string, given: readonly string[] = []): [name: string, value: string][] {
  return given.map((pair) => {
    // A server's address may hold an equals sign in its query; the answer begins after the last one before it.
    const at = pair.search(/=(?=[^=]*$|\s*\{)/);
    if (at < 1) throw new CliError("bad-value", { option, value: pair, problem: "write it as name=value." });
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
}

/** The Functions and servers of a world. */
export function answering(
  flags: AnswerFlags,
  ask?: Asking,
  stage?: OfStage,
): Pick<EngineWorldOptions, "functions" | "http" | "unanswered"> {
  const answers = Object.fromEntries(
    pairsOf("--answer", flags.answer).map(([name, text]) => [name, answerOf(text)]),
  );
  const servers = pairsOf("--http", flags.http).map(([url, text]) => [url, answerOf(text)] as const);
  const variables = { ...stage?.variables, ...Object.fromEntries(pairsOf("--var", flags.var)) };
  const folder = flags.functions === undefined ? stage?.functionsFolder : functionsFolder(flags.functions);
  const nobody = (what: string, option: string, of: string): never => {
    throw new CliError("no-answer", { asked: what, option, of, example: '{"state":"found"}' });
  };
  const anyServer = ({ method, url }: { method: string; url: string }) =>
    ask === undefined
      ? nobody(`${method} ${url}`, `--http '${url}={"ok":true}'`, url)
      : ask(`${method} ${url}`);
  return {
    functions: folder === undefined ? answers : functionsFrom(folder, { variables, answers }),
    unanswered({ name, parameters }) {
      if (ask !== undefined) return ask(`The Function ${name} ${JSON.stringify(parameters)}`);
      return nobody(
        `The Function ${name}`,
        `--answer '${name}={"state":"found"}' or --functions <folder>`,
        name,
      );
    },
    // Every address begins with nothing: what no other answers for.
    http: { "": anyServer, ...Object.fromEntries(servers) },
  };
}

/** What stands in for Functions and web servers while a Flow is tried: answers that somebody gave, or real Functions. */
import {
  functionsFrom,
  httpResultOf,
  type Answer,
  type EngineWorldOptions,
  type FunctionsRunner,
} from "@support-line/conversation-test/engine";
import type { JsonObject } from "@support-line/studio";
import { CliError } from "../errors.ts";
import { functionsFolder } from "./functions-folder.ts";

type Session = ReturnType<FunctionsRunner["begin"]>;

/** Asks whoever is at the terminal; without one, nothing answers. */
export type Asking = (what: string) => Promise<Answer>;

export interface AnswerFlags {
  readonly functions?: string;
  readonly var?: readonly string[];
  readonly answer?: readonly string[];
  readonly http?: readonly string[];
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
export function answering(flags: AnswerFlags, ask?: Asking): Pick<EngineWorldOptions, "functions" | "http"> {
  const answers = new Map(pairsOf("--answer", flags.answer).map(([name, text]) => [name, answerOf(text)]));
  const servers = pairsOf("--http", flags.http).map(([url, text]) => [url, answerOf(text)] as const);
  const real =
    flags.functions === undefined
      ? undefined
      : functionsFrom(functionsFolder(flags.functions), {
          variables: Object.fromEntries(pairsOf("--var", flags.var)),
        });
  const nobody = (what: string, option: string, of: string): never => {
    throw new CliError("no-answer", { asked: what, option, of, example: '{"state":"found"}' });
  };
  const begin = (): Session => {
    const session = real?.begin();
    return {
      run(call, room) {
        const given = answers.get(call.name);
        if (given !== undefined) return httpResultOf(given);
        if (session !== undefined) return session.run(call, room);
        const said = `The Function ${call.name} ${JSON.stringify(call.parameters)}`;
        if (ask !== undefined) return ask(said).then(httpResultOf);
        return nobody(
          `The Function ${call.name}`,
          `--answer '${call.name}={"state":"found"}' or --functions <folder>`,
          call.name,
        );
      },
      twilioCalls: () => session?.twilioCalls() ?? [],
      end: () => session?.end(),
    };
  };
  const anyServer = ({ method, url }: { method: string; url: string }) =>
    ask === undefined
      ? nobody(`${method} ${url}`, `--http '${url}={"ok":true}'`, url)
      : ask(`${method} ${url}`);
  return {
    functions: { begin, close: () => real?.close() ?? Promise.resolve() },
    // Every address begins with nothing: what no other answers for.
    http: { "": anyServer, ...Object.fromEntries(servers) },
  };
}

/** What a page tells people to type, and whether there is such a command with such flags. Pure. */
import type { CommandHelp } from "./commands.ts";
import { partsOf } from "./markdown.ts";

export interface Typed {
  /** `npx studio check flow.json --strict` */
  readonly text: string;
  readonly line: number;
}

const begins = /(?:^|[\s;&|(])((?:npm (?:run |start|stop|test|create )|npx )\S.*)$/;

/** Commands of fences and of inline code, each on one line. */
export function typedOf(page: string): readonly Typed[] {
  const { fences, lines } = partsOf(page);
  const shells = fences.filter(({ language }) => ["sh", "bash", "console", "text"].includes(language));
  const fenced = shells.flatMap(({ text, line, words }) =>
    words === "output"
      ? []
      : text.split("\n").map((each, at) => ({ text: each.replace(/\s+#.*$/, ""), line: line + at + 1 })),
  );
  const inline = lines.flatMap(({ text, line }) =>
    [...text.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, code = ""]) => ({ text: code, line })),
  );
  return [...fenced, ...inline].flatMap(({ text, line }) => {
    const command = begins.exec(text)?.[1];
    return command === undefined ? [] : [{ text: command.trim(), line }];
  });
}

/** Commands whose flags are other people's. */
const others = /^npx (?:pulumi|support-line|vitest|tsc|twilio-run|prettier|oxlint|npm-check-updates)\b/;

/**
 * What is wrong with a command; null when nothing is.
 *
 * @param scripts names of npm scripts
 */
export function fault(
  typed: string,
  helps: readonly CommandHelp[],
  scripts: readonly string[],
): string | null {
  const [first = ""] = typed.split(/\s(?:\||&&|>|<|;)\s|;|\)$/);
  const words = first.trim().split(/\s+/);
  if (others.test(first)) return null;
  if (words[0] === "npm") {
    const script = words[1] === "run" ? (words[2] ?? "") : (words[1] ?? "");
    if (script === "create") return flagFault(words, helpNamed(helps, "npm create support-line@latest"));
    if (!/^[\w:-]+$/.test(script)) return null;
    if (!scripts.includes(script)) return `there is no npm script ${script}`;
    const verb = words[words.indexOf("--") + 1] ?? "";
    if (script === "stage") {
      return words.includes("--") ? verbFault(helps, "npm run stage --", verb, words) : null;
    }
    const own = helps.find(({ name }) => name === `npm run ${script} --` || name === `npm ${script} --`);
    return own === undefined ? null : flagFault(words, own);
  }
  const tool = words[1] ?? "";
  if (tool !== "studio" && tool !== "local-twilio") {
    return /^[@<\w]/.test(tool) && !/^[@<]/.test(tool) ? `there is no npx ${tool}` : null;
  }
  return words.length === 2 ? null : verbFault(helps, `npx ${tool}`, words[2] ?? "", words);
}

function helpNamed(helps: readonly CommandHelp[], name: string): CommandHelp | undefined {
  return helps.find((each) => each.name === name);
}

function verbFault(
  helps: readonly CommandHelp[],
  program: string,
  verb: string,
  words: readonly string[],
): string | null {
  if (!/^[a-z][\w-]*$/.test(verb)) return null;
  const help = helpNamed(helps, `${program} ${verb}`);
  return help === undefined ? `${program} has no ${verb}` : flagFault(words, help);
}

function flagFault(words: readonly string[], help: CommandHelp | undefined): string | null {
  const known = new Set(
    [...(help?.help ?? "").matchAll(/(?<![\w-])(--?[a-z][\w-]*)/g)].map(([flag]) => flag),
  );
  const flags = words
    .map((word) => /^--?[a-z][\w-]*/.exec(word)?.[0] ?? "")
    .filter((flag) => flag !== "" && flag !== "--json");
  const unknown = flags.find((flag) => !known.has(flag));
  return unknown === undefined ? null : `${help?.name ?? "it"} has no ${unknown}`;
}

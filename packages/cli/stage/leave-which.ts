/** What of a stage leaves: all of it, or one of several adopted lines. Pure. */
import { firstNames, type Adopted, type Stage } from "@support-line/stage";
import { CliError } from "../errors.ts";

export interface Leaving {
  readonly stage: Stage;
  /** null: all lines. */
  readonly line: string | null;
  /** The Service of Functions that leaves, by its name in the stack; null where none is run. */
  readonly functions: string | null;
  /** Services that no line has which stays. */
  readonly own: { readonly conversations: string | null; readonly functions: string | null };
  /** Lines that stay and run the same Functions. */
  readonly sharing: readonly string[];
}

/**
 * Finds what leaves.
 *
 * @param line that somebody named
 * @throws CliError when no line has that name, or when several could be meant
 */
export function whatLeaves(stage: Stage, line: string | undefined): Leaving {
  const { name, adopted, lines } = stage;
  const known = lines.map((each) => each.name).join(", ");
  if (adopted === null) {
    if (line !== undefined) throw new CliError("own-line-leaves", { stage: name });
    return whole(stage, firstNames.functions);
  }
  if (line === undefined) {
    const [service = null, second] = Object.keys(adopted.functions);
    if (second !== undefined) throw new CliError("which-line-leaves", { stage: name, lines: known });
    return whole(stage, service);
  }
  const found = Object.hasOwn(adopted.lines, line) ? adopted.lines[line] : undefined;
  if (found === undefined) throw new CliError("no-such-line", { stage: name, line, known });
  const { conversations, functions = null } = found;
  const stay = Object.entries(adopted.lines).filter(([each]) => each !== line);
  return {
    stage,
    line,
    functions,
    own: {
      conversations: having(stay, "conversations", conversations).length === 0 ? conversations : null,
      functions: functions === null || having(stay, "functions", functions).length > 0 ? null : functions,
    },
    sharing: functions === null ? [] : having(stay, "functions", functions),
  };
}

/** Names of the lines that have a Service. */
function having(
  lines: readonly (readonly [string, Adopted["lines"][string]])[],
  kind: "conversations" | "functions",
  service: string,
): string[] {
  return lines.flatMap(([name, each]) => (each[kind] === service ? [name] : []));
}

function whole(stage: Stage, functions: string | null): Leaving {
  return {
    stage,
    line: null,
    functions,
    own: { conversations: null, functions: null },
    sharing: [],
  };
}

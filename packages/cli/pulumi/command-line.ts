/** Flags of Pulumi that take the next word as their value, where it matters: the word could be taken for a command. */
const longWithValue = new Set(
  (
    "color config config-file copy-config-from cwd exclude file memprofilerate message otel-traces out parallel plan " +
    "policy-pack policy-pack-config profiling replace save-plan secrets-provider stack target target-replace teams " +
    "tracing verbose"
  ).split(" "),
);
const shortWithValue = new Set(["C", "m", "o", "p", "s", "t", "v", "x"]);

/** A call of Pulumi, as far as it says which stack is meant. */
export interface CommandLine {
  /** What is no flag: the command, its subcommand, their arguments. */
  readonly words: readonly string[];
  /** The value of `-s` or `--stack`; null when it is not there. */
  readonly stack: string | null;
  /** The value of `-C` or `--cwd`, where Pulumi is to run; null: where the person stands. */
  readonly cwd: string | null;
  /** Whether it only asks for help. */
  readonly help: boolean;
}

/** Reads Pulumi's arguments as its own parser does: values after a blank or "=", short flags in one, "--" ends them. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const words: string[] = [];
  let stack: string | null = null;
  let cwd: string | null = null;
  let help = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") break;
    if (arg.startsWith("--")) {
      const [name = "", value] = splitOnce(arg.slice(2), "=");
      const given = value ?? (longWithValue.has(name) ? args[++at] : undefined);
      if (name === "stack") stack = given ?? null;
      if (name === "cwd") cwd = given ?? null;
      help ||= name === "help";
    } else if (arg.startsWith("-") && arg.length > 1) {
      const { flag, value } = shortFlags(arg.slice(1));
      const given = value ?? (flag === null ? undefined : args[++at]);
      if (flag === "s") stack = given ?? null;
      if (flag === "C") cwd = given ?? null;
      help ||= flag === null && arg.includes("h");
    } else {
      words.push(arg);
    }
  }
  return { words, stack, cwd, help };
}

/** The flag of a cluster such as `-ys` that takes a value, with the value when the cluster holds it (`-sdev`, `-s=dev`). */
function shortFlags(cluster: string): { flag: string | null; value: string | undefined } {
  const at = [...cluster].findIndex((letter) => shortWithValue.has(letter));
  if (at < 0) return { flag: null, value: undefined };
  const rest = cluster.slice(at + 1).replace(/^=/, "");
  return { flag: cluster.charAt(at), value: rest === "" ? undefined : rest };
}

function splitOnce(text: string, by: string): [string, string | undefined] {
  const at = text.indexOf(by);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Runs many commands in one process, one after the other, and tells its parent what each wrote and how it ended: to load
 * Twilio's client anew for each would take most of the time.
 */
import type { Command } from "commander";

/** What the parent sends first. */
export interface Job {
  /** File that exports the program, or what makes it. */
  readonly program: string;
  /** File that exports `runProgram`. */
  readonly run: string;
  /** The words of each command, and what the environment has otherwise then. */
  readonly commands: readonly {
    readonly words: readonly string[];
    readonly env?: Readonly<Record<string, string | undefined>>;
  }[];
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** What the parent gets: the verbs that there are, and what became of each command. */
export interface Done {
  readonly verbs: readonly string[];
  readonly ran: readonly Ran[];
}

type Make = () => Command | Promise<Command>;

async function programIn(file: string): Promise<Command> {
  const module = (await import(file)) as Readonly<Record<string, Command | Make>>;
  const found = module["program"] ?? module["stageProgram"] ?? module["studioProgram"];
  if (found === undefined) throw new Error(`${file} exports no program`);
  return typeof found === "function" ? found() : found;
}

/** What is written while `work` goes on. */
async function written(work: () => Promise<void>): Promise<{ out: string; error: string }> {
  const text = { out: "", error: "" };
  const streams = [process.stdout, process.stderr] as const;
  const [out, error] = streams.map((stream) => stream.write.bind(stream));
  const into = (name: keyof typeof text) => (chunk: string | Uint8Array) => {
    text[name] += String(chunk);
    return true;
  };
  process.stdout.write = into("out");
  process.stderr.write = into("error");
  try {
    await work();
  } finally {
    if (out !== undefined) process.stdout.write = out;
    if (error !== undefined) process.stderr.write = error;
  }
  return text;
}

async function done({ program, run, commands }: Job): Promise<Done> {
  const { runProgram } = (await import(run)) as {
    runProgram: (program: Command, words: readonly string[]) => Promise<void>;
  };
  const verbs = (await programIn(program)).commands.map((each) => each.name());
  const ran: Ran[] = [];
  for (const { words, env = {} } of commands) {
    const before = { ...process.env };
    process.exitCode = undefined;
    for (const [name, value] of Object.entries(env)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    const each = await programIn(program);
    const text = await written(() => runProgram(each, words));
    ran.push({ code: Number(process.exitCode ?? 0), ...text });
    process.env = before;
  }
  process.exitCode = 0;
  return { verbs, ran };
}

process.once("message", (job: Job) => {
  void done(job).then((answer) => {
    process.send?.(answer);
    process.disconnect();
  });
});

/**
 * `npm run stage -- <verb>`: what people do with a stage. Each verb is a file in `stage/`, and only the one that is asked for
 * is loaded, since some bring the whole of Studio along.
 */
import { Command } from "commander";
import nodeModule from "node:module";
import { fileURLToPath } from "node:url";
import { cliErrors, CliError } from "./errors.ts";

// What Node has compiled once need not be compiled again.
nodeModule.enableCompileCache?.(fileURLToPath(new URL("../../.state/compiled", import.meta.url)));

type Add = (program: Command) => void;

/** Verbs, each with what adds it to the program. */
const verbs: Readonly<Record<string, () => Promise<Add>>> = {
  adopt: async () => (await import("./stage/adopt.ts")).addAdopt,
  apply: async () => (await import("./stage/apply.ts")).addApply,
  check: async () => (await import("./stage/check.ts")).addCheck,
  comment: async () => (await import("./stage/comment.ts")).addComment,
  drift: async () => (await import("./stage/drift.ts")).addDrift,
  forget: async () => (await import("./stage/forget.ts")).addForget,
  leave: async () => (await import("./stage/leave.ts")).addLeave,
  new: async () => (await import("./stage/new.ts")).addNew,
  open: async () => (await import("./stage/open.ts")).addOpen,
  pause: async () => (await import("./stage/pause.ts")).addPause,
  rollback: async () => (await import("./stage/rollback-command.ts")).addRollback,
  rollout: async () => (await import("./stage/rollout.ts")).addRollout,
  status: async () => (await import("./stage/status.ts")).addStatus,
};

/** Verbs that stand in another's file. */
const beside: Readonly<Record<string, string>> = { preview: "apply", resume: "pause" };

const program = new Command("npm run stage --").description("Work with a stage.").exitOverride();
const asked = process.argv[2] ?? "";
const only = verbs[beside[asked] ?? asked];
for (const load of only === undefined ? Object.values(verbs) : [only]) (await load())(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CliError) {
    console.error(error.message);
    process.exitCode = cliErrors[error.code].exitCode;
  } else if (error instanceof Error && (error.name === "StageError" || error.name === "TemplateError")) {
    // What is to be mended in a stage file or a template; their classes come with the verbs.
    console.error(error.message);
    process.exitCode = 2;
  } else if (error instanceof Error && "exitCode" in error) {
    // Commander has said what is wrong with the words, or helped.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    throw error;
  }
}

/** The verbs of `npm run stage`. Each is a file beside this one. */
import { Command } from "commander";

type Add = (program: Command) => void;

/** Verbs, each with what adds it to the program. */
const verbs: Readonly<Record<string, () => Promise<Add>>> = {
  adopt: async () => (await import("./adopt.ts")).addAdopt,
  apply: async () => (await import("./apply.ts")).addApply,
  check: async () => (await import("./check.ts")).addCheck,
  comment: async () => (await import("./comment.ts")).addComment,
  doctor: async () => (await import("./doctor.ts")).addDoctor,
  drift: async () => (await import("./drift.ts")).addDrift,
  forget: async () => (await import("./forget.ts")).addForget,
  logs: async () => (await import("./logs.ts")).addLogs,
  leave: async () => (await import("./leave.ts")).addLeave,
  new: async () => (await import("./new.ts")).addNew,
  open: async () => (await import("./open.ts")).addOpen,
  pause: async () => (await import("./pause.ts")).addPause,
  rollback: async () => (await import("./rollback-command.ts")).addRollback,
  rollout: async () => (await import("./rollout.ts")).addRollout,
  status: async () => (await import("./status.ts")).addStatus,
  why: async () => (await import("./why.ts")).addWhy,
};

/** Verbs that stand in another's file. */
const beside: Readonly<Record<string, string>> = { preview: "apply", resume: "pause" };

/**
 * The program.
 *
 * @param asked the verb that was typed: it alone is loaded, since some bring the whole of Studio along; all, when it is none
 */
export async function stageProgram(asked = ""): Promise<Command> {
  const program = new Command("npm run stage --").description("Work with a stage.").exitOverride();
  const name = Object.hasOwn(beside, asked) ? (beside[asked] ?? "") : asked;
  const only = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  for (const load of only === undefined ? Object.values(verbs) : [only]) (await load())(program);
  return program;
}

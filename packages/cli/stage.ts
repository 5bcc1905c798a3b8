/** `npm run stage -- <verb>`: what people do with a stage. Each verb is a file in `stage/`. */
import { Command } from "commander";
import { cliErrors, CliError } from "./errors.ts";
import { addAdopt } from "./stage/adopt.ts";
import { addApply } from "./stage/apply.ts";
import { addCheck } from "./stage/check.ts";
import { addComment } from "./stage/comment.ts";
import { addForget } from "./stage/forget.ts";
import { addLeave } from "./stage/leave.ts";
import { addOpen } from "./stage/open.ts";
import { addPause } from "./stage/pause.ts";
import { addRollback } from "./stage/rollback.ts";
import { addStatus } from "./stage/status.ts";

const program = new Command("npm run stage --").description("Work with a stage.").exitOverride();
for (const add of [
  addAdopt,
  addApply,
  addCheck,
  addComment,
  addForget,
  addLeave,
  addOpen,
  addPause,
  addRollback,
  addStatus,
]) {
  add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CliError) {
    console.error(error.message);
    process.exitCode = cliErrors[error.code].exitCode;
  } else if (error instanceof Error && "exitCode" in error) {
    // Commander has said what is wrong with the words, or helped.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    throw error;
  }
}

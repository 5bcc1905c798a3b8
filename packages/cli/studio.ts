/** `studio`: Flows checked, compared, drawn, tried and converted, without an account. Each verb is a file in `studio/`. */
import { Command } from "commander";
import { addCheck } from "./studio/check-command.ts";
import { addConvert } from "./studio/convert-command.ts";
import { addCover } from "./studio/cover-command.ts";
import { addDiff } from "./studio/diff-command.ts";
import { addDraw } from "./studio/draw-command.ts";
import { ending } from "./studio/ending.ts";
import { addPull } from "./studio/pull-command.ts";
import { addRun } from "./studio/run-command.ts";

const program = new Command("studio")
  .description("Twilio Studio Flows on this machine: checked, compared, drawn, tried, converted")
  .showHelpAfterError("(studio <command> --help says more)")
  .addHelpText("after", "\nExit codes: 0 fine, 1 findings, 2 wrong use, 3 Twilio or network.")
  .exitOverride();
for (const add of [addCheck, addConvert, addCover, addDiff, addDraw, addPull, addRun]) add(program);

// Whoever reads has enough: `studio draw … | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = ending(error);
}

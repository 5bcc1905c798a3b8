/** The verbs of `npx studio`. Each is a file beside this one. */
import { Command } from "commander";
import { addAdd } from "./add-command.ts";
import { addCheck } from "./check-command.ts";
import { addConvert } from "./convert-command.ts";
import { addCover } from "./cover-command.ts";
import { addDiff } from "./diff-command.ts";
import { addDraw } from "./draw-command.ts";
import { addMerge } from "./merge-command.ts";
import { addPull } from "./pull-command.ts";
import { addRun } from "./run-command.ts";

/** The program. */
export function studioProgram(): Command {
  const program = new Command("studio")
    .description("Twilio Studio Flows on this machine: checked, compared, drawn, tried, converted")
    .showHelpAfterError("(studio <command> --help says more)")
    .addHelpText("after", "\nExit codes: 0 fine, 1 findings, 2 wrong use, 3 Twilio or network.")
    .exitOverride();
  for (const add of [addAdd, addCheck, addConvert, addCover, addDiff, addDraw, addMerge, addPull, addRun]) {
    add(program);
  }
  return program;
}

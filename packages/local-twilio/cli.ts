/** `local-twilio`: the local Twilio from the command line. */
import { program } from "./cli/program.ts";
import { runProgram } from "./cli/run.ts";

await runProgram(program);

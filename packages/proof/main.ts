/** `support-line-proof`: the proof from the command line. */
import { proveCommand, runProve } from "./command.ts";

await runProve(proveCommand(), process.argv.slice(2));

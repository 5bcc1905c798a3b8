/** `studio`: Flows checked, compared, drawn, tried and converted, without an account. Each verb is a file in `studio/`. */
import { runProgram } from "./edge/run.ts";
import { studioProgram } from "./studio/program.ts";

await runProgram(studioProgram());

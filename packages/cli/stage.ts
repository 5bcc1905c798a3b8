/** `npm run stage -- <verb>`: what people do with a stage. */
import nodeModule from "node:module";
import { runMain, runProgram } from "./edge/run.ts";
import { stageProgram } from "./stage/program.ts";

// What Node has compiled once need not be compiled again.
nodeModule.enableCompileCache?.();

await runMain(async () => runProgram(await stageProgram(process.argv[2])));

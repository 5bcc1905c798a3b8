/** The project's own commands on the stage of a test. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { TestStage } from "./stage.ts";

/** Where the commands lie; they run in the project of the stage. */
const root = process.cwd();

/** How a command ended, and all that it printed. */
export interface CommandEnd {
  readonly code: number;
  readonly text: string;
}

/** `npm run stage -- …` */
export const stageCommand = (stage: TestStage, ...words: string[]) => run(stage, "stage.ts", words);

/** `npx studio …` */
export const studioCommand = (stage: TestStage, ...words: string[]) => run(stage, "studio.ts", words);

function run(stage: TestStage, program: string, words: readonly string[]): Promise<CommandEnd> {
  const env = { ...process.env, ...stage.environment, TWILIO_AUTH_TOKEN: stage.twilio.authToken };
  const args = [join(root, "packages/cli", program), ...words];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: stage.folder, env, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, text: stdout + stderr });
    });
  });
}

/** `npm run day`: a day on two lines, played on the engine with the real Functions, told as a story. */
import type { Script } from "@support-line/conversation-test";
import { play } from "@support-line/conversation-test/play";
import { openProject, projectFolder, readStage } from "@support-line/stage";
import { runMain } from "../packages/cli/edge/run.ts";
import { day, flexHour } from "../e2e/stage-keys/day.ts";
import { withFlex } from "../e2e/stage-keys/flex.ts";
import { everyKey, monday, people } from "../e2e/stage-keys/stage.ts";
import { lineOnEngine } from "../e2e/stage-keys/stage-on-engine.ts";

const project = openProject(projectFolder(process.cwd()));

async function tell(values: Readonly<Record<string, unknown>>, story: Script): Promise<void> {
  const stage = readStage(project.name, "local", values);
  const [line, ...others] = stage.lines;
  if (line === undefined || others.length > 0) throw new Error("the story is of one line");
  const world = await lineOnEngine(project, stage, line, { people, now: monday });
  try {
    const told = await play(world, story);
    // What the Functions answered is for whoever looks for a fault.
    console.log(
      told
        .split("\n")
        .filter((text) => !/^ {2}Function /.test(text))
        .map((text) => text.replace(/^ {10,}(?=\S)(?!>)/, "\n"))
        .join("\n"),
    );
  } finally {
    await world.close?.();
  }
}

await runMain(async () => {
  await tell(everyKey(monday), day);
  await tell(withFlex(monday), flexHour);
});

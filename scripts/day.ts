/** `npm run day`: a day on the line, played on the engine with the real Functions, told as a story. */
import { play } from "@support-line/conversation-test/play";
import { readStage } from "../infra/config.ts";
import { day } from "../test/stage-keys/day.ts";
import { everyKey, monday, people } from "../test/stage-keys/stage.ts";
import { lineOnEngine } from "../test/stage-keys/stage-on-engine.ts";

const [line, ...others] = readStage("local", everyKey(monday)).lines;
if (line === undefined || others.length > 0) throw new Error("the story is of one line");
const world = await lineOnEngine(readStage("local", everyKey(monday)), line, { people, now: monday });
try {
  const told = await play(world, day);
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

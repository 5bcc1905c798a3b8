/** `npm run stage -- why`: one conversation as a story, where it broke, and what undoes it. */
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { openNightStage } from "../night/night-stage.ts";
import { storyOf, storyText } from "../night/story.ts";
import { asking } from "./twilio-client.ts";

/** Adds the verb. */
export function addWhy(program: Command): void {
  program
    .command("why")
    .description(
      "Tells what happened to one customer: who wrote what, which widget did what, where it broke.",
    )
    .argument("<stage>", "local, dev, …")
    .argument("<what>", "an Execution FN…, a Conversation CH…, or last for the latest failure")
    .option("--json", "print JSON")
    .action(async (name: string, what: string, { json = false }: { readonly json?: boolean }) => {
      if (what !== "last" && !/^(FN|CH)[0-9a-f]{32}$/.test(what)) {
        throw new CliError("bad-value", {
          option: "why",
          value: what,
          problem: "name an Execution (FN…) or a Conversation (CH…), as status and logs print them, or last",
        });
      }
      const night = await openNightStage(name);
      const story = await asking(name, () => storyOf(night, what, Date.now()));
      console.log(json ? JSON.stringify(story, null, 2) : storyText(story));
    });
}

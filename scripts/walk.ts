/** `npm run walk`: the life of a line, from an account that was filled by hand to the nightly drift report, told as it happens. */
import pc from "picocolors";
import { walk } from "../e2e/walk/walk.ts";
import { runMain } from "../packages/cli/edge/run.ts";

let chapters = 0;
await runMain(() =>
  walk({
    chapter(text) {
      chapters += 1;
      console.log(`\n${pc.bold(`${chapters}. ${text}`)}\n`);
    },
    says(text) {
      for (const each of text.trimEnd().split("\n")) console.log(`  ${each}`);
    },
  }),
);

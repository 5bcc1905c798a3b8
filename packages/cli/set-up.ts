/** `npm run setup`: finds or makes what a project needs besides its packages, the Pulumi CLI. */
import { runMain } from "./edge/run.ts";
import { projectHere } from "./project.ts";
import { readyPulumi } from "./pulumi/pulumi-cli.ts";

await runMain(async () => {
  console.log(`The Pulumi CLI is in ${await readyPulumi(projectHere().folder)}.`);
});

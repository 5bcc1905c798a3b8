/** `support-line <verb>`: what the scripts of a project run, `npm start`, `npm run stage -- …` and the others. */
const verbs: Readonly<Record<string, () => Promise<unknown>>> = {
  start: () => import("./start.ts"),
  dev: () => import("./dev.ts"),
  stop: () => import("./stop.ts"),
  stage: () => import("./stage.ts"),
  setup: () => import("./set-up.ts"),
  upgrade: () => import("./upgrade.ts"),
};

const [verb = ""] = process.argv.splice(2, 1);
const run = verbs[verb];
if (run === undefined) {
  const isHelp = verb === "--help" || verb === "help";
  const usage = `support-line ${Object.keys(verbs).join(" | ")}`;
  if (isHelp) {
    console.log(
      `${usage}\n\nAs npm runs them in a project: npm start, npm run dev, npm stop, npm run stage -- --help, npm run setup, npm run upgrade.`,
    );
  } else console.error(`There is no "${verb}"; ${usage}.`);
  process.exitCode = isHelp ? 0 : 2;
} else {
  await run();
}

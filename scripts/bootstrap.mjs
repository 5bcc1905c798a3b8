// Entry of every `npm start`, `npm test`, … : sets the checkout up, then runs the verb on the project's own Node.
// Whatever Node is installed must at least be able to read this file, so it asks for the version before anything else.
import { fileURLToPath } from "node:url";

const oldest = 20;
const root = fileURLToPath(new URL("..", import.meta.url));

if (Number(process.versions.node.split(".")[0]) < oldest) {
  console.error(
    `Node ${oldest} or newer is needed and this is ${process.version}: install Node 24 from https://nodejs.org and try again.`,
  );
  process.exitCode = 1;
} else {
  const { runVerb } = await import("./run-verb.mjs");
  process.exitCode = await runVerb(root, process.argv.slice(2));
}

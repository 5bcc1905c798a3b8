/** `npm test`; what its arguments do is in `test/tests.ts`. */
import { fileURLToPath } from "node:url";
import { runTests, tiers } from "./test/tests.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
process.exitCode = await runTests(root, tiers.short, process.argv.slice(2));

/** `npm run test:all`: the tests that `npm test` leaves out because they take long. */
import { fileURLToPath } from "node:url";
import { runTests, tiers } from "./test/tests.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
process.exitCode = await runTests(root, tiers.long, process.argv.slice(2));

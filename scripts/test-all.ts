/** `npm run test:all`: the tests that `npm test` leaves out because they take long. */
import { runTests, tiers } from "./test/tests.ts";

const root = process.cwd();
process.exitCode = await runTests(root, tiers.long, process.argv.slice(2));

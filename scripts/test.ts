/** `npm test`; what its arguments do is in `test/tests.ts`. */
import { runTests, tiers } from "./test/tests.ts";

process.exitCode = await runTests(process.cwd(), tiers.short, process.argv.slice(2));

import { expect, test } from "vitest";
import { strayPlaces } from "./own-places.ts";

test("a module finds files of its own package, and nothing else, by its own place", () => {
  const own = 'readFileSync(new URL("../schema.gen.json", import.meta.url));';
  expect(strayPlaces("packages/provider/rpc/service.ts", own)).toEqual([]);
  const beside = 'const rows = new URL("../twilio-api/rows/", import.meta.url);';
  expect(strayPlaces("packages/provider/bundle.ts", beside)).toEqual([
    "packages/provider/bundle.ts finds ../twilio-api/rows/ by its own place; take the folder of the project as a parameter",
  ]);
});

test("the checkout is found by nobody, however it is written", () => {
  for (const text of [
    'fileURLToPath(new URL("../../../", import.meta.url))',
    'join(import.meta.dirname, "../../../.state")',
    "new URL(`../../../flow-templates/${name}.json`, import.meta.url)",
    'new URL(\n  "../../..",\n  import.meta.url,\n)',
  ]) {
    expect(strayPlaces("packages/cli/stage/check.ts", text)).toHaveLength(1);
  }
});

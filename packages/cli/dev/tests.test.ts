import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { testsOf } from "./tests.ts";

const root = mkdtempSync(join(tmpdir(), "dev-tests-"));
afterAll(() => rmSync(root, { recursive: true }));
for (const folder of ["test", "functions"]) mkdirSync(join(root, folder));
const files = {
  "test/support.test.ts": `walkedFlow("support", {});`,
  "test/night.test.ts": `read("flow-templates/desk.json");`,
  "functions/greet.test.ts": `import "./greet.protected.ts";`,
};
for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
const templates = { sales: "support" };

test.each([
  ["a Flow: what walks it", ["flow-templates/support.json"], ["test/support.test.ts"]],
  ["its bindings too", ["flow-templates/support.bindings.ts"], ["test/support.test.ts"]],
  ["a Flow that a test reads by its file", ["flow-templates/desk.json"], ["test/night.test.ts"]],
  ["a Function: the test beside it", ["functions/greet.protected.ts"], ["functions/greet.test.ts"]],
  ["the stage file: the Flows of the stage", ["Pulumi.local.yaml"], ["test/support.test.ts"]],
  ["a test itself", ["functions/greet.test.ts"], ["functions/greet.test.ts"]],
  ["what no test is about", ["infra/alerts.ts"], []],
])("%s", (_, saved, expected) => expect(testsOf(root, saved, templates)).toEqual(expected));

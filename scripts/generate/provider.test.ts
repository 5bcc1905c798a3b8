import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hashFile, schemaHash, sdkFolder } from "./write-sdk.ts";

test("the committed SDK is made of this schema; npm run generate writes it", () => {
  expect(readFileSync(`${sdkFolder}/${hashFile}`, "utf8")).toBe(
    schemaHash(readFileSync("packages/provider/schema.gen.json", "utf8")),
  );
});

test("the committed SDK is what Pulumi's generator writes, where that is built", () => {
  // Exits 1, and says which file, when schema or SDK differ; without the generator the fingerprints above decide.
  execFileSync(process.execPath, ["scripts/generate/provider.ts", "--check"], {
    stdio: "pipe",
  });
});

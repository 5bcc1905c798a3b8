import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stillToImport } from "./imports.ts";

test.each(["{", "[]", '{ "resources": "none" }'])(
  "an import file that is not one is not written over: %s",
  async (text) => {
    const folder = mkdtempSync(join(tmpdir(), "imports-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "Pulumi.prod.import.json"), text);
    await expect(stillToImport({ folder }, "prod", [], false)).rejects.toThrow(
      /^Pulumi\.prod\.import\.json would be overwritten\. Nothing was written/,
    );
  },
);

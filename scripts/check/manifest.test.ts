import { expect, test } from "vitest";
import { faultsOf } from "./manifest.ts";

const manifest = { copied: ["infra/", "Pulumi.yaml"], written: ["README.md"], repository: ["docs/"] };

test("a file has a row of its own, or its folder has one", () => {
  expect(faultsOf(manifest, ["infra/index.ts", "Pulumi.yaml", "README.md", "docs/a.md"])).toEqual([]);
});

test("a file that no row speaks of is named", () => {
  expect(faultsOf(manifest, ["Pulumi.yaml.bak", "new/a.ts"])).toEqual([
    expect.stringMatching(/^Pulumi\.yaml\.bak is in no row/),
    expect.stringMatching(/^new\/a\.ts is in no row/),
  ]);
});

test("a row that stands twice is named", () => {
  expect(faultsOf({ ...manifest, written: ["infra/"] }, [])).toEqual([
    expect.stringContaining("names infra/ twice"),
  ]);
});

import { expect, test } from "vitest";
import { check, dependencyFaults } from "./dependencies.ts";

const manifest = { dependencies: { zod: "^4" }, peerDependencies: { vitest: "^5" }, devDependencies: {} };

test("what is declared and imported is in order, a peer too", () => {
  const imports = new Map([
    ["zod", "index.ts"],
    ["vitest", "reporter.ts"],
  ]);
  expect(dependencyFaults("packages/one", manifest, imports)).toEqual([]);
});

test("an import that is not declared is named with its file, and a dependency that nothing imports", () => {
  expect(dependencyFaults("packages/one", manifest, new Map([["yaml", "read.ts"]]))).toEqual([
    "packages/one/read.ts imports yaml; put it among the dependencies of packages/one/package.json",
    "packages/one/package.json depends on zod, which nothing that travels imports; take it out",
  ]);
});

test("what a package finds for others is no fault, and what only its tests name is for its development", () => {
  const own = { ...manifest, devDependencies: { "fast-check": "^4", "left-pad": "^1" } };
  expect(dependencyFaults("packages/one", own, new Map(), new Set(["fast-check"]), ["zod"])).toEqual([
    "packages/one/package.json has left-pad for its development, and no file of it imports that; take it out",
  ]);
});

test("every package here declares what it imports", () => {
  expect(check(process.cwd())).toEqual([]);
});

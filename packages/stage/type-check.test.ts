import { existsSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectWith } from "./testing/projects.ts";
import { typeFaults } from "./type-check.ts";

const tsconfig = JSON.stringify({
  compilerOptions: {
    strict: true,
    module: "nodenext",
    types: [],
    noEmit: true,
    allowImportingTsExtensions: true,
  },
  include: ["functions"],
});
const reattach = "functions/reattach-flow.protected.ts";
const own = "functions/add-support-agent.protected.ts";

test("what TypeScript refuses is said with file, line and column, and is known until something changes", async () => {
  const project = projectWith({
    "tsconfig.json": tsconfig,
    [reattach]: undefined,
    "functions/shared/words.ts": "export const greeting: string = 7;\n",
    [own]:
      'import { greeting } from "./shared/words.ts";\n\nexport const handler = (): number => greeting;\n',
    "functions/own.test.ts": "const untested: number = '';\n",
    "functions/adopted/old/greet.ts": "const old: number = '';\n",
  });
  const faults = [
    "functions/add-support-agent.protected.ts:3:38: Type 'string' is not assignable to type 'number'. (TS2322)",
    "functions/shared/words.ts:1:14: Type 'number' is not assignable to type 'string'. (TS2322)",
  ];
  expect(await typeFaults(project)).toEqual(faults);

  // The compiler is asked with a file of its own, and is not asked again.
  const asked = join(project.folder, ".state/types/tsconfig.json");
  rmSync(asked);
  expect(await typeFaults(project)).toEqual(faults);
  expect(existsSync(asked)).toBe(false);
  writeFileSync(join(project.folder, "functions/shared/words.ts"), "export const greeting = 7;\n");
  expect(await typeFaults(project)).toEqual([]);
  writeFileSync(join(project.folder, "functions/new.ts"), "export const handler: string = 1;\n");
  expect(await typeFaults(project)).toEqual([
    "functions/new.ts:1:14: Type 'number' is not assignable to type 'string'. (TS2322)",
  ]);
  utimesSync(join(project.folder, "tsconfig.json"), 1, 1);
  expect(await typeFaults(project)).toHaveLength(1);
});

test("without a tsconfig.json nobody asked for types", async () => {
  expect(await typeFaults(projectWith({ [own]: "export const handler: string = 1;\n" }))).toEqual([]);
});

test("JavaScript says no types, and is no fault where the project checks its own scripts", async () => {
  const { compilerOptions, include } = JSON.parse(tsconfig) as { compilerOptions: object; include: string[] };
  const project = projectWith({
    "tsconfig.json": JSON.stringify({
      compilerOptions: { ...compilerOptions, allowJs: true, checkJs: true },
      include,
    }),
    "functions/order.protected.js":
      "exports.handler = (context, event, callback) => callback(null, event.order);\n",
    "functions/asked.protected.js":
      '// @ts-check\n/** @type {number} */\nconst one = "1";\nexports.handler = () => one;\n',
  });
  expect(await typeFaults(project)).toEqual([
    expect.stringMatching(/^functions\/asked\.protected\.js:3:7: .*TS2322/),
  ]);
});

/** A deployed Function changes when what it does changes, and not when its sources move: a new Build for nothing is a risk. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { code } from "./bundle.ts";

const bundle = async (folder: string, file: string) => (await code(folder, file)).code;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bundle-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const greet = `import { name } from "./name.ts";
import list from "old";
/*! Somebody's licence
 *  in two lines */
export const greet = (who: string): string => \`hello
\${name(who)} \${list.join()}\`;
export const nobody = (): never => {
  throw new Error("nobody");
};
`;
const name = `export const name = (who: string): string => who.trim();\n`;
/** A package of CommonJS: esbuild wraps each of its files, and names the file there. */
const old = {
  "old/package.json": JSON.stringify({ name: "old", main: "lib/index.js" }),
  "old/lib/index.js": `module.exports = require("./list.js");\n`,
  "old/lib/list.js": `module.exports = [1, 2];\n`,
};

/** The Function, its shared sources in one folder and the package in another. */
function layout(functions: string, shared: string, modules: string, newline = "\n"): string {
  const lead = functions.replaceAll(/[^/]+/g, "..");
  const files = {
    [`${functions}/hello.protected.ts`]: `import { greet, nobody } from "${lead}/${shared}/greet.ts";
import twilio from "twilio";
export const handler = (_: object, event: { who: string }, callback: (error: null, text: string) => void) =>
  callback(null, event.who === "" ? nobody() : greet(event.who) + typeof twilio);
`,
    [`${shared}/greet.ts`]: greet,
    [`${shared}/name.ts`]: name,
    ...Object.fromEntries(
      Object.entries(old).map(([file, text]) => [`${modules}/node_modules/${file}`, text]),
    ),
  };
  write(
    Object.fromEntries(Object.entries(files).map(([file, text]) => [file, text.replaceAll("\n", newline)])),
  );
  return join(folder, functions);
}

const today = () => layout("one/functions", "one/functions/shared", "one");

test.each([
  [
    "shared sources in a package of their own",
    () => layout("two/functions", "two/packages/functions", "two"),
  ],
  [
    "a package of theirs beside them",
    () => layout("six/functions", "six/packages/functions", "six/packages/functions"),
  ],
  ["another depth of folders", () => layout("a/b/c/functions", "a/b/shared", "a/b/c/functions/../..")],
  ["line endings of Windows", () => layout("three/functions", "three/functions/shared", "three", "\r\n")],
])("%s: the same bytes", async (_, other) => {
  const [one, two] = [
    await bundle(today(), "hello.protected.ts"),
    await bundle(other(), "hello.protected.ts"),
  ];
  expect(two).toBe(one);
});

test("where the process stands makes no difference", async () => {
  const before = process.cwd();
  const one = await bundle(today(), "hello.protected.ts");
  try {
    process.chdir(folder);
    expect(await bundle(join(folder, "one/functions"), "hello.protected.ts")).toBe(one);
  } finally {
    process.chdir(before);
  }
});

test("no folder of this machine is in it, and an error still names its place in the TypeScript", async () => {
  const text = await bundle(today(), "hello.protected.ts");
  const [, base64 = ""] = /sourceMappingURL=data:application\/json;base64,(.*)/.exec(text) ?? [];
  const map = Buffer.from(base64, "base64").toString();
  expect(text + map).not.toContain("/one");
  expect((JSON.parse(map) as { sources: string[] }).sources).toEqual([
    "old/lib/list.js",
    "old/lib/index.js",
    "hello.protected.ts",
    "name.ts",
    "greet.ts",
  ]);
});

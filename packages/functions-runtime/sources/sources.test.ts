import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findAssets, findFunctions, functionFile, readDeployedFunctions, readFunctions } from "./index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sources-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const codeOf = async (name: string) =>
  (await readFunctions(folder, new Set([name]))).map(({ code }) => code).join();

describe("which Functions and Assets there are", () => {
  test("TypeScript and JavaScript; shared code, tests, types, packages and adopted lines are none", () => {
    write({
      "a.js": "",
      "b.protected.ts": "",
      "sub/deep/c.private.js": "",
      "with space.ts": "",
      "shared/d.ts": "",
      "sub/shared/d.ts": "",
      "a.test.ts": "",
      "e.d.ts": "",
      "readme.md": "",
      ".eslintrc.js": "",
      "node_modules/old/index.js": "",
      "adopted/helpline/greet.js": "",
    });
    expect(
      findFunctions(folder).map(({ file, path, visibility }) => `${file} ${path} ${visibility}`),
    ).toEqual([
      "a.js /a public",
      "b.protected.ts /b protected",
      "sub/deep/c.private.js /sub/deep/c private",
      "with space.ts /with-space public",
    ]);
  });

  test("an Asset keeps the ending of its file", () => {
    write({ "x.json": "", "sub/y.private.json": "", "logo.tar.gz": "", plain: "", ".DS_Store": "" });
    expect(findAssets(folder).map(({ path, visibility }) => `${path} ${visibility}`)).toEqual([
      "/logo.tar.gz public",
      "/plain public",
      "/sub/y.json private",
      "/x.json public",
    ]);
  });

  test.each([
    ["reattach-flow.protected.ts", "reattach-flow.ts"],
    ["greet.js", "greet.ts"],
    ["in/greet.private.js", "in/greet.protected.js"],
  ])("%s beside %s is one error that names both", (one, other) => {
    write({ [one]: "", [other]: "", "fine.ts": "" });
    const words =
      /^sources-\w+\/(\S+) and sources-\w+\/(\S+) both answer at (\S+), and Twilio runs only one of them; /;
    expect(() => findFunctions(folder)).toThrow(words);
    expect(() => findFunctions(folder)).toThrow(expect.objectContaining({ code: "same-path" }) as Error);
    expect(() => findFunctions(folder)).toThrow(one);
    expect(() => findFunctions(folder)).toThrow(other);
  });

  test("a name that Twilio takes for no path is an error that names the file", () => {
    write({ "order?status.js": "" });
    expect(() => findFunctions(folder)).toThrow(
      "order?status.js would answer at /order?status, which has ? in it, and Twilio refuses such a path; rename the file",
    );
  });
});

describe("what is uploaded", () => {
  test("a private Function goes along: it is reached by Runtime, and neither imported nor named by a Flow", async () => {
    const text = `const { polite } = require(Runtime.getFunctions()["inner/polite"].path);\nexports.handler = polite;\n`;
    write({ "a.js": text, "b.js": text, "inner/polite.private.js": "exports.polite = String;\n" });
    const read = await readFunctions(folder, new Set(["a"]));
    expect(read.map(({ name, code }) => [name, code])).toEqual([
      ["a", text],
      ["inner/polite", "exports.polite = String;\n"],
    ]);
  });

  const sources: [string, string, string][] = [
    [
      "ES modules",
      "a.js",
      `export const handler = (context, event, callback) => callback(null, "from a module");`,
    ],
    ["a helper of its own", "a.js", `exports.handler = require("./shared/helper.js").handler;`],
    [
      "a helper that is imported",
      "a.js",
      `import { handler as own } from "./shared/helper.js"; export const handler = own;`,
    ],
    ["a package", "a.js", `exports.handler = require("old").handler;`],
    [
      "TypeScript",
      "a.ts",
      `import { handler as own } from "./shared/helper.js"; export const handler: unknown = own;`,
    ],
  ];
  const projects = [
    ["a project without a type", "{}"],
    ["a project of ES modules", `{"type":"module"}`],
  ] as const;
  describe.each(projects)("in %s", (_, packageJson) => {
    beforeEach(() => write({ "package.json": packageJson }));

    test.each(sources)("%s: one file that runs by itself", async (_what, file, source) => {
      write({
        "node_modules/old/package.json": `{"name":"old"}`,
        "node_modules/old/index.js": `exports.handler = (context, event, callback) => callback(null, "from a package");`,
        "shared/helper.js": `exports.handler = (context, event, callback) => callback(null, "from a helper");`,
        [file]: source,
      });
      // As Twilio runs it: one file, and nothing beside it.
      const alone = mkdtempSync(join(tmpdir(), "uploaded-"));
      writeFileSync(join(alone, "uploaded.cjs"), await codeOf("a"));
      const { handler } = createRequire(import.meta.url)(join(alone, "uploaded.cjs")) as {
        handler: (context: object, event: object, callback: (error: null, text: string) => void) => void;
      };
      rmSync(alone, { recursive: true });
      const said = await new Promise((resolve) => handler({}, {}, (_error, text) => resolve(text)));
      expect(said).toMatch(/^from a /);
    });

    test("JavaScript that stands alone is uploaded byte by byte", async () => {
      const text = `const twilio = require("twilio");\r\nconst { join } = require("path");\nexports.handler = (c, e, done) => done(null, join("a"));  // by hand\n`;
      write({ "a.js": text });
      expect(await codeOf("a")).toBe(text);
    });
  });

  test("every fault of a source is told, with its file, line and column", async () => {
    write({
      "a.ts": `import { b } from "./b.ts";\nimport c from "nowhere";\nexport const handler = () => b(c);\n`,
    });
    await expect(readFunctions(folder)).rejects.toThrow(
      /^sources-\w+\/a\.ts:1:\d+: Could not resolve "\.\/b\.ts"\nsources-\w+\/a\.ts:2:\d+: Could not resolve "nowhere"$/,
    );
  });
});

describe("the Functions of an adopted line", () => {
  const deployed = [
    { path: "/greet", visibility: "public" },
    { path: "/inner/greet", visibility: "protected" },
    { path: "/inner/list.of-things", visibility: "private" },
    { path: "/shared/words", visibility: "private" },
  ];

  test("come back from their files as they were deployed, to the byte", () => {
    write({
      ...Object.fromEntries(
        deployed.map(({ path, visibility }) => [
          functionFile(path, visibility) ?? "",
          `exports.handler = 1;  // ${path}\r\n`,
        ]),
      ),
      "package.json": "{}",
    });
    const read = readDeployedFunctions(folder);
    expect(read.map(({ path, visibility }) => ({ path, visibility }))).toEqual(deployed);
    expect(read[0]).toMatchObject({ name: "greet", code: "exports.handler = 1;  // /greet\r\n" });
  });

  test.each([
    "/../../etc/passwd",
    "/a/../b",
    "/.env",
    "/a//b",
    "/",
    "/node_modules/x",
    "/greet.private",
    "/a b",
  ])("%s is a path that no file is made for", (path) => {
    expect(functionFile(path, "public")).toBeNull();
  });
});

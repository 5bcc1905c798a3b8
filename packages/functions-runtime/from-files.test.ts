import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assetsFolderOf, deploymentFromFiles, functionPathsIn } from "./from-files.ts";
import { createFunctionsHost } from "./host.ts";
import { requestOf, textOf, withTwilio } from "./testing/deployment.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "from-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

test("a path and a visibility come from the name; shared code, tests and types are no Functions", async () => {
  write({
    "functions/a.js": "",
    "functions/b.protected.ts": "export {};",
    "functions/sub/c.private.js": "",
    "functions/shared/d.ts": "",
    "functions/a.test.ts": "",
    "functions/e.d.ts": "",
    "functions/readme.md": "",
    "assets/x.json": "{}",
    "assets/sub/y.private.json": "{}",
  });
  const assetsFolder = join(folder, "assets");
  const { functions, assets } = await deploymentFromFiles(join(folder, "functions"), { assetsFolder });
  const named = [...functions, ...assets].map(({ path, visibility }) => `${path} ${visibility}`);
  expect(named).toEqual([
    "/a public",
    "/b protected",
    "/sub/c private",
    "/sub/y.json private",
    "/x.json public",
  ]);
});

test("of an adopted line every file of JavaScript is a Function, as it stands, and its Assets have their own folder", async () => {
  write({
    "functions/adopted/shop/order.protected.js": 'exports.answer = () => require("./shared/answers");',
    "functions/adopted/shop/shared/answers.private.js": "",
    "functions/adopted/shop/package.json": "{}",
    "assets/adopted/shop/prices.html": "",
  });
  const shop = join(folder, "functions/adopted/shop");
  const { functions, assets } = await deploymentFromFiles(shop, { assetsFolder: assetsFolderOf(shop) });
  expect(functions.map(({ path, visibility }) => `${path} ${visibility}`)).toEqual([
    "/order protected",
    "/shared/answers private",
  ]);
  expect(String(functions[0]?.content)).toContain('require("./shared/answers")');
  expect(assets.map(({ path }) => path)).toEqual(["/prices.html"]);
  expect(functionPathsIn(shop)).toEqual(["/order", "/shared/answers"]);
  expect(assetsFolderOf(join(folder, "functions"))).toBe(join(folder, "assets"));
});

test("TypeScript runs with what it imports; JavaScript as it is", async () => {
  write({
    "shared/greet.ts": "export const greet = (name: string): string => `hello ${name}`;",
    "a.ts": `import twilio from "twilio";
      import { greet } from "./shared/greet.ts";
      export const handler = (_: object, { name }: { name: string }, callback: (error: null, text: string) => void) =>
        callback(null, greet(name) + typeof twilio);`,
    "b.js": "exports.handler = (context, event, callback) => callback(null, context.WHO);",
  });
  const host = createFunctionsHost();
  const options = { variables: { WHO: "me" }, modules: [withTwilio], domainName: "files.twil.io" };
  await host.deploy(await deploymentFromFiles(folder, options));
  const ask = async (path: string) =>
    textOf(await host.invoke("files.twil.io", requestOf(path, { form: { name: "you" } })));
  expect(await ask("/a")).toBe("hello youfunction");
  expect(await ask("/b")).toBe("me");
  await host.close();
});

test("a source that cannot be bundled is named with its line", async () => {
  write({ "a.ts": "export const handler = (;" });
  await expect(deploymentFromFiles(folder)).rejects.toThrow(/a\.ts:1:/);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deploymentFromFiles } from "./from-files.ts";
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

/**
 * Makes the provider one file that any Node of 22.18 or later runs, with no `node_modules` and nothing beside it:
 * `node packages/provider/bundle.ts <file>`. Called `pulumi-resource-twilio`, it is what `pulumi package add` and
 * `pulumi package get-schema` take.
 */
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const schemaFile = fileURLToPath(new URL("schema.gen.json", import.meta.url));
const rows = new URL("rows/", import.meta.resolve("@support-line/twilio-api"));

/** What is read from disk in a checkout and stands in the file itself in a bundle, by the line that reads it. */
const inlined: Readonly<
  Record<string, readonly { readonly line: string; readonly instead: () => string }[]>
> = {
  "twilio-api/index.ts": [
    {
      line: 'readFileSync(new URL("rows/index.gen.json", import.meta.url), "utf8")',
      instead: () => JSON.stringify(readFileSync(new URL("index.gen.json", rows), "utf8")),
    },
    {
      line: 'readFileSync(new URL(`rows/${name}.gen.json`, import.meta.url), "utf8")',
      instead: () => `(${JSON.stringify(rowTexts())})[name]`,
    },
  ],
  "provider/rpc/service.ts": [
    {
      line: 'await readFile(new URL("../schema.gen.json", import.meta.url), "utf8")',
      instead: () => JSON.stringify(JSON.stringify(JSON.parse(readFileSync(schemaFile, "utf8")))),
    },
  ],
};

function rowTexts(): Record<string, string> {
  const names = readdirSync(rows).filter((file) => file !== "index.gen.json");
  return Object.fromEntries(
    names.map((file) => [file.replace(".gen.json", ""), readFileSync(new URL(file, rows), "utf8")]),
  );
}

/** Puts the texts in. A line that is not there any more stops the build: the bundle would look for a file. */
const inline: Plugin = {
  name: "inline",
  setup(building) {
    building.onLoad({ filter: /(twilio-api\/index|provider\/rpc\/service)\.ts$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      const [, changes = []] = Object.entries(inlined).find(([file]) => path.endsWith(file)) ?? [];
      for (const { line, instead } of changes) {
        if (!contents.includes(line)) throw new Error(`bundle.ts: ${path} has no line ${line}`);
        contents = contents.replace(line, instead);
      }
      return { contents, loader: "ts" };
    });
  },
};

/**
 * The first lines: a shell starts Node with what can only be said on its command line, the same as beside this file
 * (`pulumi-resource-twilio`); to Node its line is a text and a comment. What is CommonJS among the dependencies asks for
 * Node's own modules with require.
 */
const head = `#!/bin/sh
":" //; exec node --disable-warning=ExperimentalWarning --max-semi-space-size=4 "$0" "$@"
import { createRequire as requireFrom } from "node:module";
const require = requireFrom(import.meta.url);`;

/** Writes the bundle to a file and makes it executable. */
export async function bundleProvider(file: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL("main.ts", import.meta.url))],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    minifySyntax: true,
    legalComments: "inline",
    logLevel: "error",
    plugins: [inline],
    banner: { js: head },
  });
  chmodSync(file, 0o755);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file] = process.argv;
  if (file === undefined) {
    throw new Error("bundle.ts: say where to, `node packages/provider/bundle.ts <file>`");
  }
  await bundleProvider(file);
}

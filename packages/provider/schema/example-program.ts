import { described, type Described } from "./described.ts";

/** Where a program that names something of it gets it. */
const imports: readonly { readonly uses: RegExp; readonly line: string }[] = [
  { uses: /\breadFileSync\b/, line: 'import { readFileSync } from "node:fs";' },
  { uses: /\bpulumi\.|\bconfig\./, line: 'import * as pulumi from "@pulumi/pulumi";' },
  { uses: /./, line: 'import * as twilio from "@pulumi/twilio";' },
];
const configuration = "const config = new pulumi.Config();";

/** How long a line may be. */
const width = 100;

const byName = new Map(Object.entries(described).map(([token, one]) => [one.name, { token, ...one }]));

/**
 * The example of some resources as one whole program: after what they need, and with what they need. Pure.
 *
 * @param tokens described resources
 */
export function exampleProgram(tokens: readonly string[]): string {
  const ordered = new Map<string, string>();
  for (const token of tokens) add(token, ordered);
  const statements = [...ordered.values()].join("\n");
  const head = imports.filter(({ uses }) => uses.test(statements)).map(({ line }) => line);
  const config = /\bconfig\./.test(statements) ? [configuration] : [];
  return [...head, "", ...config, statements].join("\n");
}

function add(token: string, ordered: Map<string, string>): void {
  const one = described[token];
  if (one === undefined || ordered.has(token)) return;
  for (const needed of needs(one)) add(needed, ordered);
  ordered.set(token, statement(token, one));
}

/** Tokens of the resources that an example names; names in its texts do not count. */
function needs({ name, example }: Described): string[] {
  const code = example.join("\n").replace(/"[^"]*"|'[^']*'/g, "");
  return [...byName.values()]
    .filter((other) => other.name !== name && new RegExp(`\\b${other.name}\\.`).test(code))
    .map(({ token }) => token);
}

function statement(token: string, { name, example }: Described): string {
  const [, module = "", type = ""] = token.split(":");
  const call = `const ${name} = new twilio.${module}.${type}("${name}", {`;
  const short = `${call} ${example.join(", ")} });`;
  if (short.length <= width && !short.includes("\n")) return short;
  return [call, ...example.map((argument) => `  ${argument.replaceAll("\n", "\n  ")},`), "});"].join("\n");
}

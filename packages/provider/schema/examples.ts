/**
 * An example of each resource, in Pulumi YAML: the files in `examples/` are one program together, so that an example names others by
 * what they call their resource. What each resource and its inputs are for is in `words/`. The same examples in other languages are
 * made by Pulumi's own converters, and stand in `examples.gen.json`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { z } from "zod";

const program = z.strictObject({
  config: z
    .record(z.string(), z.strictObject({ type: z.literal("string"), secret: z.boolean().optional() }))
    .default({}),
  resources: z.record(
    z.string(),
    z.strictObject({ type: z.string(), properties: z.record(z.string(), z.unknown()) }),
  ),
});
type Program = z.infer<typeof program>;

/** What a converter writes. */
export const languageNames = ["typescript", "python", "go", "csharp"] as const;
export type Language = (typeof languageNames)[number];

const writtenFile = z.strictObject({
  /** Of what they were made of. */
  fingerprint: z.string(),
  programs: z.record(z.string(), z.record(z.enum(languageNames), z.string())),
});
/** Examples as programs of each language, by the resource that they are about; `all` is all of them in one. */
export type Written = z.infer<typeof writtenFile>;

/** Where they are, made by `npm run generate`. */
export const writtenPath = new URL("examples.gen.json", import.meta.url);

const folder = new URL("examples/", import.meta.url);
const files = readdirSync(folder).map((file) =>
  program.parse(parse(readFileSync(new URL(file, folder), "utf8"))),
);
const all: Program = {
  config: Object.assign({}, ...files.map(({ config }) => config)) as Program["config"],
  resources: Object.assign({}, ...files.map(({ resources }) => resources)) as Program["resources"],
};
const nameByToken = new Map(Object.entries(all.resources).map(([name, { type }]) => [type, name]));

/** What the examples call their resources, each time one does. */
export const exampleNames: readonly string[] = files.flatMap(({ resources }) => Object.keys(resources));

/** Tokens of the resources that have an example. */
export const exampleTokens: readonly string[] = [...nameByToken.keys()];

/** Names of the configuration that the examples read from people, and whether it is secret. */
export const exampleConfiguration: ReadonlyMap<string, boolean> = new Map(
  Object.entries(all.config).map(([name, { secret = false }]) => [name, secret]),
);

/**
 * The example of a resource as a program in Pulumi YAML: after what it needs, and with what it needs. Pure.
 *
 * @returns undefined for a resource without an example
 */
export function exampleOf(token: string): string | undefined {
  const name = nameByToken.get(token);
  return name === undefined ? undefined : programOf([name]);
}

/** All examples as one program in Pulumi YAML. Pure. */
export function allExamples(): string {
  return programOf(Object.keys(all.resources));
}

function programOf(names: readonly string[]): string {
  const needed = new Map<string, Program["resources"][string]>();
  const read: Program["config"] = {};
  const add = (name: string): void => {
    const config = all.config[name];
    if (config !== undefined) read[name] = config;
    const resource = all.resources[name];
    if (resource === undefined || needed.has(name)) return;
    for (const [, other = ""] of JSON.stringify(resource).matchAll(/\$\{(\w+)/g)) add(other);
    needed.set(name, resource);
  };
  for (const name of names) add(name);
  const config = Object.keys(read).length === 0 ? {} : { config: read };
  return stringify({ ...config, resources: Object.fromEntries(needed) }, { lineWidth: 100 });
}

/** What `npm run generate` has written last; nothing before the first time. */
export function readWritten(): Written {
  if (!existsSync(writtenPath)) return { fingerprint: "", programs: {} };
  return writtenFile.parse(JSON.parse(readFileSync(writtenPath, "utf8")));
}

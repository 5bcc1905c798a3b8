import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  allExamples,
  exampleOf,
  exampleConfiguration,
  exampleTokens,
  type Language,
  type Written,
} from "@support-line/provider/examples";
import { genExamples, toolFingerprint } from "../setup/go-tool.mjs";

/** What all examples in one program are called among the programs. */
const whole = "all";

/** What the converters are given: every example in YAML, by the resource that it is about. */
function sources(): Record<string, string> {
  return {
    ...Object.fromEntries(exampleTokens.map((token) => [token, exampleOf(token) ?? ""])),
    [whole]: allExamples(),
  };
}

/** The fingerprint of what the programs are made of: the examples, the types of the schema, and the converters. */
export function examplesFingerprint(schema: string): string {
  const types = JSON.stringify(JSON.parse(schema), (key, value: unknown) =>
    key === "description" && typeof value === "string" ? undefined : value,
  );
  return createHash("sha256")
    .update(toolFingerprint(genExamples))
    .update(types)
    .update(JSON.stringify(sources()))
    .digest("hex");
}

/**
 * Has Pulumi's converters write every example in every language.
 *
 * @param converter the command `gen-examples <schema.json>`
 * @param schemaFile in which the types are those of today
 * @param fingerprint of what they are made of
 */
export function writeExamples(converter: string, schemaFile: string, fingerprint: string): Written {
  const named = Object.fromEntries(
    Object.entries(sources()).map(([name, text]) => [name, `name: example\nruntime: yaml\n${text}`]),
  );
  const answer = execFileSync(converter, [schemaFile], {
    input: JSON.stringify(named),
    stdio: ["pipe", "pipe", "inherit"],
    maxBuffer: 256 * 1024 * 1024,
  });
  const made = JSON.parse(answer.toString()) as Record<string, Partial<Record<Language, string>>>;
  const open = openLists(readFileSync(schemaFile, "utf8"));
  const programs = Object.keys(named).map((name) => {
    const written = withSecrets(made[name] ?? {});
    return [name, { ...written, csharp: withTypes(written.csharp, open) }] as const;
  });
  return { fingerprint, programs: Object.fromEntries(programs) };
}

/** For Go the converters write a list of anything as `pulumi.Any{…}`, which is no type; as a value it is one. */
function withLists(text: string): string {
  return text.replace(
    /^(\t+)(\w+:\s+)pulumi\.Any\{\n([\s\S]*?)\n\1\},$/gm,
    "$1$2pulumi.Any([]interface{}{\n$3\n$1}),",
  );
}

/** The enums that lists hold beside any other text, as C# names them: `Messaging.TollfreeVerificationUseCaseCategories`. */
function openLists(schema: string): Set<string> {
  const names = new Set<string>();
  JSON.parse(schema, (key, value: unknown) => {
    if (key !== "items") return value;
    for (const { $ref = "" } of (value as { oneOf?: { $ref?: string }[] }).oneOf ?? []) {
      const [, product = "", name] = $ref.split(":");
      if (name !== undefined) names.add(`${product.slice(0, 1).toUpperCase()}${product.slice(1)}.${name}`);
    }
    return value;
  });
  return names;
}

/** For C# the converters leave out what an array of objects is made of, and the type of a list that takes any text beside an enum. */
function withTypes(text: string, open: ReadonlySet<string>): string {
  return text
    .replace(/(new\[\]\n *\{\n *)\n( *)\{\n/g, "$1new Dictionary<string, object?>\n$2{\n")
    .replace(/new\[\](\n *\{\n *Twilio\.(\w+\.\w+)\.)/g, (whole: string, rest: string, name: string) =>
      open.has(name) ? `new InputUnion<string, Twilio.${name}>[]${rest}` : whole,
    );
}

/** How each language reads configuration, and how it reads a secret one. */
const reading: Readonly<Record<Language, readonly [plain: string, secret: string]>> = {
  typescript: [".require(", ".requireSecret("],
  python: [".require(", ".require_secret("],
  go: [".Require(", ".RequireSecret("],
  csharp: [".Require(", ".RequireSecret("],
};

/** The converters read every configuration in plain: what is secret is read as such. */
function withSecrets(programs: Partial<Record<Language, string>>): Record<Language, string> {
  const secret = [...exampleConfiguration].filter(([, isSecret]) => isSecret).map(([name]) => name);
  const changed = Object.entries(programs).map(([language, text]) => {
    const [plain, read] = reading[language as Language];
    let now = text;
    for (const name of secret) {
      now = now.replaceAll(`${plain}"${name}")`, `${read}"${name}")`);
      // In Go a secret is an output already.
      now = now.replaceAll(`pulumi.String(${name})`, name);
    }
    return [language, language === "go" ? withLists(now) : now];
  });
  return Object.fromEntries(changed) as Record<Language, string>;
}

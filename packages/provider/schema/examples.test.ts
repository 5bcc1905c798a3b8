import { fileURLToPath } from "node:url";
import { allResources, isResource, productNames } from "@support-line/twilio-api";
import ts from "typescript";
import { expect, test } from "vitest";
import { packageSchema } from "./schema.ts";
import {
  exampleNames,
  exampleOf,
  exampleConfiguration,
  exampleTokens,
  languageNames,
  readWritten,
} from "./examples.ts";

const { programs } = readWritten();
const typescriptOf = (token: string): string => programs[token]?.typescript ?? "";
const fileOf = (name: string) =>
  fileURLToPath(new URL(`example-${name.replaceAll(":", "-")}.ts`, import.meta.url));

test("an example begins with what it needs, and ends with what it is about", () => {
  expect(exampleOf("twilio:serverless:Variable")).toBe(
    `config:
  agentPhone:
    type: string
    secret: true
resources:
  functions:
    type: twilio:serverless:Service
    properties:
      uniqueName: support-line
      friendlyName: Support line
      includeCredentials: true
  live:
    type: twilio:serverless:Environment
    properties:
      serviceSid: \${functions.sid}
      uniqueName: live
  agent:
    type: twilio:serverless:Variable
    properties:
      serviceSid: \${functions.sid}
      environmentSid: \${live.sid}
      key: AGENT
      value: \${agentPhone}
`,
  );
});

test("no example is called as a product is: in Go that would hide the product's package", () => {
  expect(exampleNames.filter((name) => productNames.includes(name))).toEqual([]);
});

test("no two examples call their resource the same, or as the configuration is called", () => {
  const names = [...exampleNames, ...exampleConfiguration.keys()];
  expect(new Set(names).size).toBe(names.length);
});

test("every resource has an example, in every language that there is a converter for", () => {
  const resources = allResources()
    .filter(isResource)
    .map(({ token }) => token);
  expect(resources.filter((token) => !exampleTokens.includes(token))).toEqual([]);
  const missing = resources.flatMap((token) =>
    languageNames.filter((language) => !programs[token]?.[language]).map((language) => [token, language]),
  );
  expect(missing).toEqual([]);
});

test("the schema shows the example of a resource in five languages, which every registry and editor takes its own of", () => {
  const { resources } = packageSchema() as unknown as { resources: Record<string, { description: string }> };
  const shown = resources["twilio:studio:Flow"]?.description.matchAll(/^```(\w+)$/gm) ?? [];
  expect([...shown].map(([, language]) => language)).toEqual([
    "typescript",
    "python",
    "csharp",
    "go",
    "yaml",
  ]);
});

test("what is secret is read as a secret in every language", () => {
  const { typescript, python, go, csharp } = programs["twilio:serverless:Variable"] ?? {};
  expect(typescript).toContain('config.requireSecret("agentPhone")');
  expect(python).toContain('config.require_secret("agentPhone")');
  expect(go).toContain('cfg.RequireSecret("agentPhone")');
  expect(csharp).toContain('config.RequireSecret("agentPhone")');
});

test("every example is a program that type-checks as it stands", { timeout: 120_000 }, () => {
  const files = new Map(Object.keys(programs).map((name) => [fileOf(name), typescriptOf(name)]));
  expect(faultsOf(files)).toEqual([]);
});

test("an example that names an input wrongly does not", { timeout: 120_000 }, () => {
  const wrong = typescriptOf("twilio:taskrouter:Workspace").replace("friendlyName", "freindlyName");
  expect(faultsOf(new Map([[fileOf("wrong"), wrong]])).join()).toContain("freindlyName");
});

test("an example with a word that an input does not take does not, where the list of words is closed", () => {
  const flow = typescriptOf("twilio:studio:Flow").replace("twilio.studio.FlowStatus.Published", '"publishd"');
  const sink = typescriptOf("twilio:events:Sink").replace(/sinkType: \S+,/, 'sinkType: "carrier-pigeon",');
  expect([flow, sink].map((text) => /publishd|pigeon/.test(text))).toEqual([true, true]);
  const faults = faultsOf(
    new Map([
      [fileOf("closed"), flow],
      [fileOf("open"), sink],
    ]),
  );
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/closed.*"publishd".*FlowStatus/s);
});

/** What the compiler says of files that stand nowhere but here, with the options of the project. */
function faultsOf(files: ReadonlyMap<string, string>): string[] {
  const root = process.cwd();
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  // What an example declares is used by nobody.
  const declared = { ...config.compilerOptions, noUnusedLocals: false };
  const { options } = ts.convertCompilerOptionsFromJson(declared, root);
  const host = ts.createCompilerHost(options);
  host.fileExists = (file) => files.has(file) || ts.sys.fileExists(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, language) => {
    const text = files.get(file);
    return text === undefined ? getSourceFile(file, language) : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((file) =>
    [
      ...program.getSyntacticDiagnostics(program.getSourceFile(file)),
      ...program.getSemanticDiagnostics(program.getSourceFile(file)),
    ].map(
      ({ messageText }) =>
        `${file.slice(root.length)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    ),
  );
}

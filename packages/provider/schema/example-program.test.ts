import { fileURLToPath } from "node:url";
import { allResources, isResource } from "@support-line/twilio-api";
import ts from "typescript";
import { expect, test } from "vitest";
import { described } from "./described.ts";
import { exampleProgram } from "./example-program.ts";

test("an example begins with what it needs, and ends with what it is about", () => {
  expect(exampleProgram(["twilio:serverless:Environment"])).toBe(
    [
      'import * as twilio from "@pulumi/twilio";',
      "",
      'const functions = new twilio.serverless.Service("functions", {',
      '  uniqueName: "support-line",',
      '  friendlyName: "Support line",',
      "  includeCredentials: true,",
      "});",
      'const live = new twilio.serverless.Environment("live", {',
      "  serviceSid: functions.sid,",
      '  uniqueName: "live",',
      "});",
    ].join("\n"),
  );
});

test("no two examples call their resource the same, and every resource has one", () => {
  const names = Object.values(described).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const resources = allResources().filter(isResource);
  expect(resources.filter(({ token }) => described[token] === undefined).map(({ token }) => token)).toEqual(
    [],
  );
});

test("every example is a program that type-checks as it stands", { timeout: 120_000 }, () => {
  const files = new Map(
    Object.entries(described).map(([token, { name }]) => [
      fileURLToPath(new URL(`example-${name}.ts`, import.meta.url)),
      exampleProgram([token]),
    ]),
  );
  expect(faultsOf(files)).toEqual([]);
});

test("an example that names an input wrongly does not", { timeout: 120_000 }, () => {
  const file = fileURLToPath(new URL("example-wrong.ts", import.meta.url));
  const wrong = exampleProgram(["twilio:taskrouter:Workspace"]).replace("friendlyName", "freindlyName");
  expect(faultsOf(new Map([[file, wrong]])).join()).toContain("freindlyName");
});

test("an example with a word that an input does not take does not, where the list of words is closed", () => {
  const file = (name: string) => fileURLToPath(new URL(`example-${name}.ts`, import.meta.url));
  const flow = exampleProgram(["twilio:studio:Flow"]);
  const sink = exampleProgram(["twilio:events:Sink"]);
  const programs = new Map([
    [file("closed"), flow.replace('"published"', '"publishd"')],
    [file("open"), sink.replace('sinkType: "webhook"', 'sinkType: "carrier-pigeon"')],
  ]);
  const faults = faultsOf(programs);
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

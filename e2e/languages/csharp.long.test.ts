/** The provider in C#: its SDK and the examples compile, and a word that is none of an enum's doesn't. */
import { readWritten } from "@support-line/provider/examples";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureGoTool, genDotnet } from "../../scripts/setup/go-tool.mjs";
import { csharpCompiler, type Compile } from "./csharp-compiler.ts";

const root = process.cwd();
const standIn = fileURLToPath(new URL("pulumi-stand-in.cs", import.meta.url));

/** A compiler that has to be brought first, and a generator that has to be built, take minutes. */
const patient = { timeout: 900_000 };

let folder: string;
let compile: Compile;
let sdk: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "csharp-"));
  compile = await csharpCompiler(root);
  const sources = join(folder, "sdk");
  const schema = join(root, "packages/provider/schema.gen.json");
  await promisify(execFile)(await ensureGoTool(root, genDotnet), [schema, sources]);
  sdk = join(folder, "SupportLine.Twilio.dll");
  const version = `-resource:${join(sources, "version.txt")},SupportLine.Twilio.version.txt`;
  expect(
    await compile("-target:library", `-out:${sdk}`, version, `-recurse:${sources}/*.cs`, standIn),
  ).toEqual([]);
}, patient.timeout);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the compiler has against a program. */
async function against(name: string, program: string): Promise<readonly string[]> {
  const file = join(folder, `${name}.cs`);
  await writeFile(file, program);
  return compile("-target:exe", `-out:${join(folder, name)}.dll`, `-reference:${sdk}`, file);
}

/** A program with one Flow, whose status is an expression in C#. */
const flowWith = (status: string) => `
using SupportLine.Twilio.Studio;
class Program
{
    static void Main() => new Flow("flow", new FlowArgs { FriendlyName = "Support", Definition = "{}", Status = ${status} });
}
`;

test("a Flow's status is one of its words", patient, async () => {
  expect(await against("published", flowWith("FlowStatus.Published"))).toEqual([]);
  expect(await against("publishd", flowWith("FlowStatus.Publishd"))).toEqual([
    expect.stringContaining("error CS0117: 'FlowStatus' does not contain a definition for 'Publishd'"),
  ]);
  expect(await against("text", flowWith('"publishd"'))).toEqual([
    expect.stringContaining("error CS0029: Cannot implicitly convert type 'string' to 'Pulumi.Input<"),
  ]);
});

test("an enum that Twilio adds words to takes any text", patient, async () => {
  const program = (sinkType: string) => `
using SupportLine.Twilio.Events;
class Program { static void Main() => _ = new SinkArgs { SinkType = ${sinkType} }; }
`;
  expect(await against("known", program("SinkSinkType.Webhook"))).toEqual([]);
  expect(await against("unknown", program('"pigeon"'))).toEqual([]);
  expect(await against("number", program("1"))).toEqual([expect.stringContaining("error CS0029")]);
});

test("every example", patient, async () => {
  expect(await against("examples", asCSharp8(readWritten().programs["all"]?.csharp ?? ""))).toEqual([]);
});

/** The examples are C# 9: a class is named once for a resource and its arguments, and a program needs no class. */
function asCSharp8(program: string): string {
  const [before = "", body = ""] = program.split("return await ");
  const named = body.replace(/new (Twilio\.[\w.]+)\(("\w+"), new\(\)/g, "new $1($2, new $1Args()");
  return `${before}class Program { static System.Threading.Tasks.Task<int> Main() => ${named} }`;
}

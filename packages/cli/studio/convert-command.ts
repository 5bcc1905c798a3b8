/** `studio convert`: a Flow as JSON for Studio's editor, or as code that the compiler checks. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { type Failed, type FlowFile } from "./flow-files.ts";
import { print } from "./output.ts";
import { sayingFor, soundFlows } from "./sound.ts";

export interface Converted {
  readonly path: string;
  readonly to: "typescript" | "json";
  /** Where it was written; absent when it was printed. */
  readonly file?: string;
  readonly text: string;
}

/**
 * Converts every Flow that the paths name: JSON to code, code to JSON.
 *
 * @param out a file for one Flow, else a folder; absent: it is printed
 * @param failed is told of each file that cannot be read; without it the first one is thrown
 * @throws CliError when several are to be printed, or a file cannot be read
 */
export async function convert(paths: readonly string[], out?: string, failed?: Failed): Promise<Converted[]> {
  const { toStudioJson, toTypeScript } = await import("@support-line/studio/typed");
  const flows = await soundFlows(paths, failed);
  if (flows.length > 1 && (out === undefined || isFile(out))) {
    throw new CliError("bad-value", {
      option: "--out",
      value: out ?? "(none)",
      problem: `${flows.length} Flows need a folder.`,
    });
  }
  return flows.map((flow) => {
    const isCode = flow.path.endsWith(".ts");
    const text = isCode ? toStudioJson(flow.definition) : toTypeScript(flow.definition);
    const file = out === undefined || isFile(out) ? out : join(out, fileName(flow, isCode));
    return {
      path: flow.path,
      to: isCode ? "json" : "typescript",
      ...(file === undefined ? {} : { file }),
      text,
    };
  });
}

const isFile = (path: string) => /\.(ts|json)$/.test(path);
const fileName = ({ name }: FlowFile, isCode: boolean) => (isCode ? `${name}.json` : `${name}.ts`);

/** Adds the verb. */
export function addConvert(program: Command): void {
  program
    .command("convert")
    .description("turn Studio JSON into typed code, and typed code into Studio JSON")
    .argument("<paths...>", "Flows (*.json, *.ts), or folders of them")
    .option("--out <path>", "a file, or a folder; else it is printed")
    .option("--json", "print JSON")
    .action(async (paths: string[], flags: { out?: string; json?: boolean }) => {
      const all = await convert(paths, flags.out, sayingFor(paths));
      if (all.length === 0) return;
      for (const { file, text } of all) {
        if (file === undefined) continue;
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
      print(flags.json, all, all.map(({ file, text }) => file ?? text.trimEnd()).join("\n"));
    });
}

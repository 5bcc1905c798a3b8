/**
 * `npm run bench [-- subject …] [--save]`: measures, prints a table for each subject and writes it as JSON, below
 * `.state/bench`, or with `--save` into `bench/results`, where it is committed. One file in this folder is one subject.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openReport } from "../packages/cli/report.mjs";
import type { Measure } from "./harness/row.ts";
import { root } from "./harness/stage.ts";
import { table } from "./harness/table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { save: { type: "boolean", default: false } },
});
const known = readdirSync(join(root, "bench"))
  .filter((file) => /^(?!run\.ts$|.*\.test\.ts$).*\.ts$/.test(file))
  .map((file) => file.slice(0, -".ts".length));
const unknown = positionals.filter((subject) => !known.includes(subject));

if (unknown.length > 0) {
  console.error(`There is no subject ${unknown.join(", ")}; the subjects are ${known.join(", ")}.`);
  process.exitCode = 2;
} else {
  const folder = join(root, values.save ? "bench/results" : ".state/bench");
  mkdirSync(folder, { recursive: true });
  const machine = { cpus: cpus().length, memoryGB: Math.round(totalmem() / 1e9), node: process.version };
  for (const subject of positionals.length > 0 ? positionals : known) {
    const { measure } = (await import(join(root, "bench", `${subject}.ts`))) as { measure: Measure };
    const report = openReport({ heading: "Measuring", ending: "Measured in" });
    const rows = await report.step(subject, measure).catch((error: unknown) => {
      console.error(`\n${subject}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    });
    if (rows === null) {
      process.exitCode = 1;
      continue;
    }
    report.end();
    console.log(table(subject, rows));
    const file = join(folder, `${subject}.json`);
    writeFileSync(
      file,
      `${JSON.stringify({ subject, at: new Date().toISOString(), machine, rows }, null, 2)}\n`,
    );
  }
}

import Table from "cli-table3";
import pc from "picocolors";
import { isReached, type Row } from "./row.ts";

/** A number with as many digits as say something. */
function rounded(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}

/** The rows of a subject for a terminal. */
export function table(subject: string, rows: readonly Row[]): string {
  const drawn = new Table({
    head: [subject, "measured", "to reach", ""],
    colAligns: ["left", "right", "right", "left"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const row of rows) {
    const reached = isReached(row);
    drawn.push([
      row.what,
      `${rounded(row.value)} ${row.unit}`,
      row.atMost === undefined ? "" : `${rounded(row.atMost)} ${row.unit}`,
      reached === undefined ? "" : reached ? pc.green("ok") : pc.red("over"),
    ]);
  }
  return drawn.toString();
}

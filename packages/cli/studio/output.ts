/** What commands print: a table or lines for people, one JSON document for machines. */
import Table from "cli-table3";

/** Prints `value` as JSON when that was asked for, else the text. */
export function print(isJson: boolean | undefined, value: unknown, text: string): void {
  process.stdout.write(`${isJson === true ? JSON.stringify(value, null, 2) : text}\n`);
}

const sides = ["top", "bottom", "left", "right"] as const;
/** No lines around and between cells. */
const noLines = {
  ...Object.fromEntries(sides.flatMap((side) => [side, `${side}-mid`].map((key) => [key, ""]))),
  "top-left": "",
  "top-right": "",
  "bottom-left": "",
  "bottom-right": "",
  mid: "",
  "mid-mid": "",
  middle: "  ",
};

/** Rows in columns, without lines between them. */
export function columns(rows: readonly (readonly string[])[], indent = 2): string {
  const table = new Table({
    chars: noLines,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => `${" ".repeat(indent)}${line.trimEnd()}`)
    .join("\n");
}

/**
 * Writes the rows from Twilio's OpenAPI documents; `--check` writes nothing and exits 1 when a committed file is not
 * what would be written.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readDocument } from "./generate/document.ts";
import { productRows } from "./generate/resource-row.ts";
import { scope } from "./scope.ts";

const check = process.argv.includes("--check");
const stale: string[] = [];

for (const row of scope) {
  const { product, leftOut } = productRows(row, readDocument(row.document));
  const file = new URL(`rows/${row.product}.gen.json`, import.meta.url);
  // A row a line: short enough to read in a diff, and to load in a millisecond.
  const resources = product.resources.map((resource) => JSON.stringify(resource)).join(",\n");
  const text = `${JSON.stringify({ ...product, resources: undefined }).slice(0, -1)},"resources":[\n${resources}\n]}\n`;
  const current = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (current !== text) {
    if (check) stale.push(fileURLToPath(file));
    else writeFileSync(file, text);
  }
  const operations = product.resources.reduce(
    (sum, resource) => sum + Object.keys(resource.operations).length,
    0,
  );
  const without = leftOut.length === 0 ? "" : `, ${leftOut.length} left out: ${row.only?.reason ?? ""}`;
  console.log(
    `${row.product.padEnd(14)} ${product.resources.length} resources, ${operations} operations${without}`,
  );
}

// A product that left the scope leaves its rows behind.
for (const name of readdirSync(new URL("rows/", import.meta.url))) {
  if (scope.some(({ product }) => name === `${product}.gen.json`)) continue;
  const file = fileURLToPath(new URL(`rows/${name}`, import.meta.url));
  if (check) stale.push(file);
  else rmSync(file);
}

if (stale.length > 0) {
  console.error(`out of date, run npm run generate:\n  ${stale.join("\n  ")}`);
  process.exitCode = 1;
}

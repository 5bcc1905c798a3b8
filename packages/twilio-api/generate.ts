/**
 * Writes the rows from Twilio's OpenAPI documents, and `docs/reference/coverage.md` where it is run; `--check` writes nothing and exits 1 when a committed file is not
 * what would be written.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { coveragePage } from "./generate/coverage-page.ts";
import { documentNames } from "./generate/document.ts";
import { hostsOf, productRows } from "./generate/product-rows.ts";
import { refuseUnreadDocuments, refuseUnusedRows } from "./generate/unused-rows.ts";
import { isResource } from "./coverage.ts";
import { scope } from "./scope.ts";

const check = process.argv.includes("--check");
const stale: string[] = [];

function write(file: URL, text: string): void {
  const current = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (current === text) return;
  if (check) stale.push(fileURLToPath(file));
  else writeFileSync(file, text);
}

const rowsFile = (name: string) => new URL(`rows/${name}.gen.json`, import.meta.url);

refuseUnreadDocuments(documentNames());
const products = productRows(scope);
refuseUnusedRows(products.flatMap(({ product }) => product.resources));

const index: string[] = [];
let all = 0;
for (const { product, leftOut } of products) {
  // A row a line: short enough to read in a diff, and to load in a millisecond.
  const rows = product.resources.map((resource) => JSON.stringify(resource)).join(",\n");
  write(rowsFile(product.product), `{"product":"${product.product}","resources":[\n${rows}\n]}\n`);
  index.push(JSON.stringify({ product: product.product, hosts: hostsOf(product) }));
  const declared = product.resources.filter(isResource).length;
  all += declared;
  const without = leftOut.map(({ names, reason }) => `, ${names.length} left out: ${reason}`).join("");
  console.log(
    `${product.product.padEnd(14)} ${declared} resources, ${product.resources.length - declared} rows that are none${without}`,
  );
}
write(rowsFile("index"), `[\n${index.join(",\n")}\n]\n`);
write(pathToFileURL("docs/reference/coverage.md"), coveragePage(products));
console.log(
  `${"".padEnd(14)} ${all} resources of ${products.length} products; docs/reference/coverage.md says what is left out`,
);

// A product that left the scope leaves its rows behind.
for (const name of readdirSync(new URL("rows/", import.meta.url))) {
  if (name === "index.gen.json" || scope.some(({ product }) => name === `${product}.gen.json`)) continue;
  const file = fileURLToPath(new URL(`rows/${name}`, import.meta.url));
  if (check) stale.push(file);
  else rmSync(file);
}

if (stale.length > 0) {
  console.error(`out of date, run npm run generate:\n  ${stale.join("\n  ")}`);
  process.exitCode = 1;
}

/** `npm run generate`: writes every file that is made from another one; `-- --check` only names those that are stale. */
import { spawnSync } from "node:child_process";

/** In order: the provider's schema is made from the rows, the SDK from the schema; pictures from Flows; copies for blocks; pages from code. */
const generators = [
  "packages/twilio-api/generate.ts",
  "scripts/generate/provider.ts",
  "scripts/draw.ts",
  "scripts/generate/blocks.ts",
  "scripts/generate/pages.ts",
];

for (const generator of generators) {
  const { status } = spawnSync(process.execPath, [generator, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = status ?? 1;
}

/** What Git runs for a file that both sides changed: `driver <kind> <base> <ours> <theirs> <path>`. Exits with 1 for a conflict. */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { mergeByKey } from "./by-key.ts";
import { mergeFlowTexts } from "./flow.ts";
import { json, packageJson } from "./json.ts";
import type { MergedText, ThreeTexts } from "./lines.ts";
import { yaml } from "./yaml.ts";

/** Where the conflicts of a Flow stand until somebody has decided them. */
const conflictsFile = (path: string) => `${path}.conflicts`;

const kinds: Readonly<Record<string, (texts: ThreeTexts, path: string) => MergedText | Promise<MergedText>>> =
  {
    package: (texts) => mergeByKey(texts, packageJson),
    json: (texts) => mergeByKey(texts, json),
    yaml: (texts) => mergeByKey(texts, yaml),
    flow: async (texts, path) => {
      const { undecided, ...merged } = await mergeFlowTexts(
        texts,
        process.env["UPGRADE_PROJECT"] ?? process.cwd(),
      );
      if (undecided.length > 0) writeFileSync(conflictsFile(path), `${JSON.stringify(undecided, null, 2)}\n`);
      return merged;
    },
  };

const [kind = "", base = "", ours = "", theirs = "", path = ""] = process.argv.slice(2);
const [before, mine, coming] = [base, ours, theirs].map((file) => readFileSync(file, "utf8"));
const merge = kinds[kind];
if (merge === undefined) throw new Error(`no kind of file: ${kind}`);
const { text, conflicts } = await merge({ base: before ?? "", ours: mine ?? "", theirs: coming ?? "" }, path);
writeFileSync(ours, text);
// Whoever runs the upgrade tells them.
const told = process.env["UPGRADE_CONFLICTS"];
if (told !== undefined) {
  for (const words of conflicts) appendFileSync(told, `${JSON.stringify({ path, words })}\n`);
}
process.exitCode = conflicts.length > 0 ? 1 : 0;

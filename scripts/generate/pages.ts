/** Fills the parts of pages that repeat code; `--check` only names the pages that are stale. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { made } from "../docs/made.ts";
import { pagesOf } from "../docs/pages.ts";

const part = /(<!-- made: ([\w-]+) -->\n)[\s\S]*?(\n<!-- \/made -->)/g;

/**
 * A page with its parts as they are today, laid out as prettier does.
 *
 * @throws Error for a part that nothing makes
 */
export async function filledPage(text: string, root: string): Promise<string> {
  const names = [...text.matchAll(part)].map(([, , name = ""]) => name);
  const texts = new Map<string, string>();
  for (const name of names) {
    const make = made[name];
    if (make === undefined) {
      throw new Error(`Nothing makes "${name}"; there are ${Object.keys(made).join(", ")}.`);
    }
    texts.set(name, await make(root));
  }
  const filled = text.replaceAll(
    part,
    (_, open: string, name: string, close: string) => `${open}\n${texts.get(name) ?? ""}\n${close}`,
  );
  const options = await resolveConfig(join(root, "README.md"));
  return format(filled, { ...options, parser: "markdown" });
}

/** Pages that have such parts, each with what it says and what it should say. */
export async function filledPages(
  root: string,
): Promise<readonly { readonly file: string; readonly is: string; readonly shouldBe: string }[]> {
  const pages = pagesOf(root).filter(({ text }) => text.search(part) !== -1);
  return Promise.all(
    pages.map(async ({ file, text }) => ({ file, is: text, shouldBe: await filledPage(text, root) })),
  );
}

if (import.meta.main) {
  const stale = (await filledPages(process.cwd())).filter(({ is, shouldBe }) => is !== shouldBe);
  const isCheck = process.argv.includes("--check");
  if (!isCheck) for (const { file, shouldBe } of stale) writeFileSync(file, shouldBe);
  if (isCheck && stale.length > 0) {
    console.error(`out of date, run npm run generate:\n  ${stale.map(({ file }) => file).join("\n  ")}`);
    process.exitCode = 1;
  } else console.log(`${"pages".padEnd(14)} ${stale.length} written`);
}

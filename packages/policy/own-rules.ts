/** The rules that a project adds: every file of its `policy/` folder, each with a Rule as its default export. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isRule, type Rule } from "./rule.ts";

/** Names the folder of the project whose stage is deployed; `npx pulumi` sets it. */
export const projectVariable = "SUPPORT_LINE_PROJECT";

/**
 * Reads a project's own rules, in the order of their files' names.
 *
 * @param project its folder; undefined when nobody has named one
 * @throws Error naming the file that has no Rule, or a name that another rule has
 */
export async function ownRules(project: string | undefined, others: readonly string[]): Promise<Rule[]> {
  const folder = project === undefined ? "" : join(project, "policy");
  if (folder === "" || !existsSync(folder)) return [];
  const files = readdirSync(folder)
    .filter((file) => /\.[jt]s$/.test(file) && !/\.(test|d)\.[jt]s$/.test(file))
    .sort();
  const names = new Set(others);
  const rules: Rule[] = [];
  for (const file of files) {
    const { default: rule } = (await import(pathToFileURL(join(folder, file)).href)) as { default?: unknown };
    if (!isRule(rule)) {
      throw new Error(
        `policy/${file} has no Rule as its default export: an object with name, description, and ofResource or ofAll, as @support-line/policy/rule has it`,
      );
    }
    if (names.has(rule.name)) {
      throw new Error(`policy/${file}: there is a rule ${rule.name} already; give this one another name`);
    }
    names.add(rule.name);
    rules.push(rule);
  }
  return rules;
}

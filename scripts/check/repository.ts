import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What is made by others of ours, and what is large and made of what is checked. */
const notChecked = /^(sdks\/|package-lock\.json$)|\.(gen\.json|png|svg)$/;

/**
 * Names the lines that lead to another repository of this name than the one where the project is published.
 *
 * @param repository `https://github.com/<owner>/<name>`
 * @param text of the file
 */
export function repositoryFaults(repository: string, file: string, text: string): string[] {
  const [, owner = "", name = ""] = /github\.com\/([\w.-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  const mentions = new RegExp(`github\\.com/([\\w.-]+)/${name}(?![\\w-])`, "g");
  return [...text.matchAll(mentions)]
    .filter(([, other]) => other !== owner)
    .map(
      ([mention]) =>
        `${file} leads to ${mention}, and package.json says that the project is at ${repository}`,
    );
}

/** `repository` in package.json says where the project is published: every link and import path leads there. */
export function check(root: string): string[] {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const { repository } = JSON.parse(read("package.json")) as { repository: string };
  const files = execFileSync("git", ["ls-files"], { cwd: root }).toString().trim().split("\n");
  return files
    .filter((file) => !notChecked.test(file) && existsSync(join(root, file)))
    .flatMap((file) => repositoryFaults(repository, file, read(file)));
}

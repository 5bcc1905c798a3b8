/** A project as files: what `create` writes for somebody's answers, and what an upgrade compares with. Writes nothing. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Answers } from "../answers.ts";
import { CreateError } from "../errors.ts";
import { isCopied, ownManifest } from "../manifest.ts";
import { managerFiles } from "../package-manager.ts";
import { packageFile, referenceSchema } from "./package-file.ts";
import { projectFile, stageFile } from "./stage-files.ts";

export interface ProjectFile {
  readonly text: string;
  readonly isExecutable: boolean;
}

/** Where the pieces are: the reference project's files, and those that are written for each. */
export interface Source {
  /** The reference project's files, and `reference.json`, what it installs. */
  readonly template: string;
  /** Files whose text has `{{name}}` in it, those of a leading dot without it. */
  readonly files: string;
  /** Of all packages of ours. */
  readonly version: string;
}

/** npm leaves files out of a package that begin so; they travel under other names. */
const written: Readonly<Record<string, string>> = {
  ".gitattributes": "gitattributes",
  ".gitignore": "gitignore",
  ".npmrc": "npmrc",
  "README.md": "README.md",
  "tsconfig.json": "tsconfig.json",
  "vitest.config.ts": "vitest.config.txt",
};

/** Stage files that hold placeholders of a line. A line that is adopted brings its own. */
const isStageFile = (path: string) => /^Pulumi\.[\w-]+\.yaml$/.test(path);

/**
 * @returns the text of every file, by its path in the project
 * @throws CreateError `not-packed` where the pieces are not there
 */
export function projectFiles(source: Source, answers: Answers): Map<string, ProjectFile> {
  const all = new Map<string, ProjectFile>();
  const isAdopting = answers.template === null && answers.flow === null;
  for (const path of filesIn(source.template)) {
    if (!isCopied(ownManifest, path, answers.template)) continue;
    if (isAdopting && isStageFile(path)) continue;
    const file = join(source.template, path);
    const text = readFileSync(file, "utf8");
    all.set(path, {
      text:
        path === "Pulumi.yaml"
          ? projectFile(text, answers)
          : isStageFile(path)
            ? stageFile(text, answers)
            : text,
      isExecutable: (statSync(file).mode & 0o111) !== 0,
    });
  }
  const put = (path: string, text: string) => all.set(path, { text, isExecutable: false });
  for (const [path, from] of Object.entries(written)) {
    put(path, filled(readFileSync(join(source.files, from), "utf8"), answers, isAdopting));
  }
  const reference = referenceSchema.parse(
    JSON.parse(readFileSync(join(source.template, "reference.json"), "utf8")),
  );
  for (const [path, text] of Object.entries(managerFiles[answers.manager])) put(path, text);
  put("package.json", packageFile(answers, reference, ownManifest, source.version));
  return new Map([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      statSync(join(folder, path)).isFile(),
    );
  } catch (error) {
    throw new CreateError("not-packed", {}, { cause: error });
  }
}

/** Fills `{{name}}`, and keeps of `{{#support}}…{{/support}}` what is for these answers. */
function filled(text: string, answers: Answers, isAdopting: boolean): string {
  const kind = isAdopting ? "adopting" : (answers.template ?? "own");
  return text
    .replace(/\{\{#([\w ]+)\}\}\n([\s\S]*?)\{\{\/\}\}\n/g, (_, kinds: string, inside: string) =>
      kinds.split(" ").includes(kind) ? inside : "",
    )
    .replaceAll("{{name}}", answers.name)
    .replaceAll("{{flow}}", answers.template ?? answers.flow ?? "");
}

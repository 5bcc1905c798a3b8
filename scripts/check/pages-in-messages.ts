import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { sourceFiles } from "./source-files.ts";

/** A page of this repository by its path; one that is named by its address opens anywhere. */
const page = /(?<![\w./-])docs\/[\w/-]+\.md/;

/** What people install or get written. `generate.ts` of the API's rows writes pages here, and travels with nobody. */
const forOthers =
  /^(?:packages|functions|infra|policy|provider)\/(?!twilio-api\/generate\.ts$)(?!.*\.test\.tsx?$)/;

/** Names the texts of a source that send a person to a page which their own project does not have. */
export function pagesByPath(file: string, text: string): string[] {
  if (!page.test(text)) return [];
  const faults: string[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const visit = (node: ts.Node): void => {
    const said = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) ? node.text : "";
    const [path] = page.exec(said) ?? [];
    if (path !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      faults.push(
        `${file}:${line + 1} names ${path}, which a person's project does not have; give its address`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return faults;
}

/** Names every message that does so. */
export function check(root: string): string[] {
  return sourceFiles(root)
    .filter((file) => forOthers.test(file))
    .flatMap((file) => pagesByPath(file, readFileSync(join(root, file), "utf8")));
}

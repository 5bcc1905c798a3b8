/** Compiles packages to what Node runs below `node_modules`: JavaScript, declarations and maps, each beside the others. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import { ownPlace } from "./own-places.ts";

/** Of what is compiled, as paths below the root: the text of each file that comes of it. */
export type Written = ReadonlyMap<string, string>;

/**
 * @param root of the repository
 * @param files to compile, relative to it
 * @throws Error with what the compiler says
 */
export function compile(root: string, files: readonly string[]): Written {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8")) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...config.compilerOptions,
      noEmit: false,
      declaration: true,
      sourceMap: true,
      inlineSources: true,
      rewriteRelativeImportExtensions: true,
      noEmitOnError: false,
      rootDir: root,
      outDir: root,
    },
    root,
  );
  const wanted = new Set(files.map((file) => join(root, file)));
  const program = ts.createProgram([...wanted], { ...options, outDir: join(root, "out") });
  const written = new Map<string, string>();
  const { diagnostics } = program.emit(
    undefined,
    (path, text, _, __, sources) => {
      if (!sources?.some(({ fileName }) => wanted.has(fileName))) return;
      const place = path.slice(join(root, "out").length + 1);
      written.set(place, path.endsWith(".map") ? shortMap(text) : text);
    },
    undefined,
    false,
    { before: [compiledPlaces], afterDeclarations: [compiledImports] },
  );
  if (diagnostics.length > 0) {
    const host = { getCanonicalFileName: String, getCurrentDirectory: () => root, getNewLine: () => "\n" };
    throw new Error(ts.formatDiagnostics(diagnostics, host));
  }
  return written;
}

/** The source is in the map itself; where it stood here means nothing elsewhere. */
function shortMap(text: string): string {
  const map = JSON.parse(text) as { sources: string[] };
  return JSON.stringify({ ...map, sources: map.sources.map((source) => basename(source)) });
}

const compiled = (place: string) => place.replace(/(?<!\.d)\.ts$/, ".js");

/** The compiler renames imports, and leaves places alone: `new URL("child/main.ts", import.meta.url)`. */
const compiledPlaces: ts.TransformerFactory<ts.SourceFile> = (context) => (source) => {
  const visit = (node: ts.Node): ts.Node => {
    const named = ownPlace(node);
    if (named !== null && ts.isStringLiteral(named) && named.text.endsWith(".ts")) {
      const renamed = (each: ts.Node): ts.Node =>
        each === named
          ? context.factory.createStringLiteral(compiled(named.text))
          : ts.visitEachChild(each, visit, context);
      return ts.visitEachChild(node, renamed, context);
    }
    return ts.visitEachChild(node, visit, context);
  };
  return ts.visitEachChild(source, visit, context);
};

/** Declarations keep the endings of sources; a reader of declarations alone must find the file beside it. */
const compiledImports: ts.TransformerFactory<ts.SourceFile | ts.Bundle> = (context) => (source) => {
  const visit = (node: ts.Node): ts.Node =>
    ts.isStringLiteral(node) && /^\.{1,2}\/.*\.ts$/.test(node.text) && isSpecifier(node)
      ? context.factory.createStringLiteral(compiled(node.text))
      : ts.visitEachChild(node, visit, context);
  return ts.visitEachChild(source, visit, context);
};

/** Nodes that the compiler makes have no parent; in declarations, text that looks like a module is one. */
const isSpecifier = ({ parent }: ts.Node) =>
  (parent as ts.Node | undefined) === undefined ||
  ts.isImportDeclaration(parent) ||
  ts.isExportDeclaration(parent) ||
  (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent));

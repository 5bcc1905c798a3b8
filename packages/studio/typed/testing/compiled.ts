import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = process.cwd();
const place = dirname(fileURLToPath(import.meta.url));

/**
 * Compiles sources in one program, under the checkout's own settings, as if they lay in this folder.
 *
 * @param sources text by file name; null for a file that is there
 * @returns what the compiler says of them, with the file's name and line
 */
export function compiled(sources: Readonly<Record<string, string | null>>): string[] {
  const given = new Map(Object.entries(sources).map(([name, text]) => [`${place}/${name}`, text]));
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const [plain, host] = [ts.createCompilerHost(options), ts.createCompilerHost(options)];
  host.fileExists = (file) => given.has(file) || plain.fileExists(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = given.get(file);
    return typeof text === "string"
      ? ts.createSourceFile(file, text, languageVersion)
      : plain.getSourceFile(file, languageVersion, ...rest);
  };
  const program = ts.createProgram([...given.keys()], options, host);
  return [...given.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((each) => {
      const line = ts.getLineAndCharacterOfPosition(
        each.file ?? ts.createSourceFile("", "", 1),
        each.start ?? 0,
      );
      const said = ts.flattenDiagnosticMessageText(each.messageText, "\n");
      return `${name.slice(place.length + 1)}:${line.line + 1} ${said}`;
    });
  });
}

import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { preProcessFile } from "typescript";
import { sourceFiles } from "./source-files.ts";

/** What a room may import of ours, as paths of rooms; and whether it does so by the names that npm installs packages under. */
interface Room {
  readonly may: readonly string[];
  /** Tools of this repository also run before anything is installed. */
  readonly byPath?: boolean;
}

const of = (...names: string[]): Room => ({ may: names.map((name) => `packages/${name}`) });
/** A project uses the tool as anybody's project would: packages, and the SDK that is generated. */
const project: Room = { may: ["packages", "sdks/twilio"] };

/**
 * The rooms of the house and what each may import (docs/explanation/architecture.md). What stands in no row may import nothing of ours.
 * `packages/provider` and `packages/local-twilio` must never meet: a test of the one against the other would compare code
 * with itself.
 */
const rooms: Readonly<Record<string, Room>> = {
  "packages/twilio-api": of(),
  "packages/studio": of(),
  "packages/functions-runtime": of(),
  "packages/functions": of(),
  "packages/stage": of("studio", "functions", "functions-runtime"),
  "packages/provider": of("twilio-api", "studio"),
  "packages/local-twilio": of("twilio-api", "studio", "functions-runtime"),
  // It knows the local Twilio by its HTTP API alone.
  "packages/console": of(),
  // It plays on the local Twilio in its own process; one that runs elsewhere it knows by the HTTP API alone.
  "packages/conversation-test": of("local-twilio", "studio", "functions-runtime"),
  "packages/policy": of("studio", "stage", "twilio-api"),
  "packages/cli": of("stage", "studio", "functions", "functions-runtime", "conversation-test", "twilio-api"),
  "packages/create": of("studio", "stage"),
  // An account it knows by the HTTP API alone, with requests that the API's own data names.
  "packages/proof": of("local-twilio", "twilio-api"),
  infra: project,
  provider: project,
  functions: project,
  "flow-templates": project,
  // The conversations of the line itself.
  test: project,
  examples: project,
  // How a deployment is disturbed is measured at length in bench, and a short selection of it is a test.
  e2e: {
    may: ["packages", "sdks/twilio", "infra", "functions", "flow-templates", "scripts", "bench/faults"],
    byPath: true,
  },
  // The repository's own.
  scripts: { may: ["packages", "infra", "flow-templates", "bench", "e2e"], byPath: true },
  // What makes a site of the pages.
  docs: { may: ["scripts/docs"], byPath: true },
  bench: { may: ["packages", "infra", "scripts", "e2e", "sdks/twilio"], byPath: true },
};

/** Where an import leads, as a path in the checkout; null when it leaves it. */
function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(file), specifier);
  if (/^@pulumi\/twilio(\/|$)/.test(specifier)) return "sdks/twilio";
  const [, name] = /^@support-line\/([^/]+)/.exec(specifier) ?? [];
  return name === undefined ? null : `packages/${name}`;
}

const isIn = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

/**
 * Names the imports of a file that follow no arrow, or reach another package past what that one exports.
 *
 * @param file path in the checkout
 * @param specifiers what it imports
 */
export function strayImports(file: string, specifiers: readonly string[]): string[] {
  const [room = "", { may, byPath = false } = { may: [] }] =
    Object.entries(rooms).find(([place]) => isIn(file, place)) ?? [];
  return specifiers.flatMap((specifier) => {
    const target = targetOf(file, specifier);
    if (target === null || (room !== "" && isIn(target, room))) return [];
    if (!may.some((place) => isIn(target, place))) {
      const allowed = may.length === 0 ? "nothing of the project's" : may.join(", ");
      return [`${file} imports ${specifier}; ${room === "" ? "it" : room} may import ${allowed}`];
    }
    const [, name] = /^packages\/([^/]+)/.exec(target) ?? [];
    return name === undefined || byPath || !specifier.startsWith(".")
      ? []
      : [`${file} imports ${specifier}; a package is imported by its name, @support-line/${name}`];
  });
}

/** Names the imports that go against the arrows of the house. */
export function check(root: string): string[] {
  return sourceFiles(root).flatMap((file) => {
    const { importedFiles } = preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
    return strayImports(
      file,
      importedFiles.map(({ fileName }) => fileName),
    );
  });
}

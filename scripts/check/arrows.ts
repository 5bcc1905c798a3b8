import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { join } from "node:path";
import { preProcessFile } from "typescript";
import { sourceFiles } from "./source-files.ts";

/**
 * The rooms of the house and what each may import, as paths: a room, or one file of it. What stands in no row may
 * import nothing of ours. `packages/provider` and `packages/local-twilio` must never meet: a test of the one against
 * the other would compare code with itself. A place inside a room stands before the room, and may also import what is in
 * the room.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  "packages/twilio-api": [],
  // Its tests bind the template that ships.
  "packages/studio/bindings.test.ts": ["flow-templates"],
  "packages/studio": [],
  "packages/functions-runtime": [],
  // Set-up builds the generator that writes the SDK.
  "packages/provider": ["packages/twilio-api", "packages/studio", "scripts/setup"],
  "packages/local-twilio": ["packages/twilio-api", "packages/studio", "packages/functions-runtime"],
  // It knows the local Twilio by its HTTP API alone.
  "packages/console": [],
  // It plays on the local Twilio in its own process; one that runs elsewhere it knows by the HTTP API alone.
  "packages/conversation-test": ["packages/local-twilio", "packages/studio", "packages/functions-runtime"],
  "packages/cli": [
    "packages/studio",
    "packages/functions-runtime",
    "packages/conversation-test",
    // What a stage file says, its faults and what the Functions are told of it; nothing of Pulumi's runtime.
    "infra/config.ts",
    "infra/stage-file.ts",
    "infra/errors.ts",
    "infra/address.ts",
    "infra/variables.ts",
    "infra/needed-functions.ts",
    // What a stage remembers, and how the program is ordered to put it back.
    "infra/memory.ts",
    "infra/order.ts",
    // What of a resource is somebody else's, and so no drift.
    "infra/left-to-others.ts",
    // Which Variables of what is adopted are secrets.
    "packages/provider/values/looks-secret.ts",
    "flow-templates",
    "scripts/run-child.mjs",
  ],
  // What is uploaded imports nothing of ours; its tests run it.
  "functions/shared/testing": ["packages/functions-runtime"],
  functions: [],
  "flow-templates": ["packages/studio", "packages/conversation-test"],
  // The program writes the Variables that the Functions read.
  infra: [
    "sdks/twilio",
    "packages/studio",
    "packages/functions-runtime",
    "flow-templates",
    "functions/shared",
  ],
  // What a rule looks at, as those who check it elsewhere look at it.
  policy: [
    "packages/studio",
    "infra/address.ts",
    "infra/kept.ts",
    "packages/provider/values/looks-secret.ts",
  ],
  examples: ["sdks/twilio"],
  // These cross the rooms: that is what they are for.
  scripts: ["packages", "infra", "flow-templates", "bench", "e2e"],
  bench: ["packages", "infra", "scripts", "e2e", "sdks/twilio"],
  // The conversations of the line itself.
  test: ["packages", "flow-templates"],
  // How a deployment is disturbed is measured at length in bench, and a short selection of it is a test.
  e2e: ["packages", "infra", "functions", "flow-templates", "scripts", "sdks/twilio", "bench/faults"],
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
 * Names the imports of a file that follow no arrow.
 *
 * @param file path in the checkout
 * @param specifiers what it imports
 */
export function strayImports(file: string, specifiers: readonly string[]): string[] {
  const [room, allowed = []] = Object.entries(arrows).find(([place]) => isIn(file, place)) ?? [""];
  return specifiers.flatMap((specifier) => {
    const target = targetOf(file, specifier);
    const isAtHome = (place: string) => isIn(file, place) && target !== null && isIn(target, place);
    if (target === null || Object.keys(arrows).some(isAtHome)) return [];
    if (allowed.some((place) => isIn(target, place))) return [];
    const may = allowed.length === 0 ? "nothing of the project's" : allowed.join(", ");
    return [`${file} imports ${specifier}; ${room === "" ? "it" : room} may import ${may}`];
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

/** The Pulumi CLI itself, on a program and a state of a measurement's own. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./stage.ts";

/** A run of the CLI that has ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Writes a project: the program, a state backend beside it, and where the provider `twilio` is found.
 *
 * @param folder below the checkout, where the program finds its packages
 * @param provider folder with an executable `pulumi-resource-twilio`
 */
export function writeProject(folder: string, name: string, program: string, provider: string): void {
  mkdirSync(join(folder, "state"), { recursive: true });
  const project = {
    name,
    runtime: { name: "nodejs", options: { typescript: false } },
    main: "index.ts",
    plugins: { providers: [{ name: "twilio", path: provider }] },
  };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(project));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, type: "module" }));
  copyFileSync(program, join(folder, "index.ts"));
}

/**
 * Starts the CLI in a project.
 *
 * @returns its process, and how it ended
 */
export function startPulumi(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { child: ChildProcess; ran: Promise<Ran> } {
  const found = readFileSync(join(root, ".tools/pulumi/found.json"), "utf8");
  const { bin } = JSON.parse(found) as { bin: string };
  const paths = [bin, join(root, "node_modules/.bin"), process.env["PATH"] ?? ""].join(delimiter);
  const child = spawn(join(bin, "pulumi"), [...words, "--non-interactive"], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: paths,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: "fictional",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  // Orphans of a killed CLI keep its pipes open: what counts is its own end.
  const ran = once(child, "exit").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, ran };
}

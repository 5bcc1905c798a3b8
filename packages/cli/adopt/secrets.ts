/** Variables that look like secrets: from the account into Pulumi's encrypted configuration, through no file and no argument. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { keepSecret } from "../edge/secrets.ts";
import { CliError } from "../errors.ts";
import { pulumi } from "../stage/pulumi.ts";
import type { DeployedVariable } from "./functions.ts";

/**
 * Makes the stage's stack where it is not there yet, and keeps the secrets in its configuration.
 *
 * @param project its name
 * @throws CliError `stack-not-made` with what Pulumi says
 */
export async function keepSecrets(
  project: string,
  stage: string,
  secrets: readonly DeployedVariable[],
): Promise<void> {
  try {
    await makeStack(stage);
    for (const { key, value } of secrets) await keep(project, stage, key, value);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError("stack-not-made", { stage, problem: error.message });
  }
}

async function makeStack(stage: string): Promise<void> {
  try {
    await pulumi(stage, ["stack", "init", "--no-select"]);
  } catch (error) {
    if (!(error instanceof CliError && /already exists/.test(error.message))) throw error;
  }
}

/** The value goes in by standard input: arguments can be read by everybody on the machine. */
function keep(project: string, stage: string, key: string, value: string): Promise<void> {
  keepSecret(value);
  const command = fileURLToPath(new URL("../pulumi.ts", import.meta.url));
  const words = ["config", "set", "--secret", "--path", `${project}:secrets.${key}`];
  const child = spawn(process.execPath, [command, ...words, "-s", stage, "--non-interactive"], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  child.stdin.on("error", () => undefined);
  child.stdin.end(value);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else {
        const problem = Buffer.concat(said).toString("utf8").trim();
        reject(new CliError("pulumi-failed", { command: words.join(" "), problem }));
      }
    });
  });
}

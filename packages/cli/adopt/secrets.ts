/** Variables that look like secrets: from the account into Pulumi's encrypted configuration, through no file and no argument. */
import { keepSecret } from "../edge/secrets.ts";
import { CliError } from "../errors.ts";
import { pulumi, pulumiRun } from "../stage/pulumi.ts";
import type { DeployedVariable } from "./functions.ts";

/**
 * Makes the stage's stack where it is not there yet, and keeps the secrets in its configuration.
 *
 * @param place of the secrets in the configuration, `support-line:secrets`
 * @throws CliError `stack-not-made` with what Pulumi says
 */
export async function keepSecrets(
  place: string,
  stage: string,
  secrets: readonly DeployedVariable[],
): Promise<void> {
  try {
    await makeStack(stage);
    for (const { key, value } of secrets) await keep(place, stage, key, value);
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

async function keep(place: string, stage: string, key: string, value: string): Promise<void> {
  keepSecret(value);
  const words = ["config", "set", "--secret", "--path", `${place}.${key}`];
  const { ok, stderr } = await pulumiRun([...words, "-s", stage], { input: value });
  if (!ok) throw new CliError("pulumi-failed", { command: words.join(" "), problem: stderr.trim() });
}

import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { localStage } from "./stage-of.ts";

/** Protects nothing: the local Twilio's secrets are as open as its port. Its salt is committed in Pulumi.local.yaml. */
const localPassphrase = "local";

/** Where the state of stage `local` is kept, below the checkout. */
export function stateFolder(root: string): string {
  return join(root, ".state", "pulumi");
}

/**
 * The environment that Pulumi runs in. Stage `local` gets its state inside the checkout, unless the caller has chosen
 * a backend, and its passphrase; every other stage keeps the person's own backend and secrets provider.
 *
 * @param root the checkout
 * @param stage null when the call is about none
 * @param bin folder of the CLI and its language host
 */
export function pulumiEnvironment(
  root: string,
  stage: string | null,
  bin: string,
  own: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  // The policy pack's own runner is beside it.
  const folders = [join(root, "node_modules", ".bin"), bin, join(root, "policy", "bin"), own.PATH];
  const path = folders.filter(Boolean).join(delimiter);
  const common = { ...own, PATH: path, PWD: root, PULUMI_SKIP_UPDATE_CHECK: "true" };
  if (stage !== localStage) return common;
  return {
    ...common,
    PULUMI_STACK: own.PULUMI_STACK ?? localStage,
    PULUMI_BACKEND_URL: own.PULUMI_BACKEND_URL ?? pathToFileURL(stateFolder(root)).href,
    PULUMI_CONFIG_PASSPHRASE: localPassphrase,
    PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
  };
}

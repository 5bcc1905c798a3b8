import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { localStage } from "./stage-of.ts";

/** Protects nothing: the local Twilio's secrets are as open as its port. Its salt is committed in Pulumi.local.yaml. */
const localPassphrase = "local";

/** Where the state of stage `local` is kept, below the project. */
export function stateFolder(root: string): string {
  return join(root, ".state", "pulumi");
}

/** The folders of installed commands, nearest first: a project's own, and those of a workspace that it is part of. */
function installedCommands(folder: string): string[] {
  const parent = dirname(folder);
  const above = parent === folder ? [] : installedCommands(parent);
  const here = join(folder, "node_modules", ".bin");
  return existsSync(here) ? [here, ...above] : above;
}

/**
 * The environment that Pulumi runs in. Stage `local` gets its state inside the project, unless the caller has chosen
 * a backend, and its passphrase; every other stage keeps the person's own backend and secrets provider.
 *
 * @param root folder of the project
 * @param stage null when the call is about none
 * @param bin folder of the CLI and its language host
 */
export function pulumiEnvironment(
  root: string,
  stage: string | null,
  bin: string,
  own: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const folders = [...installedCommands(root), bin, own.PATH];
  const path = folders.filter(Boolean).join(delimiter);
  const common = {
    ...own,
    PATH: path,
    PWD: root,
    // The policy pack reads the project's own rules from the folder that is named.
    SUPPORT_LINE_PROJECT: root,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_TWILIO_CLI: "npx pulumi",
    // Half of what a program does before its first resource is to be read: Node keeps what it compiled.
    NODE_COMPILE_CACHE: own.NODE_COMPILE_CACHE ?? join(root, ".state", "compile-cache"),
  };
  if (stage !== localStage) return common;
  return {
    ...common,
    PULUMI_STACK: own.PULUMI_STACK ?? localStage,
    PULUMI_BACKEND_URL: own.PULUMI_BACKEND_URL ?? pathToFileURL(stateFolder(root)).href,
    PULUMI_CONFIG_PASSPHRASE: localPassphrase,
    PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
  };
}

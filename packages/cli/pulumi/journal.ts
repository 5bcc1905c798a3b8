/** The provider's journal of creates as its folder shows it: a file for each that was begun and not recorded. */
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface Place {
  readonly project: string;
  readonly stage: string;
  /** `twilio:journal` of the stage. */
  readonly configured: string | null;
  /** What Pulumi runs in. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Files of the creates of a stage that were begun and not recorded. */
export function openCreates({ project, stage, configured, environment }: Place): string[] {
  const folder = join(journalRoot(configured, environment), named(project), named(stage));
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
}

/** What is configured, else beside the state where that is in a folder of this machine, else in Pulumi's home: as the provider does. */
function journalRoot(configured: string | null, environment: NodeJS.ProcessEnv): string {
  const said = configured ?? environment.PULUMI_TWILIO_JOURNAL ?? "";
  if (said !== "") return untilded(said);
  const backend = environment.PULUMI_BACKEND_URL ?? "";
  if (backend.startsWith("file://")) {
    const path = backend.slice("file://".length).split("?")[0] ?? "";
    return join(
      path.startsWith("/") ? decodeURIComponent(path) : untilded(path),
      ".pulumi",
      "twilio-journal",
    );
  }
  return join(environment.PULUMI_HOME ?? join(homedir(), ".pulumi"), "twilio-journal");
}

const named = (name: string): string => encodeURIComponent(name).replace(/^\.+/, "_") || "_";

function untilded(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

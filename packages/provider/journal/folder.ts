import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "../configuration/configuration.ts";

/** Whose creates a journal holds: a stack's, at one account of one Twilio. */
export interface Scope {
  /** Of any resource of the stack: stack and project stand in it. */
  readonly urn: string;
  readonly accountSid: string;
  /** Endpoint, region and edge: what tells one Twilio from another. */
  readonly place: unknown;
}

/**
 * Where journals are: what is configured, else beside the state where that is in a folder of this machine, else in
 * Pulumi's home.
 */
export function journalRoot(configured: string | undefined, environment: Environment): string {
  if (configured !== undefined) return untilded(configured);
  const backend = environment["PULUMI_BACKEND_URL"] ?? "";
  if (backend.startsWith("file://")) return join(backendFolder(backend), ".pulumi", "twilio-journal");
  return join(environment["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "twilio-journal");
}

/** The folder of one journal below the root. */
export function journalFolder(root: string, { urn, accountSid, place }: Scope): string {
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  const where = createHash("sha256")
    .update(JSON.stringify([accountSid, place]))
    .digest("hex")
    .slice(0, 12);
  return join(root, safe(project), safe(stack), where);
}

function backendFolder(url: string): string {
  const path = url.slice("file://".length);
  return path.startsWith("/")
    ? fileURLToPath(url.split("?")[0] ?? url)
    : untilded(path.split("?")[0] ?? path);
}

function untilded(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

function safe(name: string): string {
  return encodeURIComponent(name).replace(/^\.+/, "_") || "_";
}

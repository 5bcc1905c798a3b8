/** What each release does to projects, the oldest first. docs/how-to/upgrading.md says how one is written and tested. */
import type { Migration } from "./migration.ts";

export const migrations: readonly Migration[] = [];

import { homedir } from "node:os";
import { join } from "node:path";

/** Where what is fetched or built once is kept for every project of this user. */
export function userFolder() {
  const own =
    process.platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
  return join(process.env.XDG_CACHE_HOME || own, "support-line");
}

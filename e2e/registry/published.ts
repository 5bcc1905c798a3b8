/** Every package of ours, packed and published into a registry of the tests' own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTarballs, type Tarball } from "../../scripts/pack/tarballs.ts";
import { writePackages } from "../../scripts/pack/written.ts";
import { startRegistry, type Registry } from "./registry.ts";

export interface Published {
  readonly registry: Registry;
  /** Written folders, in the order of `scripts/pack/packages.ts`. */
  readonly folders: readonly string[];
  readonly tarballs: readonly Tarball[];
  stop(): Promise<void>;
}

/**
 * Packs, publishes and serves.
 *
 * @param version of the packages
 */
export async function publishAll(version = "0.1.0"): Promise<Published> {
  const folder = mkdtempSync(join(tmpdir(), "registry-"));
  const folders = writePackages(process.cwd(), join(folder, "packages"), { version });
  const tarballs = makeTarballs(folders, folder);
  const registry = await startRegistry(join(folder, "registry"));
  await registry.publish(tarballs.map(({ file }) => file));
  return {
    registry,
    folders,
    tarballs,
    async stop() {
      await registry.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

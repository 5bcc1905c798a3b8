/** Every package of ours, packed and published into a registry of the tests' own. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { makeTarballs, type Tarball } from "../../scripts/pack/tarballs.ts";
import { writePackages } from "../../scripts/pack/written.ts";
import { startRegistry, type Registry } from "./registry.ts";

export interface Published {
  readonly registry: Registry;
  /** Written folders, in the order of `scripts/pack/packages.ts`. */
  readonly folders: readonly string[];
  readonly tarballs: readonly Tarball[];
  /**
   * Publishes a version that was never there: everything as it is, but for what `create` writes.
   *
   * @param edit changes files of the folder `template` of `create-support-line`
   */
  publishEarlier(version: string, edit: (template: string) => void): Promise<void>;
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
    async publishEarlier(earlier, edit) {
      const copies = folders.map((each) => join(folder, earlier, basename(each)));
      for (const [at, copy] of copies.entries()) {
        cpSync(folders[at] ?? "", copy, { recursive: true });
        const manifest = join(copy, "package.json");
        writeFileSync(manifest, readFileSync(manifest, "utf8").replaceAll(`"${version}"`, `"${earlier}"`));
      }
      edit(join(folder, earlier, "create", "template"));
      await registry.publish(copies, "earlier");
    },
    async stop() {
      await registry.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

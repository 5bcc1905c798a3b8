/**
 * A second checkout beside this one, in which any file may be changed: the repository's files are copied, what npm and set-up
 * have made is linked. Its packages are its own, so that its tests try what was changed.
 */
import { execFileSync } from "node:child_process";
import { cp, lstat, mkdir, mkdtemp, readdir, readlink, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

export class SecondCheckout {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @param root folder of the checkout that it is made from, with its changes that are not committed */
  static async of(root: string): Promise<SecondCheckout> {
    const folder = await mkdtemp(join(tmpdir(), "support-line-second-"));
    for (const file of gitFiles(root, "--cached", "--others", "--exclude-standard")) {
      const isThere = await lstat(join(root, file)).catch(() => null);
      if (isThere !== null) await cp(join(root, file), join(folder, file), { verbatimSymlinks: true });
    }
    for (const made of gitFiles(root, "--others", "--ignored", "--exclude-standard", "--directory")) {
      const name = made.replace(/\/$/, "");
      // Packages are linked one by one, and what runs there notes its own state.
      if (["node_modules", ".state"].includes(name)) continue;
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await symlink(join(root, name), join(folder, name)).catch(unlessThere);
    }
    await linkPackages(root, folder, "node_modules");
    return new SecondCheckout(folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

function gitFiles(root: string, ...which: string[]): string[] {
  const text = execFileSync("git", ["ls-files", "-z", ...which], { cwd: root, encoding: "utf8" });
  return text.split("\0").filter(Boolean);
}

function unlessThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
}

/** Links what is installed; a workspace's link leads to the second checkout's own. */
async function linkPackages(root: string, folder: string, below: string): Promise<void> {
  await mkdir(join(folder, below), { recursive: true });
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const [from, to] = [join(root, below, entry.name), join(folder, below, entry.name)];
    const isGroup = entry.name.startsWith("@") || entry.name === ".bin";
    if (isGroup && entry.isDirectory()) await linkPackages(root, folder, join(below, entry.name));
    else if (entry.isSymbolicLink()) {
      const inRoot = relative(root, resolve(dirname(from), await readlink(from)));
      await symlink(inRoot.startsWith("..") ? resolve(root, inRoot) : join(folder, inRoot), to);
    } else await symlink(from, to);
  }
}

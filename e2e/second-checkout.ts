/**
 * A second checkout beside this one, in which any file may be changed: the repository's files are copied, what npm and set-up
 * have made is brought by hard links. Its packages are its own, so that its tests try what was changed.
 */
import { execFileSync } from "node:child_process";
import { copyFile, cp, link, lstat, mkdir, mkdtemp, readdir, readlink, rm, symlink } from "node:fs/promises";
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
    // What a test looks for among the repository's files is asked of Git.
    for (const words of [
      ["init", "--quiet"],
      ["add", "."],
    ]) {
      execFileSync("git", words, { cwd: folder });
    }
    for (const made of gitFiles(root, "--others", "--ignored", "--exclude-standard", "--directory")) {
      const name = made.replace(/\/$/, "");
      // What runs there notes its own state.
      if (name === ".state") continue;
      await mkdir(dirname(join(folder, name)), { recursive: true });
      if ((await lstat(join(root, name))).isDirectory()) await bringFolder(root, folder, name);
      else await bringFile(join(root, name), join(folder, name));
    }
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

/**
 * Brings what is installed, file for file, so that modules lie where Node and the Functions' processes look for them; a
 * workspace's link leads to the second checkout's own.
 */
async function bringFolder(root: string, folder: string, below: string): Promise<void> {
  await mkdir(join(folder, below), { recursive: true });
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const name = join(below, entry.name);
    const [from, to] = [join(root, name), join(folder, name)];
    if (entry.isDirectory()) await bringFolder(root, folder, name);
    else if (entry.isSymbolicLink()) {
      const inRoot = relative(root, resolve(dirname(from), await readlink(from)));
      await symlink(inRoot.startsWith("..") ? resolve(root, inRoot) : join(folder, inRoot), to);
    } else await bringFile(from, to);
  }
}

/** A hard link, or a copy where the temporary folder is on another disk. */
async function bringFile(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

/** Watches the files that a stage is made of, and says which of them were saved. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, watch as watchPath, type FSWatcher } from "node:fs";
import { join } from "node:path";

/** Folders of a project whose files are deployed, or deploy. */
const folders = ["flow-templates", "functions", "assets", "infra"];

/** Editors write a file in several steps; a save is over when nothing came for so long, in milliseconds. */
const quietMs = 20;

/** When a file was first touched (`performance.now()`), and all that have another content now, by their path in the project. */
export interface Save {
  readonly at: number;
  readonly files: readonly string[];
}

/**
 * Watches a project's stage. A save that leaves every content as it was is none.
 *
 * @param root folder of the project
 * @param saved hears of each save
 * @returns what ends it
 */
export function watchStage(root: string, stage: string, saved: (save: Save) => void): () => void {
  const files = ["Pulumi.yaml", `Pulumi.${stage}.yaml`, "package.json"];
  let known = contents(root, files);
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let first: number | null = null;

  const look = () => {
    const at = first ?? performance.now();
    first = null;
    follow();
    const now = contents(root, files);
    const changed = [...new Set([...known.keys(), ...now.keys()])].filter(
      (file) => known.get(file) !== now.get(file),
    );
    known = now;
    if (changed.length > 0) saved({ at, files: changed.sort() });
  };
  const touched = () => {
    first ??= performance.now();
    clearTimeout(timer);
    timer = setTimeout(look, quietMs);
  };
  /** One watcher a folder: Node's own recursive ones lose folders that are made and renamed at once. */
  const follow = () => {
    const there = new Set([root, ...folders.flatMap((folder) => foldersIn(join(root, folder)))]);
    for (const [folder, watcher] of watchers) {
      if (there.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of there) {
      if (watchers.has(folder)) continue;
      const watcher = watchPath(folder, (_, name) => {
        if (folder !== root || name === null || files.includes(name) || folders.includes(name)) touched();
      });
      // A folder that goes away is seen by the one above it.
      watcher.on("error", touched);
      watchers.set(folder, watcher);
    }
  };
  follow();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const inner = readdirSync(folder, { recursive: true, withFileTypes: true });
  return [
    folder,
    ...inner
      .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
      .map((entry) => join(entry.parentPath, entry.name)),
  ];
}

/** By path in the project: a hash of what is in each watched file. */
function contents(root: string, files: readonly string[]): Map<string, string> {
  const inFolders = folders.flatMap((folder) =>
    foldersIn(join(root, folder)).flatMap((each) =>
      readdirSync(each, { withFileTypes: true })
        // Editors keep their own files beside: .support.json.swp, support.json~.
        .filter((entry) => entry.isFile() && !/^\.|~$/.test(entry.name))
        .map((entry) => join(each, entry.name).slice(root.length + 1)),
    ),
  );
  return new Map(
    [...files, ...inFolders].flatMap((file): [string, string][] => {
      try {
        return [
          [
            file,
            createHash("sha256")
              .update(readFileSync(join(root, file)))
              .digest("hex"),
          ],
        ];
      } catch {
        // It went away between the look at its folder and this one, or was never there.
        return [];
      }
    }),
  );
}

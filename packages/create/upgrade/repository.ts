/** The Git repository of a project: what an upgrade asks of it, and commits made without touching anybody's files. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ProjectFile } from "../project/files.ts";
import { UpgradeError } from "./errors.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Commit {
  readonly message: string;
  readonly parents: readonly string[];
  /** Commit whose other files stay; null: the files are all there is. */
  readonly onto: string | null;
}

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

export class Repository {
  /** The project's folder. */
  readonly folder: string;
  /** Where that is in the repository: empty, or `lines/my-line/`. */
  readonly prefix: string;

  /** @throws UpgradeError `not-git` */
  constructor(folder: string) {
    this.folder = folder;
    const { code, stdout } = this.run(["rev-parse", "--show-prefix"]);
    if (code !== 0) throw new UpgradeError("not-git", { folder });
    this.prefix = stdout.replace(/\n$/, "");
  }

  run(words: readonly string[], { env = {}, input }: RunOptions = {}): Ran {
    const { status, stdout, stderr, error } = spawnSync("git", words, {
      cwd: this.folder,
      // What Git says is read, and it opens no editor.
      env: { ...process.env, LC_ALL: "C", GIT_EDITOR: "true", ...env },
      encoding: "utf8",
      maxBuffer: 1 << 28,
      ...(input === undefined ? {} : { input }),
    });
    if (error !== undefined) {
      throw new UpgradeError("git-failed", { command: words.join(" "), problem: error.message });
    }
    return { code: status ?? 1, stdout, stderr };
  }

  /** What Git answers. @throws UpgradeError `git-failed` with what it complains of */
  ask(words: readonly string[], options: RunOptions = {}): string {
    const { code, stdout, stderr } = this.run(words, options);
    if (code === 0) return stdout;
    throw new UpgradeError("git-failed", {
      command: words.join(" "),
      problem: stderr.trim() || stdout.trim(),
    });
  }

  /** The commit that a name means; null when it means none. */
  commitOf(name: string): string | null {
    const { code, stdout } = this.run(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
    return code === 0 ? stdout.trim() : null;
  }

  /** The branch that is checked out; null between branches. */
  branch(): string | null {
    const { code, stdout } = this.run(["symbolic-ref", "--quiet", "--short", "HEAD"]);
    return code === 0 ? stdout.trim() : null;
  }

  /** Files of the repository that are changed, or that Git does not know. */
  changed(): string[] {
    const lines = this.ask(["status", "--porcelain", "--untracked-files=all"]).split("\n");
    return lines.filter((line) => line !== "").map((line) => line.slice(3).replace(/^.* -> /, ""));
  }

  /** What somebody has begun and not ended: `merge`, `rebase`, `cherry-pick`, `revert`. */
  underWay(): string | null {
    const there = (name: string) =>
      existsSync(join(this.folder, this.ask(["rev-parse", "--git-path", name]).trim()));
    const states = {
      merge: ["MERGE_HEAD"],
      rebase: ["rebase-merge", "rebase-apply"],
      "cherry-pick": ["CHERRY_PICK_HEAD"],
      revert: ["REVERT_HEAD"],
    };
    return Object.entries(states).find(([, names]) => names.some(there))?.[0] ?? null;
  }

  /** A commit's files in the project, by path: whether each is executable. Links and repositories in it are left out. */
  files(commit: string): Map<string, boolean> {
    const entries = this.ask(["ls-tree", "-r", "-z", commit]).split("\0");
    return new Map(
      entries.flatMap((entry) => {
        const [, mode, path] = /^(100\d+) blob \w+\t(.*)$/s.exec(entry) ?? [];
        return mode === undefined || path === undefined ? [] : [[path, mode === "100755"] as const];
      }),
    );
  }

  /** A file of a commit, by its path in the project. */
  read(commit: string, path: string): string {
    return this.ask(["show", `${commit}:${this.prefix}${path}`]);
  }

  /**
   * Commits files of the project. Neither the person's files nor their index are touched.
   *
   * @param files by path; null takes one away
   */
  commit(files: ReadonlyMap<string, ProjectFile | null>, { message, parents, onto }: Commit): string {
    const folder = mkdtempSync(join(tmpdir(), "upgrade-"));
    const tree = join(folder, "tree");
    const gitDir = this.ask(["rev-parse", "--absolute-git-dir"]).trim();
    const at = [
      "-c",
      "core.fileMode=true",
      `--git-dir=${gitDir}`,
      `--work-tree=${tree}`,
      "-C",
      tree,
      "--literal-pathspecs",
    ];
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    try {
      mkdirSync(tree);
      for (const [path, file] of files) {
        if (file === null) continue;
        const place = join(tree, this.prefix, path);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, file.text);
        if (file.isExecutable) chmodSync(place, 0o755);
      }
      if (onto !== null) this.ask([...at, "read-tree", onto], { env });
      const listed = (isThere: boolean) =>
        [...files]
          .filter(([, file]) => (file !== null) === isThere)
          .map(([path]) => `${this.prefix}${path}\0`)
          .join("");
      this.ask([...at, "update-index", "-z", "--force-remove", "--stdin"], { env, input: listed(false) });
      this.ask([...at, "add", "-f", "--pathspec-from-file=-", "--pathspec-file-nul"], {
        env,
        input: listed(true),
      });
      const id = this.ask([...at, "write-tree"], { env }).trim();
      const from = parents.flatMap((parent) => ["-p", parent]);
      return this.ask(["commit-tree", id, ...from, "-m", message]).trim();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

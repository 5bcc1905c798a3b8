/**
 * What a release changed is brought into a branch as one commit, picked by Git: base is what the earlier version wrote,
 * theirs what the new one writes, ours the person's. Git follows the files that a person moved, replaces what they never
 * touched, and leaves conflicts as it always leaves them.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Repository } from "./repository.ts";
import { UpgradeError } from "./errors.ts";

export interface Conflict {
  readonly path: string;
  /** What clashes in it. */
  readonly words: string;
}

export interface Change {
  readonly kind: "new" | "changed" | "moved" | "gone";
  readonly path: string;
  /** Where a file was that moved. */
  readonly from?: string;
}

export interface BroughtIn {
  readonly changes: readonly Change[];
  /** What the person deleted and the release changed. */
  readonly staysDeleted: readonly string[];
  /** Empty: all is committed. */
  readonly conflicts: readonly Conflict[];
}

const driver = fileURLToPath(new URL("merge/driver.ts", import.meta.url));
const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** Which files are merged how; what is in no row is merged by line. */
const kinds: readonly (readonly [pattern: string, kind: string])[] = [
  ["*.yaml", "yaml"],
  ["*.yml", "yaml"],
  [".github/workflows/*.yml", "yaml"],
  ["package.json", "package"],
  ["tsconfig.json", "json"],
  ["flow-templates/*.json", "flow"],
];
/** A project's `.gitattributes` may name the driver that a clone has for Flows: an upgrade brings its own. */
const driverNames: Readonly<Record<string, string>> = { flow: "studio-flow" };
const nameOf = (kind: string) => driverNames[kind] ?? `support-line-${kind}`;

/** Git's settings while it picks. */
function settings(repository: Repository, attributes: string): string[] {
  const rows = kinds.map(
    ([pattern, kind]) => `${JSON.stringify(`/${repository.prefix}${pattern}`)} merge=${nameOf(kind)}`,
  );
  writeFileSync(attributes, `${ownAttributes(repository)}\n${rows.join("\n")}\n`);
  const drivers = [...new Set(kinds.map(([, kind]) => kind))].map(
    (kind) =>
      `merge.${nameOf(kind)}.driver=${quoted(process.execPath)} ${quoted(driver)} ${kind} %O %A %B %P`,
  );
  const values = [
    `core.attributesFile=${attributes}`,
    "merge.renames=true",
    // A folder that the person moved takes what is new in it along.
    "merge.directoryRenames=true",
    ...drivers,
  ];
  return values.flatMap((value) => ["-c", value]);
}

/** What the person's own file of attributes says, which ours stands in for. */
function ownAttributes(repository: Repository): string {
  const { stdout } = repository.run(["config", "--path", "core.attributesFile"]);
  const usual = join(process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config"), "git", "attributes");
  const file = stdout.trim() || usual;
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/**
 * Picks a commit in a work tree.
 *
 * @param project whose formatter writes Flows
 */
export function bringIn(repository: Repository, commit: string, project: string): BroughtIn {
  const began = repository.ask(["rev-parse", "HEAD"]).trim();
  const folder = mkdtempSync(join(tmpdir(), "upgrade-"));
  const told = join(folder, "conflicts");
  try {
    writeFileSync(told, "");
    const env = { UPGRADE_CONFLICTS: told, UPGRADE_PROJECT: project };
    const words = [
      ...settings(repository, join(folder, "attributes")),
      "cherry-pick",
      "--allow-empty",
      commit,
    ];
    const { code, stderr } = repository.run(words, { env });
    const unmerged = stagesOf(repository);
    if (code !== 0 && unmerged.size === 0) {
      throw new UpgradeError("git-failed", { command: "cherry-pick", problem: stderr.trim() });
    }
    const staysDeleted = [...unmerged].filter(([, stages]) => stages === "13").map(([path]) => path);
    for (const path of staysDeleted) {
      repository.ask(["rm", "-q", "-f", "--ignore-unmatch", "--", `:(top,literal)${path}`]);
      unmerged.delete(path);
    }
    if (code !== 0 && unmerged.size === 0) repository.ask(["cherry-pick", "--continue"]);
    const inside = (path: string) =>
      path.startsWith(repository.prefix) ? path.slice(repository.prefix.length) : path;
    return {
      changes: changesSince(repository, began).map((change) => ({
        ...change,
        path: inside(change.path),
        ...(change.from === undefined ? {} : { from: inside(change.from) }),
      })),
      staysDeleted: staysDeleted.map(inside),
      conflicts: conflictsOf(unmerged, readFileSync(told, "utf8")).map(({ path, words }) => ({
        path: inside(path),
        words,
      })),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files that Git could not merge, each with the sides that have it: 1 base, 2 ours, 3 theirs. */
export function stagesOf(repository: Repository): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of repository.ask(["ls-files", "-u", "-z", "--full-name", ":/"]).split("\0")) {
    const [, stage, path] = /^\d+ \w+ (\d)\t(.*)$/s.exec(entry) ?? [];
    if (stage !== undefined && path !== undefined) found.set(path, (found.get(path) ?? "") + stage);
  }
  return found;
}

const byStages: Readonly<Record<string, string>> = {
  "12": "the upgrade has it no longer, and you edited it: git add keeps it, git rm takes it away",
  "23": "you and the upgrade both have a new file of this name",
  "123": "both changed the same lines",
};

function conflictsOf(unmerged: ReadonlyMap<string, string>, told: string): Conflict[] {
  const known = told
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Conflict);
  return [...unmerged].flatMap(([path, stages]) => {
    const own = known.filter((each) => each.path === path);
    return own.length > 0
      ? own
      : [{ path, words: byStages[stages] ?? "moved on both sides; git status says where" }];
  });
}

const changeKinds: Readonly<Record<string, Change["kind"]>> = {
  A: "new",
  M: "changed",
  T: "changed",
  R: "moved",
  D: "gone",
};

function changesSince(repository: Repository, commit: string): Change[] {
  const fields = repository.ask(["diff", "--cached", "--name-status", "-z", "-M", commit]).split("\0");
  const changes: Change[] = [];
  while (fields.length > 1) {
    const [letter = ""] = fields.shift() ?? "";
    const from = letter === "R" || letter === "C" ? fields.shift() : undefined;
    const path = fields.shift() ?? "";
    const kind = changeKinds[letter];
    if (kind !== undefined) changes.push({ kind, path, ...(from === undefined ? {} : { from }) });
  }
  return changes;
}

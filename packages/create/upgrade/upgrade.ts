/**
 * `npm run upgrade`: a project's files and packages taken to another version, on a branch that can be thrown away. What it
 * did up to where it was interrupted is found by Git alone, so that it is run again.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describeChanges, diff, readDefinition } from "@support-line/studio";
import { lockfiles } from "../package-manager.ts";
import { projectFiles, type ProjectFile, type Source } from "../project/files.ts";
import { parseRecord, recordName, recordText, type ProjectRecord } from "../project/record.ts";
import { baseOf, type MakeAgain } from "./base.ts";
import { bringIn, stagesOf, type BroughtIn } from "./bring-in.ts";
import { isOlder, releasesBetween } from "./changes.ts";
import { UpgradeError } from "./errors.ts";
import { Files, migrate, migrationsBetween, type Migration } from "./migration.ts";
import { Repository } from "./repository.ts";
import { broughtInText, releasesText, typedText, wayBack } from "./told.ts";

export interface Upgrade {
  /** The project's. */
  readonly folder: string;
  /** Of the version that it is taken to. */
  readonly source: Source;
  /** Text of that version's `CHANGELOG.md`. */
  readonly changelog: string;
  readonly migrations: readonly Migration[];
  readonly makeAgain: MakeAgain;
  /** Installs what the project's package.json names; answers the exit code. */
  readonly install: () => Promise<number>;
  /** As a person types it. */
  readonly installCommand: string;
  /** `stage check`, and a preview of each stage, with the packages that were installed; answers the exit code. */
  readonly verify: () => Promise<number>;
  readonly say: (text: string) => void;
}

export interface UpgradeFlags {
  /** Say what would be, and change nothing. */
  readonly dryRun?: boolean;
}

/**
 * Upgrades a project.
 *
 * @returns the exit code: 0, or 1 when somebody has to decide something
 * @throws UpgradeError when it cannot be done; nothing is lost then
 */
export async function upgrade(given: Upgrade, { dryRun = false }: UpgradeFlags = {}): Promise<number> {
  const { folder, source, say } = given;
  if (!existsSync(join(folder, recordName))) throw new UpgradeError("no-record", { folder });
  const repository = new Repository(folder);
  const head = repository.commitOf("HEAD");
  if (head === null) throw new UpgradeError("no-commit", { folder });
  const run = new Run(given, repository);
  const underWay = repository.underWay();
  if (underWay !== null) {
    if (underWay === "cherry-pick" && run.isOnBranch && !dryRun) return run.goOn();
    throw new UpgradeError("git-busy", { what: underWay, folder });
  }
  const record = recordAt(repository, head);
  if (record.version === source.version) {
    if (run.isOnBranch && !dryRun) return run.finish();
    say(`${record.answers.name} has ${source.version} already.`);
    return 0;
  }
  if (isOlder(source.version, record.version)) {
    throw new UpgradeError("older", { version: record.version, target: source.version });
  }
  if (!dryRun) run.makeRoom();
  return run.begin(record, head, dryRun);
}

function recordAt(repository: Repository, commit: string): ProjectRecord {
  const { folder } = repository;
  if (!repository.files(commit).has(recordName)) notClean([recordName]);
  try {
    return parseRecord(repository.read(commit, recordName));
  } catch (error) {
    if (error instanceof UpgradeError) throw error;
    const problem = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new UpgradeError("bad-record", { folder, problem });
  }
}

function notClean(files: readonly string[]): never {
  const shown =
    files.length > 3 ? `${files.slice(0, 3).join(", ")} and ${files.length - 3} more` : files.join(", ");
  throw new UpgradeError("not-clean", { files: `${shown} ${files.length === 1 ? "is" : "are"}` });
}

/** The three versions of a project as commits. */
interface Sides {
  /** The person's, with what migrations do. */
  readonly ours: string;
  /** What the release writes, on what the earlier one wrote. */
  readonly theirs: string;
  readonly typed: ReadonlyMap<string, readonly string[]>;
  /** Why the earlier version's files are not whole. */
  readonly problem: string | null;
}

class Run {
  readonly #given: Upgrade;
  readonly #repository: Repository;
  readonly #branch: string;
  readonly isOnBranch: boolean;

  constructor(given: Upgrade, repository: Repository) {
    this.#given = given;
    this.#repository = repository;
    this.#branch = `upgrade-${given.source.version}`;
    this.isOnBranch = repository.branch() === this.#branch;
  }

  /** Sees that nothing of the person's is in the way. What an interrupted upgrade left half written is put away. */
  makeRoom(): void {
    const changed = this.#repository.changed();
    if (this.isOnBranch) {
      if (changed.length === 0) return;
      const message = `Left by an upgrade to ${this.#given.source.version} that was interrupted`;
      this.#repository.ask(["stash", "push", "--include-untracked", "-m", message]);
      this.#given.say(
        "An upgrade was interrupted here. What it left half written is in git stash, and it begins again.",
      );
      return;
    }
    if (changed.length > 0) notClean(changed);
    if (this.#repository.commitOf(`refs/heads/${this.#branch}`) !== null) {
      throw new UpgradeError("branch-there", { branch: this.#branch });
    }
  }

  async begin(record: ProjectRecord, head: string, dryRun: boolean): Promise<number> {
    const { source, changelog, say } = this.#given;
    const { name } = record.answers;
    const where = dryRun ? "" : `, on branch ${this.#branch}`;
    say(`${name}: ${record.version} to ${source.version}${where}\n`);
    const told = releasesText(releasesBetween(changelog, record.version, source.version));
    if (told.length > 0) say(told.join("\n"));
    const releases = migrationsBetween(this.#given.migrations, record.version, source.version);
    const gone = Object.assign({}, ...releases.map((each) => each.gone ?? {})) as Record<string, string>;
    const sides = await this.#sides(record, head, releases);
    if (sides.problem !== null) {
      say(
        `${new UpgradeError("no-base", { version: record.version, problem: sides.problem }).message} Files that you edited clash as a whole.\n`,
      );
    }
    const broughtIn = dryRun ? this.#tried(sides) : this.#picked(sides);
    say([...broughtInText(broughtIn, gone), ...typedText(sides.typed)].join("\n"));
    if (dryRun) {
      say("\nNothing was changed. npm run upgrade does it.");
      return broughtIn.conflicts.length === 0 ? 0 : 1;
    }
    if (broughtIn.conflicts.length === 0) return this.finish();
    say(`\nEdit these, git add them, then npm run upgrade goes on.\nThe way back: ${this.#wayBack()}`);
    return 1;
  }

  /** Goes on where conflicts were left. */
  async goOn(): Promise<number> {
    const undecided = [
      ...new Set([...stagesOf(this.#repository).keys(), ...this.#marked(), ...this.#beside()]),
    ].sort();
    if (undecided.length > 0) {
      const [have, them] = undecided.length === 1 ? ["has", "it"] : ["have", "them"];
      throw new UpgradeError("not-decided", {
        files: undecided.join(", "),
        have,
        them,
        back: this.#wayBack(),
      });
    }
    this.#repository.ask(["cherry-pick", "--continue"]);
    return this.finish();
  }

  /** Installs, and looks at every stage with what was installed. */
  async finish(): Promise<number> {
    const { source, install, installCommand, say, verify } = this.#given;
    say(`\nInstalling the packages of ${source.version} …`);
    if ((await install()) !== 0) {
      throw new UpgradeError("not-installed", { command: installCommand, back: this.#wayBack() });
    }
    const locks = this.#repository
      .changed()
      .filter((path) => lockfiles.some(([lock]) => path.endsWith(lock)));
    if (locks.length > 0) {
      const paths = locks.map((path) => `:(top,literal)${path}`);
      this.#repository.ask(["add", "--", ...paths]);
      this.#repository.ask([
        "commit",
        "-q",
        "--no-verify",
        "-m",
        `Packages of ${source.version}`,
        "--",
        ...paths,
      ]);
    }
    const code = await verify();
    if (code !== 0) {
      say(
        `\nStopped: see above what is to fix. Fix it on this branch, then npm run upgrade looks again.\nThe way back: ${this.#wayBack()}`,
      );
      return 1;
    }
    const from = this.#from();
    say(
      `\nUpgraded to ${source.version} on branch ${this.#branch}. Try it with npm test, then take it over:\n  git switch ${from} && git merge ${this.#branch}\nThe way back: ${this.#wayBack()}`,
    );
    return 0;
  }

  async #sides(record: ProjectRecord, head: string, releases: readonly Migration[]): Promise<Sides> {
    const repository = this.#repository;
    const { source, makeAgain } = this.#given;
    const { version } = source;
    const modes = repository.files(head);
    const read = (path: string): ProjectFile => ({
      text: repository.read(head, path),
      isExecutable: modes.get(path) ?? false,
    });
    const { files: written, problem } = await baseOf(record, makeAgain, (path) =>
      modes.has(path) ? read(path) : null,
    );
    const ours = new Files([...modes.keys()], read);
    const base = new Files([...written.keys()], (path) => written.get(path) ?? read(path));
    for (const files of [ours, base]) migrate(files, releases);
    const before = new Map(base.paths().map((path) => [path, base.file(path)] as const));
    const theirs = projectFiles(source, record.answers);
    const typed = typedFlows(before, theirs, ours);
    const coming = new Map([...theirs].filter(([path]) => !isLost(path, record, before, ours)));
    const ownRecord = (text: string): ProjectFile => ({ text, isExecutable: false });
    before.set(recordName, ownRecord(ours.file(recordName).text));
    coming.set(recordName, ownRecord(recordText(version, record.answers, theirs)));
    const changes = ours.changes();
    const began =
      changes.size === 0
        ? head
        : repository.commit(changes, {
            message: `What ${version} has elsewhere, or calls otherwise`,
            parents: [head],
            onto: head,
          });
    const root = repository.commit(before, {
      message: `What ${record.version} wrote`,
      parents: [],
      onto: null,
    });
    return {
      ours: began,
      theirs: repository.commit(coming, { message: `Upgrade to ${version}`, parents: [root], onto: null }),
      typed,
      problem,
    };
  }

  #picked({ ours, theirs }: Sides): BroughtIn {
    const repository = this.#repository;
    if (this.isOnBranch) {
      repository.ask(["merge", "-q", "--ff-only", ours]);
    } else {
      const from = repository.branch() ?? `--detach ${repository.commitOf("HEAD") ?? ""}`;
      repository.ask(["switch", "-q", "--no-track", "-c", this.#branch, ours]);
      // Goes with the branch when that is deleted.
      repository.ask(["config", `branch.${this.#branch}.upgradeOf`, from]);
    }
    return bringIn(repository, theirs, this.#given.folder);
  }

  /** The same in a work tree of its own, which is thrown away. */
  #tried({ ours, theirs }: Sides): BroughtIn {
    const repository = this.#repository;
    const folder = mkdtempSync(join(tmpdir(), "upgrade-"));
    const tree = join(folder, "tree");
    try {
      repository.ask(["worktree", "add", "-q", "--detach", tree, ours]);
      return bringIn(new Repository(join(tree, repository.prefix)), theirs, this.#given.folder);
    } finally {
      repository.run(["worktree", "remove", "--force", tree]);
      rmSync(folder, { recursive: true, force: true });
      repository.run(["worktree", "prune"]);
    }
  }

  /** Files that were added with Git's markers in them. */
  #marked(): string[] {
    const { stdout } = this.#repository.run(["diff", "--cached", "--check"]);
    return stdout.split("\n").flatMap((line) => /^(.*):\d+: leftover conflict marker/.exec(line)?.[1] ?? []);
  }

  /** Conflicts of Flows that nobody has decided. */
  #beside(): string[] {
    return this.#repository.changed().filter((path) => path.endsWith(".json.conflicts"));
  }

  #from(): string {
    return this.#repository.run(["config", `branch.${this.#branch}.upgradeOf`]).stdout.trim() || "-";
  }

  #wayBack(): string {
    const { folder, installCommand } = this.#given;
    const top = this.#repository.ask(["rev-parse", "--show-toplevel"]).trim();
    const beside = this.#beside().map((path) => relative(folder, join(top, path)));
    const isPicking = this.#repository.underWay() === "cherry-pick";
    return wayBack({ branch: this.#branch, from: this.#from(), isPicking, beside, installCommand });
  }
}

/** What the earlier version wrote, nobody knows how, and the person has no longer: it does not come back. */
function isLost(
  path: string,
  record: ProjectRecord,
  before: ReadonlyMap<string, unknown>,
  ours: Files,
): boolean {
  return record.files[path] !== undefined && !before.has(path) && !ours.has(path);
}

/** Flows that are code now, with what the release changed in the templates that they came from. */
function typedFlows(
  before: ReadonlyMap<string, ProjectFile>,
  theirs: ReadonlyMap<string, ProjectFile>,
  ours: Files,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [path, { text }] of before) {
    const typed = path.replace(/\.json$/, ".ts");
    const coming = theirs.get(path);
    if (
      !/^flow-templates\/.*\.json$/.test(path) ||
      ours.has(path) ||
      !ours.has(typed) ||
      coming === undefined
    ) {
      continue;
    }
    const [was, is] = [text, coming.text].map((each) => readDefinition(JSON.parse(each) as unknown));
    const changes = was === undefined || is === undefined ? [] : describeChanges(diff(was, is));
    if (changes.length > 0) found.set(typed, changes);
  }
  return found;
}

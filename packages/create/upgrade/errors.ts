/** What an upgrade refuses or stops at, by code. Nothing is lost by any of them. */
export const upgradeErrors = {
  "no-record":
    "{folder} has no .support-line.json, which records how a project was made, and nothing was changed: npm run upgrade works only in projects that npm create support-line made.",
  "bad-record":
    "{folder}/.support-line.json cannot be read, and nothing was changed: {problem}. git checkout <commit> -- .support-line.json brings an earlier state of it back.",
  "not-git":
    "{folder} is in no Git repository, and nothing was changed: an upgrade is a branch that can be thrown away. Run git init && git add -A && git commit -m 'The line', then upgrade again.",
  "no-commit":
    "{folder} has no commit yet, and nothing was changed: run git add -A && git commit -m 'The line', then upgrade again.",
  "not-clean":
    "{files} not committed, and nothing was changed: commit, or put them away with git stash -u, then upgrade again.",
  "git-busy":
    "A {what} is under way in {folder}, and nothing was changed: end it (git status says how), then upgrade again.",
  older:
    "The project has version {version}, and {target} is older: an upgrade goes forward. To go back, check out a commit from before the upgrade and run npm install.",
  "branch-there":
    "Branch {branch} is there from an earlier upgrade. To go on with it: git switch {branch} && npm run upgrade. To begin again: git branch -D {branch}.",
  "not-decided":
    "The upgrade waits for you: {files} still {have} both sides in {them}. Edit, git add, then npm run upgrade goes on. The way back: {back}",
  "git-failed": "git {command} failed: {problem}",
  "not-installed":
    "The files are upgraded, and {command} failed. Fix what it says, then npm run upgrade goes on. The way back: {back}",
  "no-base":
    "What {version} wrote can neither be read from .support-line.json nor be made again ({problem}).",
} as const;

export class UpgradeError extends Error {
  readonly code: keyof typeof upgradeErrors;

  constructor(
    code: keyof typeof upgradeErrors,
    values: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(
      upgradeErrors[code].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""),
      options,
    );
    this.name = "UpgradeError";
    this.code = code;
  }
}

/** Commits as a rollback names them. */
import { execFile } from "node:child_process";
import { CliError } from "../errors.ts";

/**
 * The full SHA of a commit.
 *
 * @throws CliError `no-such-commit`
 */
export async function commitOf(name: string): Promise<string> {
  const { code, stdout } = await git("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  if (code !== 0) throw new CliError("no-such-commit", { commit: name });
  return stdout.trim();
}

/** Whether one commit came before another, or is it. */
export async function isAncestor(older: string, newer: string): Promise<boolean> {
  return (await git("merge-base", "--is-ancestor", older, newer)).code === 0;
}

function git(...words: string[]): Promise<{ readonly code: number; readonly stdout: string }> {
  return new Promise((resolve) => {
    execFile("git", words, (error, stdout) => resolve({ code: error === null ? 0 : 1, stdout }));
  });
}

import { jsonOf, type Sent } from "../edge/send.ts";
import { CliError } from "../errors.ts";

/** What to do about GitHub's refusals, by status; https://docs.github.com/en/rest/overview/troubleshooting */
const advices: Readonly<Record<number, string>> = {
  401: "GITHUB_TOKEN has expired or was revoked: set another",
  403: "GITHUB_TOKEN may not do that here: give the workflow the permission to write it, or wait when it asked too often",
  404: "check GITHUB_REPOSITORY and the number, and that GITHUB_TOKEN may see them",
  429: "it was asked too often: wait a minute",
};

/**
 * What GitHub answered.
 *
 * @param what was asked, for the message
 * @throws CliError `github-refused` with its status
 */
export function answerOf(sent: Sent, what: string): unknown {
  if (sent.ok) return jsonOf(sent);
  const advice = advices[sent.status] ?? "run it again in a moment, or see https://www.githubstatus.com";
  throw new CliError("github-refused", { host: sent.host, status: String(sent.status), what, advice });
}

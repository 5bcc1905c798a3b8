/** One issue for each stage at GitHub: made when there is drift, kept up to date, closed when the drift is gone. */
import { z } from "zod";
import { send } from "../edge/send.ts";
import { CliError } from "../errors.ts";
import { answerOf } from "../pull-request/github-answer.ts";
import { driftMarkdown, type StageDrift } from "./drift-text.ts";

export interface Repository {
  /** `https://api.github.com`, or another that speaks as it does. */
  readonly api: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
}

/** What became of the issue; null: there is no drift, and no issue that is open. */
export type Outcome = {
  readonly deed: "made" | "changed" | "same" | "closed" | "opened again";
  readonly number: number;
};

/** By which a stage's issue is found again. */
export const markerOf = (stage: string) => `<!-- support-line: drift of stage ${stage} -->`;

const issue = z.object({
  number: z.number(),
  state: z.string(),
  body: z.string().nullish(),
  user: z.object({ type: z.string() }).nullish(),
  pull_request: z.unknown().optional(),
});
type Issue = z.output<typeof issue>;
const perPage = 100;

/**
 * Brings a stage's issue up to date. Only a bot's issue is taken for ours: a person may quote the marker.
 * https://docs.github.com/en/rest/issues/issues
 *
 * @throws CliError `github-refused` with its status; `drift-unknown` when the stage could not be compared, and then the issue
 *   stays as it is
 */
export async function reportDrift(place: Repository, found: StageDrift): Promise<Outcome | null> {
  const { stage, drift } = found;
  if ("failed" in drift) throw new CliError("drift-unknown", { stages: stage, problem: `: ${drift.failed}` });
  const own = await ownIssue(place, stage);
  const isOpen = own?.state === "open";
  if (drift.drifted.length === 0) {
    if (own === null || !isOpen) return null;
    await ask(place, "POST", `/${own.number}/comments`, { body: "Twilio has what was deployed again." });
    await ask(place, "PATCH", `/${own.number}`, { state: "closed", state_reason: "completed" });
    return { deed: "closed", number: own.number };
  }
  const title = `Drift: stage ${stage} is not as it was deployed`;
  const body = `${markerOf(stage)}\n${driftMarkdown(found)}`;
  if (own === null) {
    const { number } = issue.pick({ number: true }).parse(await ask(place, "POST", "", { title, body }));
    return { deed: "made", number };
  }
  if (isOpen && own.body?.replaceAll("\r\n", "\n").trim() === body.trim()) {
    return { deed: "same", number: own.number };
  }
  await ask(place, "PATCH", `/${own.number}`, { title, body, ...(isOpen ? {} : { state: "open" }) });
  return { deed: isOpen ? "changed" : "opened again", number: own.number };
}

/** A stage's issue, open or closed; what was written to last comes first. */
async function ownIssue(place: Repository, stage: string): Promise<Issue | null> {
  for (let page = 1; ; page += 1) {
    const query = `?state=all&sort=updated&direction=desc&per_page=${perPage}&page=${page}`;
    const found = z.array(issue).parse(await ask(place, "GET", query));
    const own = found.find(
      ({ user, body, pull_request: pull }) =>
        pull === undefined && user?.type === "Bot" && body?.startsWith(markerOf(stage)) === true,
    );
    if (own !== undefined) return own;
    if (found.length < perPage) return null;
  }
}

async function ask(place: Repository, method: string, path: string, content?: object): Promise<unknown> {
  const sent = await send(`${place.api}/repos/${place.repository}/issues${path}`, {
    method,
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${place.token}` },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  });
  return answerOf(sent, `${method} issues`);
}

/** Puts the comment on a pull request: changes the one that carries the marker, or makes it. */
import { z } from "zod";
import { send } from "../edge/send.ts";
import { marker } from "./comment.ts";
import { answerOf } from "./github-answer.ts";

export interface GithubPlace {
  /** `https://api.github.com`, or another that speaks as it does. */
  readonly api: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
}

const perPage = 100;
const comments = z.array(
  z.object({
    id: z.number(),
    body: z.string().nullish(),
    user: z.object({ type: z.string() }).nullish(),
  }),
);

/**
 * Posts the comment, or updates it. Only a bot's comment is taken for ours: a person may quote the marker.
 * https://docs.github.com/en/rest/issues/comments
 *
 * @throws CliError `github-refused` with its status
 */
export async function postComment(place: GithubPlace, body: string): Promise<"made" | "changed"> {
  const issues = `${place.api}/repos/${place.repository}/issues`;
  for (let page = 1; ; page += 1) {
    const url = `${issues}/${place.number}/comments?per_page=${perPage}&page=${page}`;
    const found = comments.parse(await ask(place, "GET", url));
    const own = found.find((each) => each.user?.type === "Bot" && each.body?.startsWith(marker) === true);
    if (own !== undefined) {
      await ask(place, "PATCH", `${issues}/comments/${own.id}`, { body });
      return "changed";
    }
    if (found.length < perPage) break;
  }
  await ask(place, "POST", `${issues}/${place.number}/comments`, { body });
  return "made";
}

async function ask(place: GithubPlace, method: string, url: string, content?: object): Promise<unknown> {
  const sent = await send(url, {
    method,
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${place.token}` },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  });
  return answerOf(sent, `${method} comments`);
}

/**
 * Revisions of a Flow, https://www.twilio.com/docs/studio/rest-api/v2/flow-revision. Asked for by address: the list of Twilio's
 * own client (6.2) fails on every revision that it reads.
 */
import type { Twilio } from "twilio";
import { z } from "zod";

const answer = z.object({
  revisions: z.array(
    z.object({
      revision: z.coerce.number(),
      status: z.string(),
      commit_message: z.string().nullish(),
      date_created: z.coerce.date(),
      date_updated: z.coerce.date().nullish(),
    }),
  ),
});

export interface FlowRevision {
  readonly revision: number;
  readonly isPublished: boolean;
  readonly commitMessage: string;
  /** When it was saved, in milliseconds since 1970. */
  readonly at: number;
}

/** The newest revisions of a Flow, at most `most` of them, in one call. */
export async function flowRevisions(client: Twilio, flowSid: string, most: number): Promise<FlowRevision[]> {
  const uri = `https://studio.twilio.com/v2/Flows/${flowSid}/Revisions?PageSize=${most}`;
  const { body } = (await client.request({ method: "get", uri })) as { readonly body: unknown };
  const { revisions } = answer.parse(typeof body === "string" ? JSON.parse(body) : body);
  return revisions.map(({ revision, status, commit_message, date_created, date_updated }) => ({
    revision,
    isPublished: status === "published",
    commitMessage: commit_message ?? "",
    // date_created may be when the Flow was made first: a revision's own time is the later of the two.
    at: Math.max(date_created.getTime(), date_updated?.getTime() ?? 0),
  }));
}

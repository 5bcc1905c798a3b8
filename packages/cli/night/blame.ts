/** Which deployment brought a failure in, and which command undoes it. Pure. */
import type { Layer } from "./codes.ts";
import type { Failure, Group } from "./failure.ts";
import type { NightStage } from "./night-stage.ts";
import type { Published, Recorded } from "./record.ts";
import { clock } from "./words.ts";

export interface Blame {
  readonly published: Published;
  /** `revision 7 of line support at 14:02 ("kinder"), commit 0123456` */
  readonly words: string;
  /** The command that undoes it. */
  readonly undo: string;
}

/** What may have brought in a failure of a layer: a Flow's revision, a Build. Of the others no publication is guilty. */
const suspects: Readonly<Partial<Record<Layer, "revision" | "build">>> = {
  flow: "revision",
  function: "build",
};

/**
 * The publication after which a failure began: the last one of its kind before its first time, when Executions of the line ran
 * before that one in the record. Null when it is older than the record, or is no matter of what was published.
 */
export function blameOf(
  { stage, deployments }: Pick<NightStage, "stage" | "deployments">,
  { first, layer }: Pick<Group, "layer"> & { readonly first: Pick<Failure, "at" | "line"> },
  { published, executions, to }: Recorded,
): Blame | null {
  const suspect = suspects[layer];
  const guilty = published.findLast(
    ({ at, line, variables }) =>
      at <= first.at &&
      (suspect === "build"
        ? line === null && variables === undefined
        : suspect === "revision" && line === first.line),
  );
  if (guilty === undefined) return null;
  const ranBefore = executions.some(({ at, line }) => at < guilty.at && line === (first.line ?? line));
  if (!ranBefore) return null;
  return { published: guilty, words: publishedWords(guilty, to), undo: undoOf(stage, deployments, guilty) };
}

/** A publication in words: `revision 7 of line support at 14:02`. */
export function publishedWords({ at, message, commit, ...what }: Published, now: number): string {
  return [
    `${whatWas(what)} at ${clock(at, now)}`,
    message === "" ? "" : ` ("${message}")`,
    commit === null ? "" : `, commit ${commit.slice(0, 9)}`,
  ].join("");
}

/** What was published: `Build ZB…`, `revision 7 of line support`, `Variables SUPPORT_AGENTS`. */
export function whatWas({
  line,
  revision,
  buildSid,
  variables,
}: Pick<Published, "line" | "revision" | "buildSid" | "variables">): string {
  if (variables !== undefined) return `Variables ${variables.join(", ")}`;
  return line === null ? `Build ${buildSid ?? "none"}` : `revision ${revision ?? 0} of line ${line}`;
}

/** What puts back what was there before a publication. */
function undoOf(
  stage: string,
  deployments: NightStage["deployments"],
  { line, revision, buildSid, isDeployed }: Published,
): string {
  // A revision that no deployment made was saved in Studio's editor, and a roll-back does not know it.
  if (!isDeployed) {
    return line === null
      ? `npx pulumi up -s ${stage}`
      : `npx pulumi up -s ${stage} (it was saved in Studio's editor)`;
  }
  const at = deployments.findIndex((each) =>
    line === null
      ? buildSid !== null && each.buildSids.includes(buildSid)
      : each.revisions[line] === revision,
  );
  const before = deployments[at - 1];
  if (before === undefined) return `check out the commit before it, and npx pulumi up -s ${stage}`;
  const isLast = at === deployments.length - 1;
  const words = isLast || before.commit === null ? "" : ` --to ${before.commit.slice(0, 9)}`;
  return `npm run stage -- rollback ${stage}${words} --yes`;
}

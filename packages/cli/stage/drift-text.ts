/** Drift as people read it: in a terminal, and as the text of an issue. Pure. */
import type { Drift, Drifted } from "./drift-read.ts";

/** What a comparison of a stage found. */
export interface StageDrift {
  readonly stage: string;
  readonly drift: Drift;
}

/** What is done about a resource. */
function wayOut(stage: string, { deed, type }: Drifted): string {
  if (deed === "changed" && type === "twilio:studio:Flow") {
    return `npx studio pull <template> --stage ${stage} takes it into the code; npx pulumi up stops until then`;
  }
  return deed === "gone"
    ? `npx pulumi up --refresh -s ${stage} makes it again`
    : `npx pulumi up --refresh -s ${stage} writes what the code says; to keep it, write it into the code`;
}

const head = ({ deed, type, name }: Drifted) =>
  deed === "gone" ? `${name} (${type}) is no longer at Twilio` : `${name} (${type}) is otherwise at Twilio`;

/** As a terminal shows it. */
export function driftText({ stage, drift }: StageDrift): string {
  if ("failed" in drift) return `${stage}  could not be compared: ${drift.failed}`;
  if (drift.drifted.length === 0) return `${stage}  as deployed`;
  const count =
    drift.drifted.length === 1 ? "one resource differs" : `${drift.drifted.length} resources differ`;
  return [
    `${stage}  ${count}`,
    ...drift.drifted.flatMap((each) => [
      `  ${head(each)}`,
      ...each.words.map((line) => `    ${line}`),
      `    -> ${wayOut(stage, each)}`,
    ]),
  ].join("\n");
}

/** An issue has 65,536 characters at most; some room is left. */
const mostCharacters = 60_000;
const mostWords = 60;

/** As Markdown, without a time in it: the same drift is the same text. */
export function driftMarkdown({ stage, drift }: StageDrift): string {
  if ("failed" in drift) return `### Stage ${stage}\n\n**Could not be compared:** ${plain(drift.failed)}\n`;
  if (drift.drifted.length === 0) return `### Stage ${stage}\n\nTwilio has what was deployed.\n`;
  const parts = drift.drifted.map((each) => {
    const rest = each.words.length - mostWords;
    return [
      `**${plain(head(each))}**`,
      [
        ...each.words.slice(0, mostWords).map((line) => `- ${plain(line.slice(0, 400))}`),
        ...(rest > 0 ? [`- …and ${rest} more`] : []),
      ].join("\n"),
      `\`${wayOut(stage, each)}\``,
    ]
      .filter(Boolean)
      .join("\n\n");
  });
  return `### Stage ${stage}\n\nSomebody changed at Twilio what this project deployed.\n\n${fitting(parts)}\n`;
}

/** As many parts as have room. */
function fitting(parts: readonly string[]): string {
  let length = 0;
  const taken = parts.filter((part) => (length += part.length) <= mostCharacters);
  const left = parts.length - taken.length;
  return [...taken, ...(left === 0 ? [] : [`…and ${left} more; the run's log has them.`])].join("\n\n");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", "@": "&#64;", "#": "&#35;" };

/** Text that means nothing to Markdown, on one line, and calls nobody by `@`. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[&<@#\\`*_[\]|~!]/g, (each) => entities[each] ?? `\\${each}`);
}

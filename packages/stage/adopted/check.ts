/** What is wrong with an adopted stage, without asking anybody: where its Functions are, its Flow's beginning, and who else answers. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project.ts";
import type { Adopted, Stage } from "../stage.ts";

/** The event that begins a Flow, by who answers (https://www.twilio.com/docs/studio/widget-library/trigger-start). */
const beginnings = { conversations: "incomingConversationMessage", webhook: "incomingMessage" } as const;

/** Faults of an adopted stage: its folders of Functions, and how its Flows begin. */
export async function adoptedStageFaults(
  project: Project,
  stage: Stage,
  { isShort, lines, functions }: Adopted,
): Promise<string[]> {
  const missing = Object.entries(functions).flatMap(([name, { folder: of }]) => {
    const folder = `functions/adopted/${of}`;
    if (existsSync(join(project.folder, folder))) return [];
    const key = isShort ? "adopted.functions.folder" : `adopted.functions.${name}.folder`;
    return [`${key}: there is no folder ${folder}; adopt the line again, or fix the name`];
  });
  if (missing.length > 0) return missing;
  const faults = stage.lines.map(async ({ name, flow }) => {
    const { answeredBy = "conversations" } = lines[name] ?? {};
    const { template } = await project.template(flow);
    const trigger = template.states.find(({ type }) => type === "trigger");
    const begins = trigger?.transitions?.some(
      ({ event, next }) => event === beginnings[answeredBy] && (next ?? "") !== "",
    );
    const key = isShort ? "adopted.answeredBy" : `adopted.lines.${name}.answeredBy`;
    return begins === true
      ? []
      : [
          `${key} "${answeredBy}": the Flow ${flow} does nothing at ${beginnings[answeredBy]}, so customers would get no answer; draw a transition there first`,
        ];
  });
  return (await Promise.all(faults)).flat();
}

/**
 * Stages that answer a number which another stage answers too: customers would be answered twice.
 *
 * @returns by stage, a fault for each such number
 */
export function answeredTwice(stages: readonly Stage[]): Map<string, string[]> {
  const lines = stages.flatMap(({ name, accountSid, lines: own }) =>
    own.map(({ address, name: line }) => ({ stage: name, key: `${accountSid} ${address}`, address, line })),
  );
  const faults = new Map<string, string[]>();
  for (const { stage, key, address, line } of lines) {
    const others = lines.filter((other) => other.key === key && other.stage !== stage);
    if (others.length === 0) continue;
    const named = others.map((other) => `line ${other.line} of stage ${other.stage}`).join(" and ");
    const fault = `line ${line}: ${address} is answered by ${named} too, in the same account; one number has one answer`;
    faults.set(stage, [...(faults.get(stage) ?? []), fault]);
  }
  return faults;
}

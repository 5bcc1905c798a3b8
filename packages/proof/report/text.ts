/** A comparison as text: what differs first, field by field. */
import type { DifferentField, Proof } from "@support-line/local-twilio/proof";
import type { Comparison } from "../compare.ts";

/** Longest value that a line shows. */
const longest = 110;

export interface Page {
  readonly comparison: Comparison;
  readonly proof: Proof;
  /** Who was asked: `stage dev`. */
  readonly asked: string;
}

/** The page as text, for a terminal. */
export function textPage({ comparison, proof, asked }: Page): string {
  const { equal, different, notAsked } = comparison;
  const lines = [headline({ comparison, proof, asked }), ""];
  for (const { id, asks, source, fields } of different) {
    lines.push(`${id}`, `  asks      ${asks}`, `  source    ${source}`);
    const about = proof.differences.find((each) => each.id === id);
    if (about !== undefined) lines.push(`  matters   ${about.matters}`);
    for (const field of fields) lines.push(...fieldLines(field));
    lines.push("");
  }
  const positions = Object.entries(proof.switches);
  if (positions.length > 0) {
    lines.push("Switches that were seen:");
    for (const [name, position] of positions) lines.push(`  ${name}: ${String(position)}`);
    lines.push("");
  }
  if (notAsked.length > 0) {
    lines.push("Not asked:");
    for (const [why, ids] of byReason(notAsked)) lines.push(`  ${why}`, `    ${ids.join(", ")}`);
    lines.push("");
  }
  lines.push(`${equal.length} facts are equal.`);
  return `${lines.join("\n")}\n`;
}

/** One sentence with the numbers. */
export function headline({ comparison: { equal, different, notAsked }, asked }: Page): string {
  const whole = equal.length + different.length;
  return `${asked}: of ${whole} facts, ${equal.length} are as on the local Twilio and ${different.length} differ; ${notAsked.length} were not asked.`;
}

/** What was not asked, by the reason. */
export function byReason(
  notAsked: Comparison["notAsked"],
): readonly (readonly [string, readonly string[]])[] {
  const reasons = Map.groupBy(notAsked, ({ why }) => why);
  return [...reasons].map(([why, questions]) => [why, questions.map(({ id }) => id)] as const);
}

function fieldLines({ path, twilio, local }: DifferentField): string[] {
  return [
    `  ${path === "" ? "answer" : path}`,
    `    Twilio  ${valueText(twilio)}`,
    `    local   ${valueText(local)}`,
  ];
}

/** A value in a line. */
export function valueText(value: unknown): string {
  if (value === undefined) return "missing";
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

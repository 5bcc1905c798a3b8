/** Two runs of the same probes, beside each other. Pure. */
import type { DifferentField, Fact, Seen, Unasked } from "@support-line/local-twilio/proof";

/** What one Twilio was asked. */
export interface Run {
  readonly facts: readonly Fact[];
  readonly notAsked: readonly Unasked[];
}

export interface Compared {
  readonly id: string;
  readonly asks: string;
  readonly source: string;
}

export interface Comparison {
  readonly equal: readonly Compared[];
  readonly different: readonly (Compared & { readonly fields: readonly DifferentField[] })[];
  readonly notAsked: readonly (Compared & { readonly why: string })[];
}

/** Compares what Twilio answered with what the local one did. A question that either was not asked is compared by nobody. */
export function compare(twilio: Run, local: Run): Comparison {
  const there = new Map(local.facts.map((fact) => [fact.id, fact]));
  const equal: Compared[] = [];
  const different: Comparison["different"][number][] = [];
  const notAsked: Comparison["notAsked"][number][] = [...twilio.notAsked];
  const unasked = new Map(local.notAsked.map(({ id, why }) => [id, why]));
  for (const { id, asks, source, saw } of twilio.facts) {
    const other = there.get(id);
    if (other === undefined) {
      notAsked.push({
        id,
        asks,
        source,
        why: `not of the local Twilio: ${unasked.get(id) ?? "it has no such question"}`,
      });
      continue;
    }
    const fields = fieldsThatDiffer(saw, other.saw);
    if (fields.length === 0) equal.push({ id, asks, source });
    else different.push({ id, asks, source, fields });
  }
  return { equal, different, notAsked };
}

/** The places in which two values differ, each as deep as objects go; a list is one value. */
export function fieldsThatDiffer(
  twilio: Seen | undefined,
  local: Seen | undefined,
  path = "",
): DifferentField[] {
  if (isObject(twilio) && isObject(local)) {
    const keys = [...new Set([...Object.keys(twilio), ...Object.keys(local)])];
    return keys.flatMap((key) =>
      fieldsThatDiffer(twilio[key], local[key], path === "" ? key : `${path}.${key}`),
    );
  }
  if (JSON.stringify(twilio) === JSON.stringify(local)) return [];
  return [{ path, ...(twilio === undefined ? {} : { twilio }), ...(local === undefined ? {} : { local }) }];
}

function isObject(value: Seen | undefined): value is { [key: string]: Seen } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What comes of two runs: the proof, which is sent and kept. */
import type { Proof } from "@support-line/local-twilio/proof";
import type { Comparison, Run } from "./compare.ts";
import manifest from "./package.json" with { type: "json" };
import type { Probe } from "./probe.ts";
import { positionsSeen } from "./positions.ts";

/** The proof of a run on Twilio, and of what it differs in from the local one. */
export function proofOf(
  of: Proof["of"],
  at: Date,
  twilio: Run,
  comparison: Comparison,
  probes: readonly Probe[],
): Proof {
  const about = new Map(
    probes.flatMap(({ questions, matters }) => questions.map((each) => [each.id, { ...each, matters }])),
  );
  return {
    format: 1,
    of,
    at: at.toISOString().slice(0, 10),
    version: manifest.version,
    facts: [...twilio.facts],
    notAsked: [...twilio.notAsked],
    switches: positionsSeen(twilio.facts),
    differences: comparison.different.map(({ id, asks, source, fields }) => {
      const { matters = "", touches = [] } = about.get(id) ?? {};
      return { id, asks, source, matters, touches: [...touches], fields: [...fields] };
    }),
  };
}

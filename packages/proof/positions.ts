/** Positions of the local Twilio's switches, as the facts about them show them. */
import type { Fact } from "@support-line/local-twilio/proof";
import { switches, type SwitchName, type Switches } from "@support-line/local-twilio";

/** A fact about a switch is called after it, and what it saw is a position; everything else leaves the switch alone. */
export function positionsSeen(facts: readonly Fact[]): Partial<Switches> {
  const seen = facts.flatMap(({ id, saw }) => {
    const name = id.replace(/^switches\./, "") as SwitchName;
    const positions: readonly unknown[] = Object.hasOwn(switches, name) ? switches[name].positions : [];
    return positions.includes(saw) ? [[name, saw] as const] : [];
  });
  return Object.fromEntries(seen);
}

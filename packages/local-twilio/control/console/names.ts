/** What is called how: the stage that is deployed here and its agents, as whoever deployed it has told. Twilio knows neither. */
import type { Twilio } from "../../product.ts";
import { openSettings } from "../../store/settings.ts";

export interface Names {
  /** `local`; null where nobody told. */
  readonly stage: string | null;
  readonly lines: readonly Named[];
  /** Agents. */
  readonly people: readonly Named[];
}

export interface Named {
  readonly address: string;
  readonly name: string;
}

const key = "names";

/** What was told last. */
export function namesNow({ store }: Twilio): Names {
  const kept = openSettings(store.database).get(key);
  return kept === undefined ? { stage: null, lines: [], people: [] } : (JSON.parse(kept) as Names);
}

/** Keeps what is told, and tells whoever follows. */
export function keepNames(twilio: Twilio, names: Names): void {
  openSettings(twilio.store.database).set(key, JSON.stringify(names));
  twilio.events.append("deployment.named", twilio.settings.accountSid, null, { stage: names.stage });
}

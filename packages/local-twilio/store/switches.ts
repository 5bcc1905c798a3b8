/** The positions of the switches, kept over restarts. */
import { defaultSwitches, type Switches } from "../switches.ts";
import type { Settings } from "./settings.ts";

export interface SwitchPositions {
  current(): Switches;
  set(positions: Partial<Switches>): void;
  /** Reads them anew: the store went back to an earlier moment. */
  reload(): void;
}

/** Opens them: what the store keeps, then `given`, then the defaults. */
export function openSwitches(settings: Settings, given: Partial<Switches> = {}): SwitchPositions {
  const read = (): Partial<Switches> => JSON.parse(settings.get("switches") ?? "{}") as Partial<Switches>;
  let positions: Switches = { ...defaultSwitches, ...read(), ...given };
  const set = (changed: Partial<Switches>): void => {
    positions = { ...positions, ...changed };
    settings.set("switches", JSON.stringify(positions));
  };
  if (Object.keys(given).length > 0) set({});
  return {
    current: () => positions,
    set,
    reload() {
      positions = { ...defaultSwitches, ...given, ...read() };
    },
  };
}

/** The positions of the unknowns, kept over restarts. */
import { defaultUnknowns, unknowns, type UnknownName, type Unknowns } from "../unknowns.ts";
import type { Settings } from "./settings.ts";

export interface UnknownPositions {
  current(): Unknowns;
  set(positions: Partial<Unknowns>): void;
}

/** Whether `name` is an unknown. */
export function isUnknown(name: string): name is UnknownName {
  return Object.hasOwn(unknowns, name);
}

/** Opens them: what the store keeps, then `given`, then the defaults. */
export function openUnknowns(settings: Settings, given: Partial<Unknowns> = {}): UnknownPositions {
  const read = (): Partial<Unknowns> => JSON.parse(settings.get("unknowns") ?? "{}") as Partial<Unknowns>;
  let positions: Unknowns = { ...defaultUnknowns, ...read(), ...given };
  const set = (changed: Partial<Unknowns>): void => {
    positions = { ...positions, ...changed };
    settings.set("unknowns", JSON.stringify(positions));
  };
  if (Object.keys(given).length > 0) set({});
  return { current: () => positions, set };
}

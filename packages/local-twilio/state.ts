/** What a part of the local Twilio keeps in memory: one value for each local Twilio, opened when it is first asked for. */
import type { Twilio } from "./product.ts";

export interface State<Value> {
  readonly open: (twilio: Twilio) => Value;
  /**
   * Whether the value says something of the store (timers that are armed, what was read lately). It goes when the store
   * goes back to an earlier moment, by a reset or a roll-back. Prepared statements and processes stay.
   */
  readonly ofStore: boolean;
}

/** The values of one local Twilio. */
export interface States {
  readonly of: <Value>(state: State<Value>) => Value;
  /** The store went back to an earlier moment. */
  forget(): void;
}

/** No value is open at first. */
export function openStates(twilio: () => Twilio): States {
  const values = new Map<State<unknown>, unknown>();
  return {
    of<Value>(state: State<Value>): Value {
      if (!values.has(state)) values.set(state, state.open(twilio()));
      return values.get(state) as Value;
    },
    forget() {
      for (const state of values.keys()) if (state.ofStore) values.delete(state);
    },
  };
}

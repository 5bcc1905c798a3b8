import { looksSecret } from "@support-line/twilio-api/looks-secret";
import { Secret, secret, type ValueMap } from "../values/value.ts";
import { textAt } from "../values/place.ts";
import type { Session, State } from "./lifecycle.ts";
import { PlainLifecycle } from "./plain.ts";

/**
 * Variables of Functions. Twilio shows their values to everybody who may read the account, and nobody has said yet which of
 * them are secrets when one is imported: what looks like one is kept encrypted from the start.
 * https://www.twilio.com/docs/serverless/api/resource/variable
 */
export class VariableLifecycle extends PlainLifecycle {
  override async read(session: Session, state: State): Promise<State | undefined> {
    const found = await super.read(session, state);
    if (found === undefined || Object.keys(state.inputs).length > 0) return found;
    const { inputs, outputs } = found;
    if (!looksSecret(textAt(inputs, "key"), textAt(inputs, "value"))) return found;
    return { ...found, inputs: hidden(inputs), outputs: hidden(outputs) };
  }
}

function hidden(values: ValueMap): ValueMap {
  const { value } = values;
  return value === undefined || value instanceof Secret ? values : { ...values, value: secret(value) };
}

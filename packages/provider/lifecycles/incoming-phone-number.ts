import { textAt } from "../values/place.ts";
import type { JsonMap, ValueMap } from "../values/value.ts";
import { plainRequest } from "../translate/inputs-to-request.ts";
import type { Session } from "./lifecycle.ts";
import { PlainLifecycle } from "./plain.ts";

/**
 * A number of the account. One that the account has already is set up as the program says and not bought again: Twilio refuses
 * to sell it twice (21422), and a number is mostly there before its line.
 * https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
 */
export class IncomingPhoneNumberLifecycle extends PlainLifecycle {
  override async create(session: Session, inputs: ValueMap): Promise<{ id: string; outputs: ValueMap }> {
    const owned = await this.#owned(session, inputs);
    if (owned === undefined) return super.create(session, inputs);
    const id = this.idOf(owned, inputs);
    const state = { id, inputs: {}, outputs: this.outputs(owned, inputs) };
    return { id, outputs: await this.update(session, state, inputs) };
  }

  /** The number as the account has it; undefined when it is to be bought. */
  async #owned(session: Session, inputs: ValueMap): Promise<JsonMap | undefined> {
    const wanted = e164(textAt(inputs, "phoneNumber"));
    const { list } = this.row.operations;
    if (wanted === "+" || list === undefined || this.row.list === null) return undefined;
    const request = plainRequest(this.row, list, this.path(session, inputs));
    for await (const entry of session.client.list(
      request,
      this.row.list.key,
      this.purpose(session, "Reading"),
    )) {
      const number = entry["phone_number"];
      if (typeof number === "string" && e164(number) === wanted) return entry;
    }
    return undefined;
  }
}

const e164 = (number: string): string => `+${number.replace(/\D/g, "")}`;

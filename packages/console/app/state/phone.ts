/** Phones in what the page knows. */
import type { Model, Phone } from "./model.ts";

export type { Phone, PhoneMessage } from "./model.ts";

/** The model with a phone as it is now. */
export function withPhone(model: Model, phone: Phone): Model {
  return { ...model, phones: { ...model.phones, [phone.address]: phone } };
}

/**
 * What webhooks carry, as data: each field with what it says and where it is known from, so that a reader can tell
 * what Twilio was seen to send from what its pages promise.
 */

/** Where it is known from that a webhook carries a field. */
export type KnownFrom =
  /** It stood in a request of Twilio's that somebody recorded and published. */
  | "recorded"
  /** Twilio's page on the webhook names it; no record showed it. */
  | "documented";

/** One field of a webhook about `About`. What comes to null is left out, as Twilio leaves out what is not set. */
export interface Field<About> {
  readonly known: KnownFrom;
  readonly value: (about: About) => string | null;
}

/** The fields of a webhook by their wire names. */
export type Fields<About> = Readonly<Record<string, Field<About>>>;

/** A field that was seen. */
export function recorded<About>(value: Field<About>["value"]): Field<About> {
  return { known: "recorded", value };
}

/** A field that a page names. */
export function documented<About>(value: Field<About>["value"]): Field<About> {
  return { known: "documented", value };
}

/** The parameters that a webhook about this carries. */
export function parametersOf<About>(fields: Fields<About>, about: About): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { value }]) => {
      const said = value(about);
      return said === null ? [] : [[name, said]];
    }),
  );
}

import type { CheckFailure } from "./translate/inputs-to-checked.ts";
import { reveal, Unknown, type ValueMap } from "./values/value.ts";
import { textAt } from "./values/place.ts";

/**
 * Bytes of JSON that Twilio gives to all that a Function is told: the account, the domain, the path and the Variables.
 * Twilio takes more Variables than that, and then invocations fail: https://www.twilio.com/docs/api/errors/82006.
 */
const room = 3 * 1024;

const tokens = { environment: "twilio:serverless:Environment", variable: "twilio:serverless:Variable" };

/** An Environment that is not made yet, in a preview: the only one of its program. */
const theOnlyOne = "";

interface Held {
  readonly environment: string;
  readonly key: string;
  readonly value: string;
}

/**
 * Adds up the Variables that a program declares for an Environment, so that too many are an error of the preview and not
 * of the first customer's message. No call is made for it: Variables that somebody else put there are not counted.
 */
export class EnvironmentRoom {
  readonly #environments = new Set<string>();
  readonly #held = new Map<string, Held>();

  /** What is wrong with one more checked resource: a Variable that its Environment has no room for. */
  check({ token, urn }: { readonly token: string; readonly urn: string }, inputs: ValueMap): CheckFailure[] {
    if (token === tokens.environment) this.#environments.add(urn);
    if (token !== tokens.variable) return [];
    const environment = this.#environmentOf(inputs);
    if (environment === undefined) return [];
    this.#held.set(urn, { environment, key: textAt(inputs, "key"), value: textAt(inputs, "value") });
    const together = [...this.#held.values()].filter((held) => held.environment === environment);
    const variables = Object.fromEntries(together.map(({ key, value }) => [key, value]));
    const bytes = Buffer.byteLength(JSON.stringify(variables));
    if (bytes <= room) return [];
    const reason = `with ${textAt(inputs, "key")} the Variables of this Environment take ${bytes} bytes, and Twilio gives an Environment ${room} (3 kB of JSON; the account, the domain and the path count too): its Functions would fail with error 82006. Shorten or drop Variables, put long texts into a private Asset, or spread the Functions over several Services.`;
    return [{ property: "value", reason }];
  }

  #environmentOf({ environmentSid = null }: ValueMap): string | undefined {
    const sid = reveal(environmentSid);
    if (typeof sid === "string") return sid;
    return sid instanceof Unknown && this.#environments.size === 1 ? theOnlyOne : undefined;
  }
}

import { RequestError, type Run } from "./handler.ts";

/**
 * Now, milliseconds since 1970: what the Flow says (`{{"now" | date: "%s"}}`, seconds), so that a Flow and its Functions
 * go by one clock, and this machine's clock when the Flow says nothing.
 *
 * @throws RequestError when it says something else
 */
export function nowOf({ optional }: Run): number {
  const given = optional("now");
  if (given === undefined) return Date.now();
  const seconds = Number(given);
  if (Number.isFinite(seconds)) return seconds * 1000;
  throw new RequestError("the parameter now is not a time in seconds since 1970");
}

/** Answers that come later: Twilio takes a write, and an operation says when it is done. */
import type { Later, Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { textAt } from "../values/place.ts";
import { isMap, type JsonMap } from "../values/value.ts";
import { awaitStatus } from "./await-status.ts";
import type { Session } from "./lifecycle.ts";
import type { PlainLifecycle } from "./plain.ts";

/** As long as a resource is waited for that says nothing else with `customTimeouts`. */
const longestMs = 600_000;

/**
 * Waits until what an answer promised is done.
 *
 * @param answer of a write; without a `statusUrl` it was done at once
 * @returns the operation at its end, or the answer itself
 * @throws ProviderError `later-failed` with Twilio's reason, `later-endless`
 */
export async function done(
  life: PlainLifecycle,
  later: Later,
  session: Session,
  answer: JsonMap,
  what: string,
): Promise<JsonMap> {
  const statusUrl = textAt(answer, "statusUrl");
  if (statusUrl === "") return answer;
  const { pathname, search } = new URL(statusUrl, `https://${life.row.host}`);
  const request = { method: "GET", host: life.row.host, path: pathname + search, form: [] } as const;
  const asking = life.purpose(session, `${what} (waiting for Twilio)`);
  const operation = await awaitStatus({
    poll: async () => {
      const body = await session.client.send(request, asking);
      const status = textAt(body, "status");
      return [...later.done, ...later.failed].includes(status) ? body : undefined;
    },
    progress: (seconds) => session.progress(`Twilio is at it, ${seconds} s`),
    signal:
      asking.deadline === undefined ? session.signal : AbortSignal.any([session.signal, asking.deadline]),
    longestMs,
  });
  if (operation === undefined) {
    throw new ProviderError("later-endless", { what: asking.what, seconds: longestMs / 1000 });
  }
  if (later.failed.includes(textAt(operation, "status"))) throw refused(operation, asking.what);
  return operation;
}

function refused(operation: JsonMap, what: string): ProviderError {
  const { error } = operation;
  const told = error !== undefined && isMap(error) ? error : {};
  const reason = textAt(told, "detail") || textAt(told, "title") || "Twilio gives no reason";
  return new ProviderError("later-failed", {
    what,
    reason: reason.replace(/\.$/, ""),
    advice: "Correct what it names and run `pulumi up` again.",
  });
}

/** What a finished operation says was made; undefined where it does not say so. */
export function madeBy({ later }: Resource, operation: JsonMap): string | undefined {
  if (later === undefined) return undefined;
  let value: JsonMap[string] | undefined = operation;
  for (const name of later.id.split(".")) {
    value = value !== undefined && isMap(value) ? value[name] : undefined;
  }
  return typeof value === "string" ? value : undefined;
}

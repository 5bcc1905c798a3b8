/** What the local Twilio does not play says so: an answer that Twilio never gives, and a problem in `status`. */
import { isResource, type OperationName, type Resource } from "@support-line/twilio-api";
import type { Behaviour, Body, RawResponse } from "../product.ts";
import { hosts, parameterRow, servingOf } from "../served.ts";
import { jsonAnswer } from "./json-answer.ts";

/** Beyond the codes that Twilio has, which have five digits. */
export const notPlayedCode = 100_501;

export type NotPlayedKind = "host" | "path" | "resource" | "parameter" | "value";

export class NotPlayed extends Error {
  readonly kind: NotPlayedKind;
  readonly documented: string;

  constructor(kind: NotPlayedKind, message: string, documented: string) {
    super(message);
    this.name = "NotPlayed";
    this.kind = kind;
    this.documented = documented;
  }
}

/** The answer: 501, and a body that Twilio's clients read as an error. */
export function notPlayedAnswer({ kind, message, documented }: NotPlayed): RawResponse {
  const body = {
    code: notPlayedCode,
    message,
    more_info: documented,
    status: 501,
    not_played: kind,
  };
  return jsonAnswer(501, body);
}

/** A host that no product answers at. */
export function hostNotPlayed(host: string): NotPlayed {
  const row = hosts.find(({ host: like }) => like.test(host));
  return new NotPlayed(
    "host",
    row === undefined
      ? `The local Twilio plays nothing at ${host}.`
      : `The local Twilio does not play ${host}: ${row.what}.`,
    row?.documented ?? "https://www.twilio.com/docs/api",
  );
}

/** A path of a host that is played, which neither Twilio's OpenAPI documents nor anything here has. */
export function pathNotPlayed(host: string, path: string): NotPlayed {
  const message = `The local Twilio knows no ${host}${path}, and Twilio's OpenAPI documents have none: a wrong path, or a part of Twilio that is not played here.`;
  return new NotPlayed("path", message, "https://www.twilio.com/docs/api");
}

/**
 * Says so where a request is for what is not played.
 *
 * @throws NotPlayed
 */
export function refuseNotPlayed(
  resource: Resource,
  operation: OperationName,
  behaviour: Behaviour,
  input: Body,
): void {
  const hasBehaviour = Object.keys(behaviour).length > 0;
  if (servingOf(resource, hasBehaviour) === "not played") {
    const why = isResource(resource) ? "" : ": nothing here makes or does what it is about";
    const message = `The local Twilio does not play ${operation} of ${resource.token}${why}.`;
    throw new NotPlayed("resource", message, documentedAt(resource));
  }
  for (const parameter of Object.keys(input)) {
    const row = parameterRow(resource.token, operation, parameter);
    if (row === undefined) continue;
    const message = `The local Twilio does not play ${parameter} of ${resource.token}: ${row.what}.`;
    throw new NotPlayed("parameter", message, row.documented);
  }
}

/** Where Twilio documents a product. */
function documentedAt({ product }: Resource): string {
  return `https://www.twilio.com/docs/${product}`;
}

/** What one webhook carried, a field a fact, as questions and as what was seen. */
import type { Asked, Question } from "../../probe.ts";
import type { Recorded } from "../deployed.ts";

/** A question for each field, and one for fields that nobody expected. */
export function questionsOf(event: string, fields: readonly string[], source: string): Question[] {
  const touches = [`event:${event}`];
  return [
    ...fields.map((field) => ({
      id: `webhooks.${event}.${field}`,
      asks: `${field} of ${event}`,
      source,
      touches,
    })),
    { id: `webhooks.${event}.others`, asks: `other fields of ${event}`, source, touches },
  ];
}

/** Says what it carried; of an event that did not come, that. */
export function seeFields(
  asked: Asked,
  event: string,
  fields: readonly string[],
  recorded: Recorded | undefined,
): void {
  for (const field of fields) {
    asked.saw(
      `webhooks.${event}.${field}`,
      recorded === undefined ? "the event did not come" : (recorded.parameters[field] ?? "missing"),
    );
  }
  const others = Object.keys(recorded?.parameters ?? {}).filter((name) => !fields.includes(name));
  asked.saw(`webhooks.${event}.others`, recorded === undefined ? "the event did not come" : others.sort());
}

const headers = [
  "content-type",
  "accept",
  "user-agent",
  "x-home-region",
  "x-twilio-signature",
  "host",
] as const;

/** Questions about the headers of a kind of webhook. */
export function headerQuestions(kind: string): Question[] {
  const source = "recorded: headers of webhooks";
  return [
    ...headers.map((name) => ({
      id: `webhooks.headers.${kind}.${name}`,
      asks: `${name} of ${kind}`,
      source,
    })),
    {
      id: `webhooks.headers.${kind}.signed`,
      asks: `whether Twilio's library takes the signature of ${kind}`,
      source: "https://www.twilio.com/docs/usage/security",
    },
  ];
}

/** Says what headers it had; of those that differ from call to call, whether they were there. */
export function seeHeaders(asked: Asked, kind: string, recorded: Recorded | undefined): void {
  if (recorded === undefined) return;
  for (const name of headers) {
    const value = recorded.headers[name];
    const isSecret = name === "x-twilio-signature" || name === "host";
    asked.saw(
      `webhooks.headers.${kind}.${name}`,
      value === undefined ? "missing" : isSecret ? "there" : value,
    );
  }
  asked.saw(`webhooks.headers.${kind}.signed`, recorded.signed);
}

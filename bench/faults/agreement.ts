import { Secret, reveal, type JsonMap, type ValueMap } from "../../packages/provider/values/value.ts";
import type { Said } from "./reference-stage.ts";
import type { State } from "./stand-in-engine.ts";

/** What Twilio has of a type. */
export type Seen = (token: string) => readonly { readonly sid: string; readonly body: JsonMap }[];

/** What Twilio has at this moment, whatever becomes of it later. */
export function snapshot(now: Seen, tokens: readonly string[] = counted): Seen {
  const seen = new Map(tokens.map((token) => [token, now(token)] as const));
  return (token) => seen.get(token) ?? [];
}

const serverless = "twilio:serverless:";

/** Types of which Twilio must have just what the state has. */
const counted = [
  `${serverless}Service`,
  `${serverless}Environment`,
  `${serverless}Function`,
  `${serverless}Build`,
  `${serverless}Variable`,
  "twilio:studio:Flow",
  "twilio:conversations:Service",
  "twilio:conversations:AddressConfiguration",
];

/**
 * Types of which Twilio has something that the state does not have, or the other way round; what was there before may be taken over.
 *
 * @param named what somebody was told of: its SID stands in it
 */
export function strayThings(
  state: State,
  before: Seen,
  now: Seen,
  tokens: readonly string[] = counted,
  named = "",
): string[] {
  return tokens.flatMap((token) => {
    const known = [...state.values()]
      .filter((kept) => kept.token === token)
      .map(({ id }) => keyOf(id))
      .toSorted();
    const standing = new Set(before(token).map(({ sid }) => sid));
    const there = now(token)
      .map(({ sid }) => keyOf(sid))
      .filter((sid) => known.includes(sid) || !(standing.has(sid) || named.includes(`${sid}, `)))
      .toSorted();
    if (there.join() === known.join()) return [];
    return [`${token}: Twilio has ${there.join(" ")}, the state ${known.join(" ")}`];
  });
}

/** What is called by a key has its parents' names before it where it is kept. */
const keyOf = (id: string) => id.split("/").at(-1) ?? id;

/** Where the state and Twilio do not say the same. */
export function disagreements(state: State, before: Seen, now: Seen, said: Said): string[] {
  const problems = strayThings(state, before, now);
  const outputs = (name: string): ValueMap => state.get(name)?.outputs ?? {};
  const [environment] = now(`${serverless}Environment`);
  if (environment?.body["build_sid"] !== outputs("build")["sid"]) {
    problems.push("the Environment does not run the Build of the state");
  }
  const [variable] = now(`${serverless}Variable`);
  const value = outputs("variable")["value"];
  if (variable?.body["value"] !== said.agents) problems.push("the Variable has another value at Twilio");
  if (!(value instanceof Secret)) problems.push("the Variable is no secret in the state");
  if (value !== undefined && reveal(value) !== said.agents) {
    problems.push("the Variable has another value here");
  }
  const flow = now("twilio:studio:Flow").find(({ sid }) => sid === outputs("flow")["sid"]);
  if (!JSON.stringify(flow?.body["definition"] ?? null).includes(said.wording)) {
    problems.push("the Flow says something else at Twilio");
  }
  if (flow?.body["revision"] !== outputs("flow")["revision"]) {
    problems.push("the Flow is at another revision than the state knows");
  }
  return problems;
}

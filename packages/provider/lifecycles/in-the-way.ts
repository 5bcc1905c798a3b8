/** What stands where a resource is to be made: whose it is, and what a person does about it. */
import { ProviderError } from "../errors.ts";
import { fillPath, plainRequest } from "../translate/inputs-to-request.ts";
import { responseToInputs } from "../translate/response-to-outputs.ts";
import { textAt } from "../values/place.ts";
import type { JsonMap, ValueMap } from "../values/value.ts";
import { importIdOf } from "./import-id.ts";
import type { Session } from "./lifecycle.ts";
import { deleteByHand, mayHaveBegunElsewhere } from "./lost.ts";
import { uniqueInputs, type PlainLifecycle } from "./plain.ts";

/** What is to be made, and for whom. */
export interface Place {
  readonly life: PlainLifecycle;
  readonly session: Session;
  readonly inputs: ValueMap;
}

/** Something else has the name that only one can have: what it is; the refusal alone where nobody can look. */
export async function inTheWay(
  place: Place,
  listed: AsyncIterable<JsonMap>,
  error: unknown,
): Promise<unknown> {
  const { life, inputs } = place;
  const others: JsonMap[] = [];
  try {
    for await (const one of listed) others.push(one);
  } catch {
    return error;
  }
  for (const one of others) {
    const body = life.shown(one);
    const now = responseToInputs(life.row, body, inputs);
    const names = uniqueInputs.filter((name) => inputs[name] !== undefined);
    const changed = life.diff({ id: "", inputs: now, outputs: {} }, inputs).changes;
    if (names.length === 0 || !names.some((name) => !changed.some(({ path }) => path[0] === name))) {
      continue;
    }
    return itIsThere(place, one, error);
  }
  return error;
}

/** Somebody's, or what a deployment of ours that died made under another name of the program. */
function itIsThere(place: Place, body: JsonMap, cause: unknown): ProviderError {
  const { life, session, inputs } = place;
  const words = wordsOf(place, body);
  const left = session.journal.abandoned().find(({ id }) => id === words["id"]);
  if (left === undefined) {
    const code = mayHaveBegunElsewhere(session) ? "create-there" : "create-in-the-way";
    return new ProviderError(code, words, { cause });
  }
  const quoted = JSON.stringify(left.urn.split("::").at(-1) ?? "");
  const remove = deleteLine(life, session, inputs, words["id"] ?? "");
  return new ProviderError(
    "create-left",
    { ...words, other: quoted, quoted, remove: remove ?? "" },
    { cause },
  );
}

/** What the errors about a thing that is there say of it. */
export function wordsOf({ life, session, inputs }: Place, body: JsonMap): Record<string, string> {
  const id = life.idOf(body, inputs);
  const name = session.urn.split("::").at(-1) ?? "";
  const date = textAt(body, "date_created");
  return {
    what: `${life.row.token} "${name}"`,
    token: life.row.token,
    name,
    id,
    made: date === "" ? "" : ` (made ${date})`,
    importId: importIdOf(life.row, inputs, id),
    remove: deleteLine(life, session, inputs, id) ?? "",
    place: `https://${life.row.host}${fillPath(life.row.collectionPath ?? "", life.path(session, inputs))}`,
  };
}

/** What a person types to delete something by hand; undefined where Twilio deletes no such thing. */
export function deleteLine(
  life: PlainLifecycle,
  session: Session,
  inputs: ValueMap,
  id: string,
): string | undefined {
  const remove = life.row.operations.delete;
  if (remove === undefined) return undefined;
  return deleteByHand(session.client.urlOf(plainRequest(life.row, remove, life.path(session, inputs, id))));
}

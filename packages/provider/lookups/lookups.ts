import { isResource, product, productNames, type Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { ownPrefix } from "../lifecycles/import-id.ts";
import { entriesOf } from "../lifecycles/list-request.ts";
import { orGone } from "../lifecycles/plain.ts";
import type { Session } from "../lifecycles/lifecycle.ts";
import { shapeOf } from "../lifecycles/shapes.ts";
import { fromPascal, manyOf } from "../shape/names.ts";
import { accountParent, fieldType } from "../shape/row-to-shape.ts";
import type { Field } from "../shape/shape.ts";
import { inputsToChecked } from "../translate/inputs-to-checked.ts";
import { parentParameters, plainRequest } from "../translate/inputs-to-request.ts";
import { canonical } from "../translate/meaning.ts";
import { responseToOutputs } from "../translate/response-to-outputs.ts";
import { textAt } from "../values/place.ts";
import { reveal, type Value, type ValueMap } from "../values/value.ts";

/** A function of a program, of a row: `getFlow` fetches one by its SID, `getFlows` all, or those that filters let through. */
export interface Lookup {
  readonly token: string;
  readonly kind: "get" | "list";
  readonly row: Resource;
  readonly inputs: readonly Field[];
  readonly outputs: readonly Field[];
}

/** At most this many are listed: what is looked up is meant to be named, not counted. */
const mostListed = 1000;

/** The lookups of a row: one by its name, and all of them in their parent. */
export function lookupsOf(row: Resource): Lookup[] {
  if (!isResource(row) || row.idParameter === null) return [];
  const { fetch, list } = row.operations;
  const shape = shapeOf(row);
  const parents = shape.inputs.filter(({ name }) =>
    row.parents.some((parent) => fromPascal(parent.name) === name),
  );
  const prefix = ownPrefix(row);
  const own = plain(
    idName(row),
    { kind: "string", ...(prefix === null ? {} : { sid: prefix }) },
    "Its identifier at Twilio; a unique name will do where it has one.",
    true,
  );
  const shown = shape.outputs.filter(
    ({ name, type }) =>
      type.kind !== "asset" && name !== own.name && parents.every((parent) => parent.name !== name),
  );
  const inEntries = shape.outputs
    .filter(({ name, type }) => type.kind !== "asset" && parents.every((parent) => parent.name !== name))
    .map((each) => ({ ...each, required: false }));
  const filters = (list?.query ?? [])
    .filter(({ name }) => /^\w+$/.test(name))
    .map(({ name, type, required }) =>
      plain(fromPascal(name), fieldType(type), "Only those of which this is true.", required),
    )
    .filter(({ name }) => parents.every((parent) => parent.name !== name));
  const get: Lookup[] =
    fetch === undefined
      ? []
      : [
          {
            token: tokenOf(row, "get"),
            kind: "get",
            row,
            inputs: [...parents, own],
            outputs: [...parents, own, ...shown],
          },
        ];
  const items = plain(
    "items",
    { kind: "array", items: { kind: "object", fields: [...parents, ...inEntries] }, unordered: false },
    "What was found, newest first where Twilio lists it so.",
    true,
  );
  const all: Lookup[] =
    list === undefined || row.list === null
      ? []
      : [
          {
            token: tokenOf(row, "list"),
            kind: "list",
            row,
            inputs: [...parents, ...filters],
            outputs: [items],
          },
        ];
  return [...get, ...all];
}

/**
 * Looks something up.
 *
 * @throws ProviderError `token-unknown`, `input-wrong`, `lookup-empty`, and what Twilio refuses
 */
export async function lookUp(session: Session, token: string, args: ValueMap): Promise<ValueMap> {
  const lookup = find(token);
  const { inputs, failures } = inputsToChecked(lookup.inputs, args, token);
  const [failure] = failures;
  if (failure !== undefined) throw new ProviderError("lookup-wrong", { token, reason: failure.reason });
  const { row, kind } = lookup;
  const parents = parentParameters(row, inputs);
  const account = parents[accountParent] === "" ? { [accountParent]: session.accountSid() } : {};
  const purpose = { what: `Looking up ${token}`, signal: session.signal };
  const { fetch, list } = row.operations;
  if (kind === "get" && fetch !== undefined) {
    const id = textAt(inputs, idName(row));
    const path = { ...parents, ...account, [row.idParameter ?? ""]: id };
    const body = await orGone(session.client.send(plainRequest(row, fetch, path), purpose));
    if (body === undefined) throw new ProviderError("lookup-empty", { token, id });
    return { ...inputs, ...responseToOutputs(row, shapeOf(row), body, inputs), [idName(row)]: id };
  }
  const request = plainRequest(row, list ?? row.operations.fetch ?? missing(token), {
    ...parents,
    ...account,
  });
  const query = new URLSearchParams();
  for (const { name } of list?.query ?? []) {
    const value = inputs[fromPascal(name)];
    if (value !== undefined && value !== null) query.set(name, canonicalText(reveal(value)));
  }
  const asked = query.size === 0 ? request : { ...request, path: `${request.path}?${query.toString()}` };
  const items: ValueMap[] = [];
  for await (const body of entriesOf(session.client, row, asked, purpose)) {
    items.push(responseToOutputs(row, shapeOf(row), body, inputs));
    if (items.length === mostListed) break;
  }
  return { items };
}

function canonicalText(value: Value): string {
  return typeof value === "string" ? value : canonical(value);
}

function find(token: string): Lookup {
  const [, name = "", called = ""] = token.split(":");
  const rows = productNames.includes(name) ? product(name).resources : [];
  const row = rows.find((each) => [each.name, manyOf(each.name)].some((noun) => `get${noun}` === called));
  return (row && lookupsOf(row).find((lookup) => lookup.token === token)) ?? missing(token);
}

function missing(token: string): never {
  throw new ProviderError("token-unknown", { token, near: "" });
}

function tokenOf({ product: module, name }: Resource, kind: Lookup["kind"]): string {
  return `twilio:${module}:get${kind === "get" ? name : manyOf(name)}`;
}

function idName({ idParameter }: Resource): string {
  const name = fromPascal(idParameter ?? "Sid");
  return name === "id" ? "twilioId" : name;
}

function plain(name: string, type: Field["type"], description: string, required: boolean): Field {
  return { name, type, required, replaces: false, secret: false, description };
}

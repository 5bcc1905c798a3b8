import type { Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { fromPascal } from "../shape/names.ts";
import { accountParent } from "../shape/row-to-shape.ts";
import { textAt } from "../values/place.ts";
import type { ValueMap } from "../values/value.ts";

/**
 * Import id → own id and parents. `pulumi import` names a nested resource by its parents and itself, outermost
 * first, `ZS…/ZE…/ZV…`; the state's id is the last part alone, as Twilio calls it, and the parents are inputs.
 *
 * @throws ProviderError when there are too few or too many parts, or a part is a SID of another kind
 */
export function importIdToParts(
  row: Resource,
  importId: string,
): { readonly id: string; readonly parents: ValueMap } {
  const parents = row.parents.filter(({ name }) => name !== accountParent);
  const parts = importId.split("/");
  const expected = parents.length + (row.idParameter === null ? 0 : 1);
  const prefixes = [...parents.map(({ sid }) => sid), ...(row.idParameter === null ? [] : [ownPrefix(row)])];
  const fits =
    parts.length === Math.max(1, expected) &&
    parts.every((part, index) => isOfKind(part, prefixes[index] ?? null));
  if (!fits) {
    throw new ProviderError("id-malformed", { id: importId, token: row.token, example: exampleId(row) });
  }
  return {
    id: parts.at(-1) ?? importId,
    parents: Object.fromEntries(parents.map(({ name }, index) => [fromPascal(name), parts[index] ?? ""])),
  };
}

/** What an import id looks like, `ZS…/ZE…/ZV…`. */
export function exampleId(row: Resource): string {
  const parents = row.parents.filter(({ name }) => name !== accountParent);
  const own = row.idParameter === null ? [] : [ownPrefix(row) ?? `<${fromPascal(row.idParameter)}>`];
  const parts = [...parents.map(({ name, sid }) => sid ?? `<${name}>`), ...own].map((part) =>
    part.startsWith("<") ? part : `${part}…`,
  );
  return parts.length === 0 ? singletonId(row) : parts.join("/");
}

/** SID prefix of what a path calls a resource; null where that is no SID. */
export function ownPrefix({ idProperty, sidPrefix }: Resource): string | null {
  return idProperty === "sid" ? sidPrefix : null;
}

/** The import id of one that exists, from its inputs and its id. */
export function importIdOf(row: Resource, inputs: ValueMap, id: string): string {
  const parents = row.parents.filter(({ name }) => name !== accountParent);
  const own = row.idParameter === null && parents.length > 0 ? [] : [id];
  return [...parents.map(({ name }) => textAt(inputs, fromPascal(name))), ...own].join("/");
}

/** The id of what exists once in its parent, or once in the account. */
export function singletonId(row: Resource): string {
  return row.token.split(":").slice(1).join("-");
}

/** A name may stand for a SID; a SID of something else may not. */
function isOfKind(part: string, prefix: string | null): boolean {
  if (part === "") return false;
  const sid = /^([A-Z]{2})[0-9a-fA-F]{32}$/.exec(part)?.[1];
  return sid === undefined || prefix === null || sid === prefix;
}

/** Rows of the scope and the overlay that match nothing: Twilio renamed or removed what they were about. */
import { overlay, overlayRowsOf } from "../overlay.ts";
import type { ScopeRow } from "../scope.ts";
import type { Resource } from "../types.ts";

/**
 * Stops when a row of the scope or of the overlay says something about what the document does not have. Without it a
 * new version of the documents could take away a secret's mark in silence.
 *
 * @param documentNames every resource that the document has, in scope or not
 * @throws Error naming the row, what it is about and where it stands
 */
export function refuseUnusedRows(
  scope: ScopeRow,
  documentNames: readonly string[],
  resources: readonly Resource[],
): void {
  for (const name of scope.only?.names ?? []) {
    if (!documentNames.includes(name)) {
      throw new Error(`scope.ts: ${scope.document} has no ${name}; take it out or correct its name`);
    }
  }
  const used = new Set(resources.flatMap(({ token }) => overlayRowsOf(token)));
  for (const row of overlay) {
    if (row.token.startsWith(`twilio:${scope.product}:`) && !used.has(row)) {
      throw new Error(
        `overlay.ts: no resource in scope is ${row.token}; take the row out or correct its token`,
      );
    }
  }
  for (const resource of resources) refuseUnusedNames(resource);
}

function refuseUnusedNames({ token, inputs, properties }: Resource): void {
  const inputNames = new Set(inputs.map(({ name }) => name));
  const propertyNames = new Set(properties.map(({ name }) => name));
  for (const row of overlayRowsOf(token)) {
    const { shownAs, types, secretInputs, secretProperties, nullable, emptyText, otherForm } = row;
    const ofInputs = [...Object.keys(shownAs ?? {}), ...Object.keys(types ?? {}), ...(secretInputs ?? [])];
    const ofProperties = [
      ...(secretProperties ?? []),
      ...(nullable ?? []),
      ...(emptyText ?? []),
      ...(otherForm ?? []),
    ];
    const unused =
      ofInputs.find((name) => !inputNames.has(name)) ??
      ofProperties.find((name) => !propertyNames.has(name.split(".")[0] ?? ""));
    if (unused !== undefined) {
      throw new Error(`overlay.ts: ${token} has no ${unused}; take it out or correct its name`);
    }
  }
}

/** Rows of the scope and the overlay that match nothing: Twilio renamed or removed what they were about. */
import { notResources } from "../not-resources.ts";
import { overlay, overlayRowsOf } from "../overlay.ts";
import { notRead, scope, type ScopeRow } from "../scope.ts";
import type { Resource } from "../types.ts";

/**
 * Stops when a row of the scope or of the overlay says something about what the document does not have. Without it a
 * new version of the documents could take away a secret's mark in silence.
 *
 * @param documentNames every resource that the document has, in scope or not
 * @throws Error naming the row, what it is about and where it stands
 */
export function refuseUnusedNames(
  row: ScopeRow,
  documentNames: readonly string[],
  resources: readonly Resource[],
): void {
  for (const name of row.only?.names ?? []) {
    if (!documentNames.includes(name)) {
      throw new Error(`scope.ts: ${row.document} has no ${name}; take it out or correct its name`);
    }
  }
  for (const resource of resources) refuseUnusedPlaces(resource);
}

/**
 * Stops when a row of the overlay or of `not-resources.ts` is about a resource that no document has.
 *
 * @throws Error naming the row
 */
export function refuseUnusedRows(resources: readonly Resource[]): void {
  const used = new Set(resources.flatMap(({ token }) => overlayRowsOf(token)));
  const unused = overlay.find((row) => !used.has(row));
  if (unused !== undefined) {
    throw new Error(
      `overlay: no resource in scope is ${unused.token}; take the row out or correct its token`,
    );
  }
  const tokens = new Set(resources.map(({ token }) => token));
  for (const token of notResources.flatMap((row) => row.tokens)) {
    if (!tokens.has(token)) {
      throw new Error(`not-resources.ts: no resource in scope is ${token}; take it out or correct it`);
    }
  }
}

function refuseUnusedPlaces({ token, inputs, properties }: Resource): void {
  const inputNames = new Set(inputs.map(({ name }) => name));
  const propertyNames = new Set(properties.map(({ name }) => name));
  for (const row of overlayRowsOf(token)) {
    const { shownAs, types, secretInputs, createOnly, filledIn } = row;
    const { secretProperties, nullable, emptyText, otherForm } = row;
    const ofInputs = [
      ...Object.keys(shownAs ?? {}),
      ...Object.keys(types ?? {}),
      ...(secretInputs ?? []),
      ...(createOnly ?? []),
      ...(filledIn ?? []),
      ...(row.openWords ?? []),
      ...(row.mergedInputs ?? []),
      ...(row.forgottenInputs ?? []),
    ];
    const ofProperties = [
      ...(secretProperties ?? []),
      ...(nullable ?? []),
      ...(emptyText ?? []),
      ...(otherForm ?? []),
      ...(row.updateTakes ?? []),
    ];
    const unused =
      ofInputs.find((name) => !inputNames.has(name)) ??
      ofProperties.find((name) => !propertyNames.has(name.split(/[.[]/)[0] ?? ""));
    if (unused !== undefined) {
      throw new Error(`overlay: ${token} has no ${unused}; take it out or correct its name`);
    }
  }
}

/**
 * Stops when Twilio publishes a document that is neither read nor left out with a reason, or when one of those is gone.
 *
 * @param published every document of `@twilio/cli-core`
 * @throws Error naming the document
 */
export function refuseUnreadDocuments(published: readonly string[]): void {
  const decided = [
    ...scope.map(({ document }) => document),
    ...notRead.flatMap(({ documents }) => documents),
  ];
  const undecided = published.find((document) => !decided.includes(document));
  if (undecided !== undefined) {
    throw new Error(`scope.ts: ${undecided} is new; read it, or say in notRead why not`);
  }
  const gone = decided.find((document) => !published.includes(document));
  if (gone !== undefined) throw new Error(`scope.ts: Twilio publishes no ${gone}; take it out`);
}

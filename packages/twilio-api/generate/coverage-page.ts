import { notRead, scope } from "../scope.ts";
import { whyNot } from "../coverage.ts";
import type { Resource } from "../types.ts";
import type { ProductRows } from "./product-rows.ts";

/** `docs/reference/coverage.md`: every resource of a program, and why everything else that Twilio documents is none. Pure. */
export function coveragePage(products: readonly ProductRows[]): string {
  const rows = products.flatMap(({ product }) => product.resources);
  const declared = rows.filter((row) => whyNot(row) === undefined);
  const singletons = declared.filter(({ operations }) => operations.create === undefined);
  const lines = [
    "# Coverage",
    "",
    "Generated from Twilio's OpenAPI documents by `npm run generate`; change `packages/twilio-api/scope.ts`, `not-resources.ts` or `overlay/`, not this page.",
    "",
    `${declared.length} resources of ${products.length} products, ${singletons.length} of them settings that exist once without being created. For what no row has yet there is \`twilio:index:Resource\`.`,
    "",
    'Under changes, "replaced" is what Twilio cannot change once it is made, and inputs that replace are those that its update does not take. Under deletes, "stays at Twilio" is what Twilio has no way to delete: it only leaves the stack. What cannot be had back stays too unless the stack says otherwise ([provider.md](provider.md#what-stays-at-twilio)).',
    "",
    ...products.flatMap(({ product, leftOut }) =>
      productSection(product.product, product.resources, leftOut),
    ),
    "## Documents that are not read",
    "",
    ...notRead.map(({ documents, reason }) => `- ${documents.map(shortName).join(", ")}: ${reason}`),
    "",
  ];
  return lines.join("\n");
}

function productSection(
  product: string,
  rows: readonly Resource[],
  leftOut: ProductRows["leftOut"],
): string[] {
  const documents = scope.filter((row) => row.product === product).map(({ document }) => shortName(document));
  const declared = rows.filter((row) => whyNot(row) === undefined);
  const gaps = Map.groupBy(
    rows.filter((row) => whyNot(row) !== undefined),
    (row) => whyNot(row) ?? "",
  );
  const table = [
    ...[...gaps].map(([reason, of]) => [of.map(({ name }) => name), reason] as const),
    ...leftOut.map(({ names, reason }) => [names, reason] as const),
  ];
  return [
    `## ${product}`,
    "",
    `From ${documents.join(", ")}.`,
    "",
    ...(declared.length === 0
      ? ["No resources.", ""]
      : [
          "| resource | path | changes | deletes |",
          "| --- | --- | --- | --- |",
          ...declared.map(resourceLine),
          "",
        ]),
    ...(table.length === 0
      ? []
      : ["Not resources:", "", ...table.map(([names, reason]) => `- ${names.join(", ")}: ${reason}`), ""]),
  ];
}

function resourceLine({ name, host, collectionPath, instancePath, operations, inputs }: Resource): string {
  const replacing = inputs.filter(({ onUpdate }) => !onUpdate).length;
  const changes =
    operations.update === undefined
      ? "replaced"
      : replacing === 0
        ? "yes"
        : `yes; ${replacing} inputs replace`;
  const deletes = operations.delete === undefined ? "stays at Twilio" : "yes";
  const path = (operations.create === undefined ? instancePath : collectionPath) ?? instancePath ?? "";
  return `| ${name} | \`${host}${path}\` | ${changes} | ${deletes} |`;
}

function shortName(document: string): string {
  return document.replace(/^twilio_/, "");
}

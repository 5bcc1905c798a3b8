/** What a path calls a resource, held against the URLs in the examples of Twilio's documents. */
import { expect, test } from "vitest";
import { readDocument, type OpenApiDocument } from "./generate/document.ts";
import { allResources } from "./index.ts";
import { scope } from "./scope.ts";

type Body = Readonly<Record<string, unknown>>;

/** Places below an instance that its pattern takes for an instance: `/Workers/Statistics`. */
const notInstances =
  /^(RealTimeStatistics|CumulativeStatistics|Statistics|Settings|Summaries|Summary|Encrypted)$/;

test("an example's URL calls a resource by the property that its row names, everywhere", () => {
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const { product, version, document } of scope) {
    const bodies = exampleBodies(readDocument(document));
    for (const row of allResources()) {
      if (row.product !== product || row.version !== version || row.idProperty === null) continue;
      for (const body of bodies) {
        const id = idIn(row.instancePath ?? "", row.host, body);
        const shows = row.idProperty in body;
        // A body without it is of another resource at the same place: the bulk's of an order.
        if (id === undefined || notInstances.test(id) || !shows) continue;
        seen.add(row.token);
        if (String(body[row.idProperty]) !== id) {
          wrong.push(`${row.token}: ${id} is not its ${row.idProperty}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(seen.size).toBeGreaterThan(200);
  expect([...seen]).toEqual(expect.arrayContaining(["twilio:verify:Entity", "twilio:verify:Safelist"]));
});

/** The last parameter of an instance's path in the URL that a body gives itself. */
function idIn(path: string, host: string, { url, uri }: Body): string | undefined {
  const own = typeof url === "string" ? url : typeof uri === "string" ? `https://${host}${uri}` : "";
  const pattern = path
    .replace(/\.json$/, "")
    .replaceAll(".", "\\.")
    .replace(/\{\w+\}/g, "([^/?]+?)");
  const id = new RegExp(`^https?://[^/]+${pattern}(?:\\.json)?$`).exec(own)?.at(-1);
  return id === undefined ? undefined : decodeURIComponent(id);
}

/** Every object in every example answer of a document. */
function exampleBodies(document: OpenApiDocument): Body[] {
  const shared = document.components.examples ?? {};
  const answers = Object.values(document.paths)
    .flatMap((item) => [item.get, item.post, item.put, item.patch])
    .flatMap((operation) => Object.values(operation?.responses ?? {}))
    .flatMap(({ content }) => Object.values(content ?? {}))
    .flatMap(({ examples }) => Object.values(examples ?? {}));
  return answers.flatMap(({ value, $ref }) =>
    objectsIn($ref === undefined ? value : shared[$ref.split("/").at(-1) ?? ""]?.value),
  );
}

function objectsIn(value: unknown): Body[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? below : [value as Body, ...below];
}

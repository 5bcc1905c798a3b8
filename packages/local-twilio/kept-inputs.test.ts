/** Each input of a resource that is played is read by what plays it, or named as kept; and what is named is read by nothing. */
import { allResources, resource, type Input, type Resource } from "@support-line/twilio-api";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forPeople, keptInputs } from "./kept-inputs.ts";
import { products } from "./products.ts";
import { parameters, servingOf } from "./served.ts";

/** The folders beside a product's own that read what its resources say. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  api: ["carrier", "voice", "media", "messaging"],
  messaging: ["carrier", "api"],
  conversations: ["media", "control", "carrier"],
  taskrouter: ["flex"],
  flex: ["taskrouter"],
};

const behaviours = new Map<string, object>(
  Object.values(products).flatMap((product) => Object.entries(product.behaviours)),
);
const isPlayed = (row: Resource): boolean =>
  servingOf(row, Object.keys(behaviours.get(row.token) ?? {}).length > 0) === "played";

const sources = new Map<string, string>();
/** The source that plays a product's resources. */
function sourceOf(product: string): string {
  const known = sources.get(product);
  if (known !== undefined) return known;
  const folders = [product, ...(rooms[product] ?? []), "webhooks"];
  const files = folders.flatMap((folder) => globSync(join(import.meta.dirname, folder, "**/*.ts")));
  const text = files
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  sources.set(product, text);
  return text;
}

/** Whether the source names an input as something that it reads: in quotes, or taken out of an object. */
function isRead({ product }: Resource, { name, property }: Input): boolean {
  const leaf = property?.split(".").at(-1) ?? name;
  return [...new Set([name, property ?? name, leaf])].some((one) => {
    const written = one.replaceAll(".", String.raw`\.`);
    const reads = new RegExp(String.raw`["']${written}["']|[{,(] *${written}\b *(?:[,}]|= )`);
    return reads.test(sourceOf(product));
  });
}

const isKept = (token: string, input: string): boolean =>
  forPeople.includes(input) ||
  keptInputs.some(({ tokens, inputs }) => tokens.includes(token) && inputs.includes(input)) ||
  parameters.some((row) => row.tokens.includes(token) && row.parameters.includes(input));

test("every input of a resource that is played is read, or named as kept", () => {
  let counted = 0;
  const unread = allResources()
    .filter(isPlayed)
    .flatMap((row) =>
      row.inputs.flatMap((input) => {
        counted += 1;
        return isRead(row, input) || isKept(row.token, input.name) ? [] : [`${row.token} ${input.name}`];
      }),
    );
  expect(unread).toEqual([]);
  expect(counted).toBeGreaterThan(500);
});

test("what is named as kept is an input of a played resource, and nothing reads it", () => {
  const wrong = keptInputs.flatMap(({ tokens, inputs }) =>
    tokens.flatMap((token) => {
      const row = resource(token);
      if (row === undefined || !isPlayed(row)) return [`${token} is not played`];
      return inputs.flatMap((name) => {
        const input = row.inputs.find((one) => one.name === name);
        if (input === undefined) return [`${token} has no ${name}`];
        return isRead(row, input) ? [`${token} ${name} is read`] : [];
      });
    }),
  );
  expect(wrong).toEqual([]);
});

/** What an editor shows over an input says something: no input without words, no words that say the name again. */
import { allResources, isResource, productNames, resource } from "@support-line/twilio-api";
import { expect, test } from "vitest";
import { shapeOf } from "../lifecycles/shapes.ts";
import { worded } from "../schema/worded.ts";
import type { Field, FieldType } from "../shape/shape.ts";
import { placesSaid, whatIs, whatIsProperty } from "./words.ts";

const rows = allResources().filter(isResource);
const shapes = rows.map((row) => worded(shapeOf(row)));

/** Words that say nothing of a field beside its name. */
const empty = new Set([
  "the",
  "a",
  "an",
  "of",
  "this",
  "is",
  "text",
  "one",
  "for",
  "resource",
  "value",
  "sid",
]);

test("every input, every output and every part of one has words of its own", () => {
  const silent = shapes.flatMap(({ token, inputs, outputs }) =>
    everyField([...inputs, ...outputs])
      .filter(([place, field]) => isSilent(token, place, field))
      .map(([place]) => `${token}.${place}`),
  );
  expect([...new Set(silent)]).toEqual([]);
});

test("every resource says what it is, in words beside its place at Twilio", () => {
  expect(rows.filter(({ token }) => whatIs(token) === undefined).map(({ token }) => token)).toEqual([]);
});

test("no sentence says the name again and nothing else", () => {
  const repeating = shapes.flatMap(({ token, inputs, outputs }) =>
    everyField([...inputs, ...outputs])
      .filter(([place, { name }]) => repeats(name, whatIsProperty(token, place)?.says ?? "more than that"))
      .map(([place]) => `${token}.${place}`),
  );
  expect(repeating).toEqual([]);
  expect(repeats("friendlyName", "The friendly name of the resource.")).toBe(true);
  expect(repeats("friendlyName", "Title in the Console.")).toBe(false);
});

test("every sentence begins with a capital, ends with a full stop, and has no article before the wrong letter", () => {
  const odd = shapes.flatMap(({ token, description, inputs, outputs }) =>
    [
      ["", description] as const,
      ...everyField([...inputs, ...outputs]).map(([place, f]) => [place, f.description] as const),
    ]
      .filter(([, text]) => !/^[A-Z`].*[.…]`?$/s.test(text) || /\b[Aa] [aeio](?!ne\b)\w/.test(text))
      .map(([place, text]) => `${token}.${place}: ${text}`),
  );
  expect([...new Set(odd)]).toEqual([]);
});

test("no sentence says a thing twice, and what holds by default is called so", () => {
  const odd = shapes.flatMap(({ token, inputs, outputs }) =>
    everyField([...inputs, ...outputs])
      .map(([place, { description }]) => `${token}.${place}: ${description}`)
      .filter((text) =>
        /\b([a-z]+) \1\b|\(([A-Z]{2})…\).*\(\2…\)|nothing is said|unless said|\bdefaults? by default/.test(
          text,
        ),
      ),
  );
  expect(odd).toEqual([]);
});

test("no input that has to be said has a default", () => {
  const odd = shapes.flatMap(({ token, inputs }) =>
    inputs
      .filter(({ required, description }) => required && description.includes("by default"))
      .map(({ name }) => `${token}.${name}`),
  );
  expect(odd).toEqual([]);
});

test("every moment says how it is written", () => {
  const moments = shapes.flatMap(({ inputs, outputs }) =>
    everyField([...inputs, ...outputs]).filter(
      ([place]) => place === "dateCreated" || place === "dateUpdated",
    ),
  );
  expect(moments.length).toBeGreaterThan(100);
  for (const [, { description }] of moments) expect(description).toMatch(/ISO 8601, `2|RFC 2822, `/);
});

test("every word that an input takes has a sentence, and no sentence is about a word that it does not take", () => {
  const wrong = shapes.flatMap(({ token, inputs }) =>
    everyField(inputs).flatMap(([place, { type }]) => {
      const text = leaf(type);
      if (text.kind !== "string" || text.enum === undefined || isHttpMethod(text.enum)) return [];
      const [taken, said] = [text.enum.toSorted(), Object.keys(text.meanings ?? {}).toSorted()];
      return taken.join() === said.join() ? [] : [`${token}.${place}: ${taken.join()} / ${said.join()}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test("no words are about a resource or a property that is not there", () => {
  const places = new Map(
    shapes.map(({ token, inputs, outputs }) => [
      token,
      new Set(everyField([...inputs, ...outputs]).map(([place]) => place)),
    ]),
  );
  const lost = productNames.flatMap((product) =>
    placesSaid(product)
      .filter(([name, place]) => !places.get(`twilio:${product}:${name}`)?.has(place))
      .map(([name, place]) => `twilio:${product}:${name}.${place}`),
  );
  expect(lost).toEqual([]);
});

/** Fields and what is in them, each with its place. */
function everyField(fields: readonly Field[], above = ""): [place: string, field: Field][] {
  return fields.flatMap((field) => {
    const place = above + field.name;
    const type = leaf(field.type);
    return [
      [place, field] as [string, Field],
      ...(type.kind === "object" ? everyField(type.fields, `${place}.`) : []),
    ];
  });
}

function leaf(type: FieldType): FieldType {
  if (type.kind === "array") return leaf(type.items);
  return type.kind === "map" ? leaf(type.values) : type;
}

/** Parents are described by what they are parents of; what has code of its own says its words there. */
function isSilent(token: string, place: string, { description }: Field): boolean {
  if (whatIsProperty(token, place) !== undefined) return false;
  const isParent = resource(token)?.parents.some(({ name }) => name.toLowerCase() === place.toLowerCase());
  return !(isParent === true && description !== "");
}

/** Whether a sentence has no word that the name has not. */
function repeats(name: string, sentence: string): boolean {
  const own = new Set(
    name
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .split(" "),
  );
  const words = sentence.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.every((word) => own.has(word) || empty.has(word));
}

function isHttpMethod(words: readonly string[]): boolean {
  return (
    words
      .map((word) => word.toUpperCase())
      .toSorted()
      .join() === "GET,POST"
  );
}

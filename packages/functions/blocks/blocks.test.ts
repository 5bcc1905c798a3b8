import { expect, test } from "vitest";
import { blockFunctions, blocks, functionText } from "./index.ts";
import { onward } from "./block.ts";

const found = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();

test.each(Object.entries(blockFunctions))(
  "%s is documented as it is written",
  (name, { parameters, answers }) => {
    const text = functionText(name);
    const asked = found(text, /\b(?:parameter|optional)\("(\w+)"/g);
    const clock = text.includes("nowOf(run)") ? ["now"] : [];
    expect(Object.keys(parameters).sort()).toEqual([...asked, ...clock].sort());
    expect(text).toContain(`handlerOf("${name}"`);
    // What it answers stands in its text, and each word of its state in the documentation.
    for (const key of Object.keys(answers)) expect(text).toMatch(new RegExp(`\\b${key}\\b|listen\\(`));
    const { state: states } = answers;
    if (states === undefined) return;
    for (const state of found(text, /\bstate: "([\w-]+)"/g)) expect(states).toContain(state);
  },
);

test.each(blocks.map((block) => [block.name, block] as const))("%s holds together", (_, block) => {
  for (const { entry, widgets } of block.parts) {
    const names = widgets.map(({ name }) => name);
    expect(names).toContain(entry);
    const led = widgets.flatMap(({ transitions }) => transitions.flatMap(({ next }) => next ?? []));
    expect(led.filter((next) => next !== onward && !names.includes(next))).toEqual([]);
  }
  const all = block.parts.flatMap(({ widgets }) => widgets);
  const run = all.flatMap(({ type, name }) => (type === "run-function" ? [name] : []));
  expect(block.functions).toEqual(expect.arrayContaining(run));
  for (const name of block.functions) expect(blockFunctions[name], name).toBeDefined();
  const places = [...Object.keys(block.wordings), ...Object.keys(block.fillers ?? {})];
  expect(places.filter((place) => !all.some(({ name }) => place.startsWith(`${name}.`)))).toEqual([]);
});

/** What holds of every Flow, however odd: as code it is the same Flow. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { diff } from "../diff.ts";
import { predicates } from "../predicates.ts";
import type { FlowDefinition } from "../types.ts";
import { widgets } from "../widgets/index.ts";
import { toTypeScript } from "./index.ts";
import { evaluated } from "./testing/evaluated.ts";

const json = fc.jsonValue({ maxDepth: 3 });
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "{{trigger.message.Body}}",
    "it's",
    'a "b"',
    "a\n\\b",
    "`${1}`",
    "\ud800",
    "\u2028",
    "",
    "//",
  ),
);
const name = fc.oneof(fc.constantFrom("ask", "a-b", "1", "10", "02", "constructor", "toString"), text);
const types = Object.entries(widgets);
const known = types.flatMap(([, { properties }]) => Object.keys(properties.shape));
const properties = fc.dictionary(
  fc.oneof(fc.constantFrom(...known), text),
  fc.oneof(text, json, fc.boolean(), fc.integer()),
  { maxKeys: 6 },
);

const condition = fc.record({
  friendly_name: text,
  arguments: fc.array(text, { maxLength: 2 }),
  type: fc.oneof(fc.constantFrom(...Object.keys(predicates)), text),
  value: text,
});
const transition = fc.record(
  {
    event: fc.oneof(fc.constantFrom(...types.flatMap(([, { events }]) => [...events] as string[])), text),
    next: fc.option(name),
    conditions: fc.array(condition, { maxLength: 2 }),
    odd: json,
  },
  { requiredKeys: ["event"] },
);
const state = fc.record({
  name,
  type: fc.oneof(fc.constantFrom(...types.map(([type]) => type)), text),
  transitions: fc.array(transition, { maxLength: 4 }),
  properties,
});
/** As `JSON.parse` gives it: a key of the prototype's name is a key of its own there. */
const flows = fc
  .record(
    {
      description: text,
      states: fc.uniqueArray(state, { selector: (each) => each.name, maxLength: 6 }),
      initial_state: name,
      flags: fc.record({ allow_concurrent_calls: fc.boolean() }),
      tomorrow: json,
    },
    { requiredKeys: ["states", "initial_state"] },
  )
  .map((definition) => JSON.parse(JSON.stringify(definition)) as FlowDefinition);

test(
  "any Flow comes back from code exactly, its widgets and properties in their order",
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(flows, (definition) => {
        const back = evaluated(toTypeScript(definition));
        expect(back).toStrictEqual(definition);
        expect(back.states.map(orders)).toEqual(definition.states.map(orders));
        expect(diff(definition, back)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  },
);

function orders(state: FlowDefinition["states"][number]): string {
  return JSON.stringify([state.name, state.properties, state.transitions.map(({ event }) => event)]);
}

/** A merge of Flows as people draw them, edited by lot on two sides. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diff } from "../diff.ts";
import { drawnFlow, drawnFlows } from "../testing/flows.ts";
import type { FlowDefinition, State } from "../types.ts";
import { validate } from "../validate.ts";
import { mergeFlows } from "./index.ts";

/** An edit of one widget; what is not possible with it leaves the Flow as it is. */
type Edit = (flow: FlowDefinition, name: string, lot: number) => FlowDefinition;

const changed = (flow: FlowDefinition, name: string, edit: (state: State) => State): FlowDefinition => ({
  ...flow,
  states: flow.states.map((state) => (state.name === name ? edit(state) : state)),
});

const edits: Readonly<Record<string, Edit>> = {
  text: (flow, name, lot) =>
    changed(flow, name, (state) =>
      typeof state.properties.body === "string"
        ? { ...state, properties: { ...state.properties, body: `${state.properties.body} ${lot}` } }
        : state,
    ),
  property: (flow, name, lot) =>
    changed(flow, name, (state) => ({ ...state, properties: { ...state.properties, note: `${lot}` } })),
  move: (flow, name, lot) =>
    changed(flow, name, (state) => ({
      ...state,
      properties: { ...state.properties, offset: { x: lot, y: lot } },
    })),
  lead: (flow, name, lot) =>
    changed(flow, name, (state) => ({
      ...state,
      transitions: state.transitions.map((each, at) =>
        at === lot % state.transitions.length
          ? { ...each, next: flow.states[1 + (lot % (flow.states.length - 1))]?.name ?? "" }
          : each,
      ),
    })),
  add: (flow, name, lot) => {
    const added: State = {
      name: `added_${lot}`,
      type: "set-variables",
      transitions: [{ event: "next", next: name }],
      properties: { variables: [{ key: "lot", value: `${lot}` }], offset: { x: 0, y: lot } },
    };
    return flow.states.some((state) => state.name === added.name)
      ? flow
      : { ...flow, states: [...flow.states, added] };
  },
  rename: (flow, name, lot) =>
    name === flow.initial_state
      ? flow
      : (JSON.parse(
          JSON.stringify(flow).replaceAll(new RegExp(`(?<=["'.])${name}(?=["'.\\s}|])`, "g"), `named_${lot}`),
        ) as FlowDefinition),
};

const kinds = Object.keys(edits);
const lotOfEdits = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(1000), lot: fc.integer({ min: 1, max: 9999 }) }),
  { maxLength: 6 },
);

type Lots = readonly { readonly kind: string; readonly at: number; readonly lot: number }[];

/** A side edits the widgets of its half of the Flow alone, when it has one. */
function edited(flow: FlowDefinition, lots: Lots, half?: 0 | 1): FlowDefinition {
  const names = flow.states.map(({ name }) => name).filter((_, at) => half === undefined || at % 2 === half);
  return lots.reduce((now, { kind, at, lot }) => {
    const name = names[at % names.length] ?? "";
    const sided = half === undefined ? lot : lot * 2 + half;
    // A widget that was given another name is not there any more.
    if (!now.states.some((state) => state.name === name)) return now;
    return edits[kind]?.(now, name, sided) ?? now;
  }, flow);
}

const asSets = ({ definition, conflicts }: ReturnType<typeof mergeFlows>) => ({
  definition,
  conflicts: conflicts.map(({ kind, widget, place }) => `${kind} ${widget} ${place}`).sort(),
});

describe.each(drawnFlows)("%s", (name) => {
  const flow = drawnFlow(name);
  const runs = { numRuns: 40 };

  test("merged with itself or with what it began with is what it is", () => {
    fc.assert(
      fc.property(lotOfEdits, (lots) => {
        const side = edited(flow, lots);
        for (const [ours, theirs] of [
          [side, side],
          [side, flow],
          [flow, side],
        ] as const) {
          const { definition, conflicts } = mergeFlows(flow, ours, theirs);
          expect(conflicts).toEqual([]);
          expect(diff(definition, side)).toEqual([]);
        }
      }),
      runs,
    );
  });

  test("edits of different widgets all stand, whoever is called ours", () => {
    fc.assert(
      fc.property(lotOfEdits, lotOfEdits, (one, other) => {
        const [ours, theirs] = [edited(flow, one, 0), edited(flow, other, 1)];
        const merged = mergeFlows(flow, ours, theirs);
        const turned = mergeFlows(flow, theirs, ours);
        expect(merged.conflicts).toEqual([]);
        expect(asSets(turned).conflicts).toEqual([]);
        expect(diff(merged.definition, turned.definition)).toEqual([]);
      }),
      runs,
    );
  });

  test("what comes out is valid when the three are, and both orders find the same conflicts", () => {
    const isValid = (definition: FlowDefinition) => validate(definition).errors.length === 0;
    fc.assert(
      fc.property(lotOfEdits, lotOfEdits, (one, other) => {
        const [ours, theirs] = [edited(flow, one), edited(flow, other)];
        const merged = mergeFlows(flow, ours, theirs);
        const turned = mergeFlows(flow, theirs, ours);
        expect(asSets(merged).conflicts).toEqual(asSets(turned).conflicts);
        if ([flow, ours, theirs].every(isValid)) {
          expect(validate(merged.definition).errors).toEqual([]);
          expect(validate(mergeFlows(flow, ours, theirs, { prefer: "theirs" }).definition).errors).toEqual(
            [],
          );
        }
      }),
      runs,
    );
  });
});

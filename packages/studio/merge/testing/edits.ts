/** Edits as people make them in Studio's editor, each with what it touches, so that two sides' edits can be told apart. */
import type { FlowDefinition, State, Transition } from "../../types.ts";

/** A Flow with its widgets under names that never change, by which edits of two sides mean the same widget. */
export interface Drawn {
  readonly flow: FlowDefinition;
  /** By what never changes, the name now; a widget that was deleted is not there. */
  readonly names: ReadonlyMap<string, string>;
}

export interface Edit {
  readonly words: string;
  /** What it changes: two sides that change one of these have something to decide. */
  readonly touches: readonly string[];
  readonly apply: (drawn: Drawn) => Drawn;
}

/** Numbers in [0, 1). */
export type Lot = () => number;

const oneOf = <Item>(items: readonly Item[], lot: Lot): Item | undefined =>
  items[Math.floor(lot() * items.length)];

export const drawnAs = (flow: FlowDefinition): Drawn => ({
  flow,
  names: new Map(flow.states.map(({ name }) => [name, name])),
});

const stateOf = ({ flow, names }: Drawn, id: string) =>
  flow.states.find(({ name }) => name === names.get(id));

/** Changes one widget; one that is not there stays away. */
function changed(drawn: Drawn, id: string, edit: (state: State) => State): Drawn {
  const name = drawn.names.get(id);
  const states = drawn.flow.states.map((state) => (state.name === name ? edit(state) : state));
  return { ...drawn, flow: { ...drawn.flow, states } };
}

/** What people call a transition: its event, with the names of what it looks for. */
export const labelOf = ({ event, conditions }: Transition) =>
  conditions === undefined ? event : `${event} ${conditions.map(({ friendly_name: name }) => name).join()}`;

/** A transition that leads nowhere has no `next`. */
const led = ({ event, conditions }: Transition, next: string | undefined): Transition => ({
  event,
  ...(conditions === undefined ? {} : { conditions }),
  ...(next === undefined ? {} : { next }),
});

const leading = (state: State, label: string, next: string | undefined): State => ({
  ...state,
  transitions: state.transitions.map((each) => (labelOf(each) === label ? led(each, next) : each)),
});

type Make = (drawn: Drawn, mark: string, lot: Lot) => Edit | null;

/** A widget that is not the Flow's first one, by its lasting name. */
function someWidget(
  drawn: Drawn,
  lot: Lot,
  isWanted: (state: State) => boolean = () => true,
): readonly [string, State] | null {
  const all = [...drawn.names.keys()].flatMap((id) => {
    const state = stateOf(drawn, id);
    return state !== undefined && state.type !== "trigger" && isWanted(state) ? [[id, state] as const] : [];
  });
  return oneOf(all, lot) ?? null;
}

const idOf = ({ names }: Drawn, name: string | null | undefined) =>
  [...names].find(([, now]) => now === name)?.[0];

const textOf = ({ properties: { body, say } }: State) =>
  typeof body === "string" ? "body" : typeof say === "string" ? "say" : null;

const text: Make = (drawn, mark, lot) => {
  const found = someWidget(drawn, lot, (state) => textOf(state) !== null);
  const key = found === null ? null : textOf(found[1]);
  if (found === null || key === null) return null;
  const [id] = found;
  return {
    words: `says something else in ${id}`,
    touches: [`${id} ${key}`, `${id} is there`],
    apply: (now) =>
      changed(now, id, (state) => ({
        ...state,
        properties: { ...state.properties, [key]: `Words of ${mark}.` },
      })),
  };
};

const mention: Make = (drawn, mark, lot) => {
  const [found, other] = [someWidget(drawn, lot, (state) => textOf(state) !== null), someWidget(drawn, lot)];
  const key = found === null ? null : textOf(found[1]);
  if (found === null || other === null || key === null) return null;
  const [[id], [told]] = [found, other];
  return {
    words: `names ${told} in the text of ${id}`,
    touches: [`${id} ${key}`, `${id} is there`],
    apply: (now) =>
      changed(now, id, (state) => ({
        ...state,
        properties: {
          ...state.properties,
          [key]: `${mark}: {{widgets.${now.names.get(told) ?? told}.inbound.Body}}`,
        },
      })),
  };
};

const timeout: Make = (drawn, _, lot) => {
  const found = someWidget(drawn, lot, ({ type }) => type === "send-and-wait-for-reply");
  if (found === null) return null;
  const [id] = found;
  const value = String(60 + Math.floor(lot() * 5000));
  return {
    words: `gives ${id} another timeout`,
    touches: [`${id} timeout`, `${id} is there`],
    apply: (now) =>
      changed(now, id, (state) => ({ ...state, properties: { ...state.properties, timeout: value } })),
  };
};

/** Tidies up the canvas, which is nobody's quarrel. */
const tidy: Make = (drawn, _, lot) => {
  const ids = [...drawn.names.keys()].filter(() => lot() < 0.3);
  const by = Math.floor(lot() * 500);
  return {
    words: `moves ${ids.length} widgets on the canvas`,
    touches: [],
    apply: (now) =>
      ids.reduce(
        (each, id) =>
          changed(each, id, (state) => ({
            ...state,
            properties: { ...state.properties, offset: { x: by, y: by } },
          })),
        now,
      ),
  };
};

const insert: Make = (drawn, mark, lot) => {
  const found = someWidget(drawn, lot, ({ transitions }) => transitions.some(({ next }) => next));
  const transition =
    found === null
      ? undefined
      : oneOf(
          found[1].transitions.filter(({ next }) => next),
          lot,
        );
  const target = idOf(drawn, transition?.next);
  if (found === null || transition === undefined || target === undefined) return null;
  const [id, label] = [found[0], labelOf(transition)];
  const added = `say_${mark}`;
  return {
    words: `puts a message between ${id} and ${target}`,
    touches: [`${id} leads at ${label}`, `${id} is there`, `${target} is there`],
    apply: (now) => {
      const state: State = {
        name: added,
        type: "send-message",
        transitions: [led({ event: "sent" }, now.names.get(target)), { event: "failed" }],
        properties: { body: `Added by ${mark}.`, offset: { x: 0, y: 0 } },
      };
      const after = changed(now, id, (from) => leading(from, label, added));
      return {
        flow: { ...after.flow, states: [...after.flow.states, state] },
        names: new Map([...after.names, [added, added]]),
      };
    },
  };
};

const retarget: Make = (drawn, _, lot) => {
  const [found, other] = [
    someWidget(drawn, lot, ({ transitions }) => transitions.length > 0),
    someWidget(drawn, lot),
  ];
  const transition = found === null ? undefined : oneOf(found[1].transitions, lot);
  if (found === null || other === null || transition === undefined) return null;
  const [id, target, label] = [found[0], other[0], labelOf(transition)];
  return {
    words: `leads ${id} to ${target} at ${label}`,
    touches: [`${id} leads at ${label}`, `${id} is there`, `${target} is there`],
    apply: (now) => changed(now, id, (state) => leading(state, label, now.names.get(target))),
  };
};

const rename: Make = (drawn, mark, lot) => {
  const found = someWidget(drawn, lot);
  if (found === null) return null;
  const [id] = found;
  const name = `${found[1].type.replaceAll("-", "_")}_${mark}`;
  return {
    words: `calls ${id} ${name}`,
    touches: [`${id} name`, `${id} is there`],
    apply: ({ flow, names }) => {
      const old = names.get(id);
      if (old === undefined) return { flow, names };
      const carried = JSON.stringify(flow).replaceAll(
        new RegExp(`\\bwidgets\\.${old}\\b(?!-)`, "g"),
        `widgets.${name}`,
      );
      const { states, ...rest } = JSON.parse(carried) as FlowDefinition;
      return {
        flow: {
          ...rest,
          states: states.map((state) => ({
            ...state,
            name: state.name === old ? name : state.name,
            transitions: state.transitions.map((each) => (each.next === old ? led(each, name) : each)),
          })),
        },
        names: new Map([...names, [id, name]]),
      };
    },
  };
};

/** What led to it leads to where it led first. */
const remove: Make = (drawn, _, lot) => {
  const found = someWidget(drawn, lot, ({ transitions }) => transitions.some(({ next }) => next));
  if (found === null || drawn.flow.states.length < 6) return null;
  const [id, { name, transitions }] = found;
  const target = idOf(drawn, transitions.find(({ next }) => next)?.next);
  if (target === undefined || target === id) return null;
  const leads = [...drawn.names.keys()].flatMap((from) =>
    (stateOf(drawn, from)?.transitions ?? [])
      .filter(({ next }) => next === name)
      .map((each) => `${from} leads at ${labelOf(each)}`),
  );
  return {
    words: `takes ${id} away`,
    touches: [
      `${id} goes`,
      `${target} is there`,
      ...leads,
      ...leads.map((lead) => `${lead.split(" leads at ")[0] ?? ""} is there`),
    ],
    apply: ({ flow, names }) => {
      const [old, next] = [names.get(id), names.get(target)];
      return {
        flow: {
          ...flow,
          states: flow.states
            .filter((state) => state.name !== old)
            .map((state) => ({
              ...state,
              transitions: state.transitions.map((each) => (each.next === old ? led(each, next) : each)),
            })),
        },
        names: new Map([...names].filter(([each]) => each !== id)),
      };
    },
  };
};

const match: Make = (drawn, mark, lot) => {
  const [found, other] = [
    someWidget(drawn, lot, ({ type }) => type === "split-based-on"),
    someWidget(drawn, lot),
  ];
  if (found === null || other === null) return null;
  const [id, target] = [found[0], other[0]];
  const condition = {
    friendly_name: `is ${mark}`,
    arguments: ["{{trigger.message.Body}}"],
    type: "equal_to",
    value: mark,
  };
  return {
    words: `has ${id} look for one word more`,
    touches: [`${id} is there`, `${target} is there`],
    apply: (now) =>
      changed(now, id, (state) => ({
        ...state,
        transitions: [
          ...state.transitions,
          led({ event: "match", conditions: [condition] }, now.names.get(target)),
        ],
      })),
  };
};

const word: Make = (drawn, mark, lot) => {
  const found = someWidget(drawn, lot, ({ transitions }) =>
    transitions.some(({ conditions }) => conditions !== undefined),
  );
  const transition =
    found === null
      ? undefined
      : oneOf(
          found[1].transitions.filter(({ conditions }) => conditions !== undefined),
          lot,
        );
  if (found === null || transition === undefined) return null;
  const [id, label] = [found[0], labelOf(transition)];
  return {
    words: `has ${id} look for another word at ${label}`,
    touches: [`${id} looks at ${label}`, `${id} is there`],
    apply: (now) =>
      changed(now, id, (state) => ({
        ...state,
        transitions: state.transitions.map((each) =>
          labelOf(each) === label && each.conditions !== undefined
            ? {
                ...each,
                conditions: each.conditions.map((one, at) => (at === 0 ? { ...one, value: mark } : one)),
              }
            : each,
        ),
      })),
  };
};

/** How often people do what, in a hundred. */
const habits: readonly (readonly [Make, number])[] = [
  [text, 30],
  [tidy, 15],
  [insert, 14],
  [timeout, 9],
  [match, 8],
  [retarget, 7],
  [word, 6],
  [rename, 5],
  [mention, 3],
  [remove, 3],
];

/** An edit that somebody may make of a Flow. */
export function someEdit(drawn: Drawn, mark: string, lot: Lot): Edit {
  for (;;) {
    let left = lot() * 100;
    const [make] = habits.find(([, often]) => (left -= often) < 0) ?? [];
    const edit = make?.(drawn, mark, lot) ?? null;
    if (edit !== null) return edit;
  }
}

/** What two sides both touch, or one takes away and the other needs: what a person would have to decide. */
export function overlap(ours: readonly Edit[], theirs: readonly Edit[]): string[] {
  const [our, their] = [ours, theirs].map((edits) => new Set(edits.flatMap(({ touches }) => touches)));
  const isThere = (touch: string) => touch.endsWith(" is there");
  const goes = (touch: string) => touch.replace(/ is there$/, " goes");
  return [...(our ?? [])].filter(
    (touch) =>
      (their?.has(touch) === true && !isThere(touch)) ||
      (isThere(touch) && their?.has(goes(touch)) === true) ||
      (touch.endsWith(" goes") && their?.has(touch.replace(/ goes$/, " is there")) === true),
  );
}

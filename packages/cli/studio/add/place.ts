/** Where a block is put: on a transition, which then leads to the block, and on from it to where it led before. Pure. */
import {
  blocks,
  conditionOf,
  onward,
  said,
  type Block,
  type BlockPart,
  type BlockWidget,
  type BlockWord,
} from "@support-line/functions/blocks";
import type { FlowDefinition, JsonValue, State } from "@support-line/studio";
import { withLayout } from "@support-line/studio/draw";
import { CliError } from "../../errors.ts";

/** What a Flow with a block is like. */
export interface Placed {
  readonly definition: FlowDefinition;
  readonly widgets: readonly BlockWidget[];
  /** Where it was put, for people: `Trigger.incomingConversationMessage`. */
  readonly places: readonly string[];
  /** The split that has a branch more, for the bindings. */
  readonly branchOf: string | null;
}

const begins = "incomingConversationMessage";

type Transition = State["transitions"][number];

/** A transition of a Flow: what leads to a block. */
interface Spot {
  readonly widget: string;
  readonly at: number;
  /** For people. */
  readonly name: string;
}

/**
 * Puts a block into a Flow.
 *
 * @param file for people
 * @param given what somebody said of the place: a widget, `menu.timeout`, `what.Wedding`
 * @throws CliError `block-not-placed`, `block-is-there`, `block-names-taken`
 */
export function withBlock(
  file: string,
  flow: FlowDefinition,
  block: Block,
  given: string | undefined,
): Placed {
  const names = new Set(flow.states.map(({ name }) => name));
  const widgets = block.parts.flatMap((part) => part.widgets);
  const taken = [...widgets, { name: asksFor(block) }]
    .map(({ name }) => name)
    .filter((name) => names.has(name));
  if (taken.length >= widgets.length) throw new CliError("block-is-there", { block: block.name, file });
  if (taken.length > 0) {
    throw new CliError("block-names-taken", { block: block.name, file, names: taken.join(", ") });
  }
  let definition = flow;
  const places: string[] = [];
  let branchOf: string | null = null;
  for (const part of block.parts) {
    const isChosen = part.at === "branch" || (part.at === "start" && block.parts.length === 1);
    const found = spotOf({ file, flow: definition, block, part }, isChosen ? given : undefined);
    if (found.isNew) branchOf = found.spot.widget;
    places.push(found.spot.name);
    definition = putting(found.flow, part, found.spot);
  }
  return { definition: withLayout(definition), widgets, places, branchOf };
}

interface Wanted {
  readonly file: string;
  readonly flow: FlowDefinition;
  readonly block: Block;
  readonly part: BlockPart;
}

interface FoundSpot {
  readonly flow: FlowDefinition;
  readonly spot: Spot;
  /** Whether the branch was made for it. */
  readonly isNew: boolean;
}

function spotOf(wanted: Wanted, given: string | undefined): FoundSpot {
  const { flow, part } = wanted;
  if (typeof part.at === "object") {
    return newBranch(wanted, part.at.split, {
      name: part.at.value.replace(/^./, (letter) => letter.toUpperCase()),
      value: part.at.value,
    });
  }
  if (given !== undefined) return givenSpot(wanted, given);
  if (part.at === "start") return { flow, spot: startOf(wanted), isNew: false };
  // Where words are told apart already; else where somebody is asked for some.
  const own = new Set(
    blocks.flatMap(({ parts }) => parts.flatMap(({ widgets }) => widgets.map(({ name }) => name))),
  );
  const others = flow.states.filter(({ name }) => !own.has(name));
  const splits = others.filter(looksAtWords);
  const asking = others.filter(({ type }) => type === "send-and-wait-for-reply");
  const names = (splits.length > 0 ? splits : asking).map(({ name }) => name);
  const [only, ...rest] = names;
  if (only === undefined || rest.length > 0) {
    const which =
      only === undefined ? "nothing in it hears a word" : `words are heard in ${names.join(", ")}`;
    throw refusal(wanted, `${which}; say where with --at <widget>, or --at <widget>.<event>`);
  }
  return givenSpot(wanted, splits.length > 0 ? only : `${only}.incomingMessage`);
}

/** Where a message of a Conversation begins the Flow; behind the block that is silent while an agent is there. */
function startOf(wanted: Wanted): Spot {
  const { flow, block } = wanted;
  const guard = flow.states.find(({ name }) => name === "is-agent-here");
  const nobody = guard?.transitions.findIndex((each) => wordOf(each) === "Nobody") ?? -1;
  if (guard !== undefined && nobody !== -1 && block.name !== "timers") {
    return { widget: guard.name, at: nobody, name: `${guard.name}.Nobody` };
  }
  const trigger = flow.states.find(({ type }) => type === "trigger");
  const at =
    trigger?.transitions.findIndex(({ event, next }) => event === begins && (next ?? "") !== "") ?? -1;
  if (trigger !== undefined && at !== -1) {
    return { widget: trigger.name, at, name: `${trigger.name}.${begins}` };
  }
  const events =
    trigger?.transitions.flatMap(({ event, next }) => ((next ?? "") === "" ? [] : [event])) ?? [];
  throw refusal(
    wanted,
    `blocks are for Conversations, and this Flow begins by ${events.join(", ") || "nothing"}; draw a transition at ${begins} first`,
  );
}

function givenSpot(wanted: Wanted, given: string): FoundSpot {
  const { flow, block } = wanted;
  const [, name = given, event] = /^([^.]*)\.(.*)$/.exec(given) ?? [];
  const state = flow.states.find((each) => each.name === name);
  if (state === undefined) {
    throw refusal(
      wanted,
      `it has no widget ${name}; it has ${flow.states.map((each) => each.name).join(", ")}`,
    );
  }
  const isSplit = state.type === "split-based-on";
  if (event === undefined && isSplit && block.word !== undefined) return newBranch(wanted, name, block.word);
  const leaving = state.transitions.map((each) => wordOf(each));
  const usual = state.transitions.filter(({ next }) => (next ?? "") !== "");
  const wordGiven = event ?? (usual.length === 1 && usual[0] !== undefined ? wordOf(usual[0]) : undefined);
  const at = leaving.findIndex((each) => each.toLowerCase() === wordGiven?.toLowerCase());
  if (at === -1) {
    throw refusal(
      wanted,
      `${event === undefined ? `${name} is left in several ways` : `${name} is not left by ${event}`}; say which: ${leaving.map((each) => `--at ${name}.${each}`).join(", ")}`,
    );
  }
  const spot = { widget: name, at, name: `${name}.${leaving[at] ?? ""}` };
  const isWord = (state.transitions[at]?.conditions ?? []).length > 0;
  return isWord || block.word === undefined
    ? { flow, spot, isNew: false }
    : askingFirst(wanted, spot, block.word);
}

/** The split by which a block is reached, where none is there. */
const asksFor = ({ name }: Block) => `asks-for-${name}`;

/** A split on a transition: the block's word leads to the block, and everything else where it led before. */
function askingFirst({ flow, block }: Wanted, spot: Spot, word: BlockWord): FoundSpot {
  const name = asksFor(block);
  const from = flow.states.find((each) => each.name === spot.widget);
  const before = from?.transitions[spot.at]?.next;
  const input = textAt(from);
  const split = {
    name,
    type: "split-based-on",
    transitions: [
      { event: "noMatch", ...(before === undefined ? {} : { next: before }) },
      { event: "match", conditions: [conditionOf(word.name, input, word.value, word.isList)] },
    ],
    properties: { input },
  } as unknown as State;
  const led = changed(flow, spot.widget, (each) => leading(each, spot.at, name));
  return {
    flow: { ...led, states: [...led.states, split] },
    spot: { widget: name, at: 1, name: spot.name },
    isNew: true,
  };
}

/** A split with one branch more, at its end. */
function newBranch(
  wanted: Wanted,
  name: string,
  { name: word, value, isList }: Omit<BlockWord, "filler">,
): FoundSpot {
  const { flow, block } = wanted;
  const split = flow.states.find((each) => each.name === name);
  if (split === undefined) {
    throw refusal(
      wanted,
      `it goes to the widget ${name} of the block ${block.after ?? ""}; npx studio add ${block.after ?? ""} first`,
    );
  }
  const input = inputOf(split) ?? "";
  const branch = {
    event: "match",
    conditions: [conditionOf(word, input, value, isList)],
  } as unknown as Transition;
  const transitions = [...split.transitions, branch];
  return {
    flow: changed(flow, name, (state) => ({ ...state, transitions })),
    spot: { widget: name, at: transitions.length - 1, name: `${name}.${word}` },
    isNew: true,
  };
}

/** What a transition is called: its condition's name, or its event. */
const wordOf = ({ event, conditions = [] }: Transition): string => conditions[0]?.friendly_name ?? event;

/** Splits by the words of a message or of a reply. */
const looksAtWords = (state: State) =>
  state.type === "split-based-on" && /\b(inbound|conversation|message)\.Body\b/.test(inputOf(state) ?? "");

/** What a split looks at. */
function inputOf({ properties }: State): string | undefined {
  const input: JsonValue | undefined = properties["input"];
  return typeof input === "string" ? input : undefined;
}

function putting(flow: FlowDefinition, { entry, widgets }: BlockPart, { widget, at }: Spot): FlowDefinition {
  const state = flow.states.find(({ name }) => name === widget);
  const before = state?.transitions[at]?.next;
  const text = textAt(state);
  const own = widgets.map((each) => {
    const filled = JSON.parse(
      JSON.stringify(each).replaceAll(JSON.stringify(said), JSON.stringify(text)),
    ) as State;
    return {
      ...filled,
      transitions: filled.transitions.map(({ next, ...rest }) => {
        const target = next === onward ? before : next;
        return target === undefined ? rest : { ...rest, next: target };
      }),
    };
  });
  const led = changed(flow, widget, (each) => leading(each, at, entry));
  return { ...led, states: [...led.states, ...own] };
}

/** Where what the customer wrote stands, behind a widget. */
function textAt(state: State | undefined): string {
  if (state?.type === "send-and-wait-for-reply") return `{{widgets.${state.name}.inbound.Body}}`;
  const isOfWords = state !== undefined && looksAtWords(state);
  return (isOfWords ? inputOf(state) : undefined) ?? "{{trigger.conversation.Body}}";
}

/** A widget one of whose transitions leads elsewhere. */
const leading = (state: State, at: number, next: string): State => ({
  ...state,
  transitions: state.transitions.map((each, index) => (index === at ? { ...each, next } : each)),
});

function changed(flow: FlowDefinition, name: string, change: (state: State) => State): FlowDefinition {
  return { ...flow, states: flow.states.map((state) => (state.name === name ? change(state) : state)) };
}

const refusal = ({ block, file }: Wanted, problem: string) =>
  new CliError("block-not-placed", { block: block.name, file, problem });

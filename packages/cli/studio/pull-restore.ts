/**
 * A Flow as it was edited in Studio's editor, made a template again: what the bindings had put in is taken out, and what
 * cannot be taken out is said. Pure.
 */
import {
  diff,
  placesOf,
  withPlace,
  type Bindings,
  type FlowDefinition,
  type JsonValue,
  type Path,
  type State,
} from "@support-line/studio";

/** Something in the edit that the template alone does not carry. */
export interface PullFinding {
  /** `lost`: the template leaves it out. `to-bind`: it is in the template, and the bindings have to follow. */
  readonly kind: "lost" | "to-bind";
  readonly widget: string;
  /** Name of the place: `body`, `conditions.Support.value`. */
  readonly place: string;
  readonly message: string;
}

export interface Restored {
  readonly template: FlowDefinition;
  readonly findings: readonly PullFinding[];
  /** Widgets that are new and run a Function of the stage. */
  readonly runs: readonly {
    readonly widget: string;
    readonly function: string;
    readonly withLine: boolean;
  }[];
}

/** What is known of the stage that a Flow was deployed to. */
export interface PulledStage {
  readonly name: string;
  readonly line: string;
  /** Functions by their SID: name, path and where they are called. */
  readonly functions: Readonly<Record<string, { readonly name: string; readonly url: string }>>;
  /** SIDs of everything else of the stage, and what each is. */
  readonly sids: Readonly<Record<string, string>>;
  /** Twilio addresses and agents' numbers of the stage, and whose each is. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly domain: string;
}

/** A template and what fills it on a stage. */
export interface BoundTemplate {
  readonly name: string;
  readonly template: FlowDefinition;
  readonly bindings: Bindings<never>;
  /** Names of the bindings that the stage gives a value to. */
  readonly filled: ReadonlySet<string>;
}

/**
 * Restores an edited Flow to a template.
 *
 * @param base what was deployed last, in which the bindings' values stand
 */
export function restore(
  edited: FlowDefinition,
  base: FlowDefinition,
  bound: BoundTemplate,
  stage: PulledStage,
): Restored {
  const findings: PullFinding[] = [];
  const runs: Restored["runs"][number][] = [];
  const renamed = new Map(
    diff(base, edited).flatMap((change) =>
      change.kind === "renamed" ? [[change.widget, change.from] as const] : [],
    ),
  );
  const widgets = new Map(bound.template.states.map((state) => [state.name, state]));
  const deployed = new Map(base.states.map((state) => [state.name, state]));
  const states = edited.states.map((state) => {
    const was = renamed.get(state.name) ?? state.name;
    const [own, before] = [widgets.get(was), deployed.get(was)];
    const put = own === undefined ? state : putBack(state, own, before, bound, findings);
    const restored = own === undefined ? callsRestored(put, bound, stage, runs) : put;
    if (was !== state.name) renamedFinding(state.name, was, bound, findings);
    findings.push(...strangers(restored, own, bound, stage));
    return restored;
  });
  const there = new Set([...edited.states.map(({ name }) => name), ...renamed.values()]);
  for (const name of boundWidgets(bound)) {
    if (there.has(name) || !deployed.has(name)) continue;
    findings.push({
      kind: "to-bind",
      widget: name,
      place: "",
      message: `the widget is gone, and ${bound.name}.bindings.ts still fills it: take its line out there`,
    });
  }
  return { template: { ...edited, states }, findings, runs };
}

/** The widgets that bindings name, once each. */
function boundWidgets({ template, bindings }: BoundTemplate): string[] {
  return template.states
    .map(({ name }) => name)
    .filter((name) => Object.keys(bindings).some((binding) => binding.startsWith(`${name}.`)));
}

/** The template's own values at the places that were filled; an edit at such a place is said. */
function putBack(
  state: State,
  own: State,
  before: State | undefined,
  { name, bindings, filled }: BoundTemplate,
  findings: PullFinding[],
): State {
  const old = new Map(before === undefined ? [] : placesOf(before).map((each) => [each.name, each.value]));
  const original = new Map(placesOf(own).map((each) => [each.name, each.value]));
  return placesOf(state).reduce((each, { name: place, path, value }) => {
    const binding = `${own.name}.${place}`;
    const first = original.get(place);
    if (!(binding in bindings) || first === undefined) return each;
    const isSame = JSON.stringify(value) === JSON.stringify(old.get(place));
    // Where the stage gives no value, what stands there is the template's own.
    if (!filled.has(binding)) return each;
    if (!isSame) {
      findings.push({
        kind: "lost",
        widget: state.name,
        place,
        message: `was ${shown(old.get(place))} and is ${shown(value)} now. The stage fills this place (${name}.bindings.ts), so the template cannot carry it: change what fills it, most likely in the stage file`,
      });
    }
    return withPlace(each, path, first) as State;
  }, state);
}

const shown = (value: JsonValue | undefined) => JSON.stringify(value) ?? "nothing";

/** A new widget that runs a Function of the stage, with placeholders where the editor put the stage's SIDs. */
function callsRestored(
  state: State,
  { template }: BoundTemplate,
  stage: PulledStage,
  runs: Restored["runs"][number][],
): State {
  const { function_sid: sid, url } = state.properties;
  const known =
    typeof sid === "string"
      ? stage.functions[sid]
      : Object.values(stage.functions).find((each) => each.url === url);
  if (known === undefined || !state.type.startsWith("run-function")) return state;
  const parameters = Array.isArray(state.properties.parameters) ? state.properties.parameters : [];
  const withLine = parameters.some(
    (each: JsonValue) =>
      JSON.stringify(each).includes('"key":"line"') && JSON.stringify(each).includes(`"${stage.line}"`),
  );
  runs.push({ widget: state.name, function: known.name, withLine });
  const zeros = "0".repeat(32);
  const placeholders: Record<string, string> = {
    service_sid: `ZS${zeros}`,
    environment_sid: `ZE${zeros}`,
    function_sid: `ZH${zeros}`,
    url: `https://${placeholderDomain(template)}/${known.name}`,
  };
  const own = Object.entries(placeholders).filter(([key]) => key in state.properties);
  return { ...state, properties: { ...state.properties, ...Object.fromEntries(own) } };
}

function placeholderDomain({ states }: FlowDefinition): string {
  const urls = states.flatMap(({ type, properties }) =>
    type.startsWith("run-function") && typeof properties.url === "string" ? [properties.url] : [],
  );
  return /^https:\/\/([^/]+)/.exec(urls[0] ?? "")?.[1] ?? "support-line-0000.twil.io";
}

function renamedFinding(name: string, was: string, bound: BoundTemplate, findings: PullFinding[]): void {
  if (!boundWidgets(bound).includes(was)) return;
  findings.push({
    kind: "to-bind",
    widget: name,
    place: "",
    message: `was called "${was}", and ${bound.name}.bindings.ts still fills that: change the name there (runsFunction takes the Function's name second)`,
  });
}

const sidPattern = /\b[A-Z]{2}[0-9a-f]{32}\b/g;
const isPlaceholder = (sid: string) => /^[A-Z]{2}0{32}$/.test(sid);

/** SIDs, numbers and domains of one stage in a widget, which would go to every stage; what the template has already is meant. */
function strangers(
  state: State,
  own: State | undefined,
  { name: template }: BoundTemplate,
  stage: PulledStage,
): PullFinding[] {
  const ownText = JSON.stringify(own ?? {});
  const way = (place: string) =>
    `Fill it in ${template}.bindings.ts ("${state.name}.${place}"), or choose another in the editor and pull again`;
  return textsOf(state).flatMap(({ place, text }) => {
    const sids = [...new Set(text.match(sidPattern) ?? [])].filter(
      (sid) => !isPlaceholder(sid) && !ownText.includes(sid),
    );
    const found = (what: string): PullFinding => ({
      kind: "to-bind",
      widget: state.name,
      place,
      message: `${what}. ${way(place)}`,
    });
    return [
      ...sids.map((sid) => {
        const what = stage.functions[sid]?.name ?? stage.sids[sid];
        return found(
          what === undefined
            ? `holds ${sid}, which is nothing of stage ${stage.name}: no other stage may have it`
            : `holds ${sid}, which is ${what} of stage ${stage.name} alone`,
        );
      }),
      ...(stage.domain !== "" && text.includes(stage.domain)
        ? [found(`holds ${stage.domain}, which is where stage ${stage.name} has its Functions`)]
        : []),
      ...Object.entries(stage.addresses)
        .filter(([address]) => text.includes(address) && !ownText.includes(address))
        .map(([, whose]) => found(`holds the number of ${whose} of stage ${stage.name}`)),
    ];
  });
}

/** Every text in a widget, under the name of its place where it has one. */
function textsOf(state: State): { place: string; text: string }[] {
  const names = new Map(placesOf(state).map(({ name, path }) => [path.join("/"), name]));
  const found: { place: string; text: string }[] = [];
  const look = (value: unknown, path: Path): void => {
    if (typeof value === "string") {
      found.push({ place: names.get(path.join("/")) ?? path.join("."), text: value });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        look(item, [...path, Array.isArray(value) ? Number(key) : key]);
      }
    }
  };
  look(state.properties, ["properties"]);
  look(state.transitions, ["transitions"]);
  return found;
}

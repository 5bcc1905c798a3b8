/** A Flow as a template: what only this account has is taken out of the places that Functions fill. Pure. */
import { placesOf, withPlace, type FlowDefinition, type State } from "@support-line/studio";
import type { DeployedFunctions, Place } from "./functions.ts";

export interface AdoptedTemplate {
  readonly template: FlowDefinition;
  /** Text of the bindings file; null where nothing is bound. */
  readonly bindings: string | null;
  /** SIDs and addresses of this account that stay as they are, each with its place. */
  readonly kept: readonly string[];
}

/** By property of a Run Function widget: what fills it, and what stands there in a template. */
const filled = {
  service_sid: { from: "serviceSid", placeholder: `ZS${"0".repeat(32)}` },
  environment_sid: { from: "environmentSid", placeholder: `ZE${"0".repeat(32)}` },
  function_sid: { from: "functionSid", placeholder: `ZH${"0".repeat(32)}` },
} as const;

/** Hosts of Functions that a Flow calls, and Environments that it names, with how often. */
export function placesCalled(definition: FlowDefinition, places: readonly Place[]): Map<Place, number> {
  const text = definition.states.map((state) => JSON.stringify(state));
  const called = places.map((place) => {
    const count = text.filter(
      (state) => state.includes(`https://${place.domainName}/`) || state.includes(place.environmentSid),
    ).length;
    return [place, count] as const;
  });
  return new Map(called.filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one));
}

/**
 * Makes a template and its bindings of a Flow.
 *
 * @param name of the template
 * @param functions that the Flow runs; null where it runs none
 */
export function toTemplate(
  name: string,
  definition: FlowDefinition,
  functions: DeployedFunctions | null,
): AdoptedTemplate {
  const bindings: string[] = [];
  const states = definition.states.map((state) => {
    const found = functions === null ? [] : fillingsOf(state, functions, name);
    bindings.push(
      ...found.map(
        ({ place, expression }) => `  ${JSON.stringify(`${state.name}.${place}`)}: ${expression},`,
      ),
    );
    return found.reduce<State>(
      (each, { path, placeholder }) => withPlace(each, path, placeholder) as State,
      state,
    );
  });
  const template = { ...definition, states };
  return {
    template,
    bindings: bindings.length === 0 ? null : bindingsFile(name, bindings),
    kept: keptIn(template),
  };
}

interface Filling {
  readonly place: string;
  readonly path: readonly (string | number)[];
  readonly placeholder: string;
  readonly expression: string;
}

function fillingsOf(
  state: State,
  { functions, assets, service, environment }: DeployedFunctions,
  name: string,
): Filling[] {
  const places = placesOf(state).filter(
    (place, _, all) => all.filter((other) => other.name === place.name).length === 1,
  );
  const at = (property: string) => places.find((place) => place.name === property);
  const base = `https://${environment.domainName}`;
  const own = functions.find(
    ({ sid, path }) => at("function_sid")?.value === sid || at("url")?.value === `${base}${path}`,
  );
  const sids = { service_sid: service.sid, environment_sid: environment.sid, function_sid: own?.sid };
  const bySid = (Object.keys(filled) as (keyof typeof filled)[]).flatMap((property): Filling[] => {
    const place = at(property);
    if (own === undefined || place === undefined || place.value !== sids[property]) return [];
    const { from, placeholder } = filled[property];
    return [{ place: property, path: place.path, placeholder, expression: fills(own.path, from) }];
  });
  const byUrl = places.flatMap((place): Filling[] => {
    const called = functions.find(({ path }) => place.value === `${base}${path}`);
    if (called === undefined) return [];
    const placeholder = `https://${name}-0000.twil.io${called.path}`;
    return [{ place: place.name, path: place.path, placeholder, expression: fills(called.path, "url") }];
  });
  const byAsset = places.flatMap((place): Filling[] => {
    const shown = assets.find(
      ({ path, visibility, taken }) =>
        visibility === "public" && taken !== null && place.value === `${base}${path}`,
    );
    if (shown === undefined) return [];
    const placeholder = `https://${name}-0000.twil.io${shown.path}`;
    const expression = `({ assets }) => assets[${JSON.stringify(shown.path)}]?.url`;
    return [{ place: place.name, path: place.path, placeholder, expression }];
  });
  return [...bySid, ...byUrl, ...byAsset];
}

function fills(path: string, property: string): string {
  return `({ functions }) => functions[${JSON.stringify(path.slice(1))}]?.${property}`;
}

function bindingsFile(name: string, bindings: readonly string[]): string {
  return [
    `/** What differs from stage to stage in \`${name}.json\`: the Functions that its widgets run. */`,
    'import { defineBindings } from "@support-line/studio";',
    'import type { LineValues } from "@support-line/stage/templates";',
    "",
    "export default defineBindings<LineValues>()({",
    ...bindings,
    "});",
    "",
  ].join("\n");
}

/** SIDs, and hosts of Functions, that are this account's alone; placeholders are none. */
const ofAccount = /\b[A-Z]{2}(?!0{32})[0-9a-f]{32}\b|https?:\/\/[\w-]+(?<!-0000)\.twil\.io[^\s"']*/g;

function keptIn({ states }: FlowDefinition): string[] {
  return states.flatMap((state) =>
    [...new Set(JSON.stringify(state).match(ofAccount) ?? [])].map((what) => `widget ${state.name}: ${what}`),
  );
}

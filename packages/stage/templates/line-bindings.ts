/**
 * What fills a template on a stage: the bindings that somebody wrote, and for an exported Flow those that its URLs and the
 * key `elsewhere` say by themselves. What is left over leads to nothing of the stage, and is a fault. Pure.
 */
import {
  bind,
  placesOf,
  readDefinition,
  type Bindings,
  type BoundDefinition,
  type State,
} from "@support-line/studio";
import { nearName, unreadableLiquid } from "@support-line/studio/advice";
import { functionsOfLine, type Adopted } from "../adopted/adopted.ts";
import type { Elsewhere } from "../elsewhere.ts";
import { foreignTexts, pathOfUrl, type ForeignText } from "./foreign.ts";
import type { LineValues } from "./line-values.ts";
import { TemplateError, type Template } from "./load.ts";
import { callers } from "./functions-of.ts";
import { runsFunction } from "./runs-function.ts";

/** Something wrong with a Flow, at its place in the template. */
export interface FlowFault {
  /** Keys and indexes in the file, from the outermost; undefined: it is of the whole Flow. */
  readonly path?: readonly (string | number)[];
  readonly widget?: string;
  /** `missing-function`: a Run Function widget leads to nothing; `not-here`: something else that was exported does. */
  readonly code?: "missing-function" | "not-here";
  /** What is wrong and the way out, one sentence. */
  readonly problem: string;
}

/** A place that was bound without anybody having written so. */
export interface BoundByPath {
  readonly widget: string;
  /** `opening`, or an Asset's `/prices.html`. */
  readonly to: string;
}

export interface LineBindings {
  readonly bindings: Bindings<LineValues>;
  readonly boundByPath: readonly BoundByPath[];
  readonly faults: readonly FlowFault[];
}

/** Of a stage, what decides where a Flow leads to. */
export interface LeadsTo {
  /** Name of the stage. */
  readonly name: string;
  readonly elsewhere: readonly Elsewhere[];
  /** An adopted line's Flow is of the account that it is deployed to: what it names is there. */
  readonly adopted: Pick<Adopted, "lines" | "functions"> | null;
}

/**
 * The bindings of a line's Flow on a stage.
 *
 * @param values whose Functions and Assets are those that the stage deploys
 */
export function lineBindings(stage: LeadsTo, template: Template, values: LineValues): LineBindings {
  const found = new Found(stage, template, values);
  for (const [at, state] of readDefinition(template.template).states.entries()) found.look(state, at);
  return {
    bindings: { ...template.bindings, ...found.bindings },
    boundByPath: found.boundByPath,
    faults: found.faults,
  };
}

/**
 * The definition of a line's Flow on a stage, filled.
 *
 * @throws TemplateError naming everything that leads to nothing, and StudioError when places do not go together
 */
export function boundFlow(
  stage: LeadsTo,
  template: Template,
  values: LineValues,
): {
  readonly definition: BoundDefinition;
  readonly boundByPath: readonly BoundByPath[];
} {
  const { bindings, faults: leading, boundByPath } = lineBindings(stage, template, values);
  const faults = [...leading, ...liquidFaults(stage, template)];
  if (faults.length > 0) {
    throw new TemplateError(faults.map((fault) => faultText(template, fault)).join("\n"));
  }
  return { definition: bind(template.template, bindings, values), boundByPath };
}

/** Texts that would come to nothing. An adopted Flow says what it said before, and `studio check` what is wrong with it. */
function liquidFaults({ adopted }: LeadsTo, { template }: Template): FlowFault[] {
  if (adopted !== null) return [];
  return unreadableLiquid(template).map(({ message, wayOut, property_path: pointer }) => ({
    path: pathOfPointer(pointer),
    problem: `${message}; ${wayOut}`,
  }));
}

/** `#/states/3/properties/body` as keys and indexes. */
export function pathOfPointer(pointer: string): (string | number)[] {
  const parts = pointer.replace(/^#\/?/, "").split("/");
  return parts.filter((part) => part !== "").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Where a fault is, and what: `flow-templates/florist.json:45: widget opening …`. */
export function faultText(
  { file, lineAt }: Pick<Template, "file" | "lineAt">,
  { path, widget, problem }: FlowFault,
): string {
  const line = path === undefined ? undefined : lineAt?.(path);
  const place = line === undefined ? file : `${file}:${line}`;
  const pointer = path === undefined ? "" : ` (#/${path.join("/")})`;
  return `${place}: ${widget === undefined ? "" : `widget ${widget} `}${problem}${pointer}`;
}

class Found {
  readonly bindings: Record<string, (values: LineValues) => unknown> = {};
  readonly boundByPath: BoundByPath[] = [];
  readonly faults: FlowFault[] = [];
  readonly #stage: LeadsTo;
  readonly #template: Template;
  readonly #values: LineValues;
  readonly #filled = new Set<string>();
  readonly #given = new Map<string, string>();

  constructor(stage: LeadsTo, template: Template, values: LineValues) {
    this.#stage = stage;
    this.#template = template;
    this.#values = values;
    for (const [place, fill] of Object.entries(template.bindings)) {
      if (this.#valueOf(place, fill) !== undefined) this.#filled.add(place);
    }
  }

  #valueOf(place: string, fill: (values: LineValues) => unknown): unknown {
    try {
      return fill(this.#values);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      throw new TemplateError(
        `${this.#template.bindingsFile}: what fills ${place} fails: ${problem}; have it take what a stage has, and nothing else`,
        { cause: error },
      );
    }
  }

  look(state: State, at: number): void {
    const isRunner = callers.has(state.type);
    const leadsSomewhere = isRunner && this.#run(state, at);
    if (this.#stage.adopted !== null) return;
    for (const text of foreignTexts(state)) {
      // Where a Function is found or missing, its SIDs are no subject of their own.
      const ofRunner =
        isRunner && !leadsSomewhere && text.path.length === 2 && runnerPlaces.has(text.place ?? "");
      if (!ofRunner) this.#text(state, at, text);
    }
  }

  /** A Run Function widget. Answers whether its own bindings fill its URL, so that what else it names is looked at. */
  #run(state: State, at: number): boolean {
    const { name: widget } = state;
    const { url } = state.properties;
    const place = `${widget}.url`;
    if (this.#filled.has(place)) return true;
    if (url === undefined || (typeof url === "string" && url.trim() === "")) {
      if (this.#stage.adopted === null) this.faults.push(this.#withoutUrl(state, at));
      return false;
    }
    if (typeof url !== "string") return false;
    if (this.#elsewhere(url) !== undefined) {
      this.#give(place, url, url);
      return false;
    }
    const name = pathOfUrl(url);
    if (name === undefined) return false;
    // An adopted line calls the Functions of other Services by their URLs, as it did before.
    if (this.#stage.adopted !== null && !Object.hasOwn(this.#template.bindings, place)) return false;
    if (Object.hasOwn(this.#values.functions, name)) {
      const places = new Set(placesOf(state).map((each) => `${widget}.${each.name}`));
      const fills = Object.entries(runsFunction(widget, name)).filter(([key]) => places.has(key));
      for (const [key, fill] of fills) if (!this.#filled.has(key)) this.bindings[key] = fill;
      this.boundByPath.push({ widget, to: name });
      return false;
    }
    this.faults.push({
      path: ["states", at, "properties", "url"],
      widget,
      code: "missing-function",
      problem: this.#missing(name, url),
    });
    return false;
  }

  /** A Function that is named by SIDs alone: older exports have no URL, and a SID of another account says nothing here. */
  #withoutUrl({ name: widget, properties }: State, at: number): FlowFault {
    const { function_sid: sid } = properties;
    const alone = typeof sid === "string" && sid !== "" ? `, only the SID ${sid} of another account` : "";
    const usual = widget.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const near = nearName(usual, Object.keys(this.#values.functions));
    const name = Object.hasOwn(this.#values.functions, usual) ? usual : (near ?? usual);
    const write = Object.hasOwn(this.#values.functions, name) ? "" : `, and functions/${name}.protected.ts`;
    return {
      path: ["states", at, "properties", "url"],
      widget,
      code: "missing-function",
      problem: `has no URL of a Function${alone}, so it is unknown which one it runs; write "url": "/${name}" into its properties${write}`,
    };
  }

  #missing(name: string, url: string): string {
    const folder =
      this.#stage.adopted === null
        ? "functions"
        : `functions/adopted/${functionsOfLine(this.#stage.adopted, this.#values.line)?.folder ?? ""}`.replace(
            /\/$/,
            "",
          );
    const near = nearName(name, Object.keys(this.#values.functions));
    return [
      `runs the Function ${name}, and ${folder} has no such Function`,
      near === undefined ? "" : `; did you mean ${near}?`,
      `${near === undefined ? "; write" : " Else write"} ${folder}/${name}.protected.ts`,
      this.#stage.adopted === null
        ? `, or say where it is: ${this.#declare(name, url.replace(/^https?:\/\/[\w-]+-0000\.twil\.io/, "https://<its domain>"))}`
        : "",
    ].join("");
  }

  /** How to say that something is deployed by somebody else. */
  #declare(name: string, is: string): string {
    return `in Pulumi.${this.#stage.name}.yaml, under elsewhere, { name: ${name}, is: ${is} }`;
  }

  #text(state: State, at: number, { path, place, text, found, what }: ForeignText): void {
    const key = place === undefined ? undefined : `${state.name}.${place}`;
    if (key !== undefined && this.#filled.has(key)) return;
    if (this.#elsewhere(found) !== undefined) {
      if (key !== undefined) return this.#give(key, text, found);
      if (this.#elsewhere(found)?.is === found) return;
    }
    const here = found.startsWith("http") ? this.#here(found) : undefined;
    if (here !== undefined && key !== undefined && text.trim() === found) {
      this.bindings[key] = () => here.url;
      this.boundByPath.push({ widget: state.name, to: here.name });
      return;
    }
    const name = `${state.name}-${String(path.at(-1))}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const bindIt = key === undefined ? "" : `; bind ${JSON.stringify(key)} in ${this.#template.bindingsFile}`;
    const wayOut = `${bindIt === "" ? ";" : `${bindIt}, or`} say that it is deployed elsewhere: ${this.#declare(name, found)}`;
    const other = found.startsWith("http")
      ? ""
      : ` (or, where ${this.#stage.name} has another: is: <its own>, exported: ${found})`;
    this.faults.push({
      path: ["states", at, ...path],
      widget: state.name,
      code: "not-here",
      problem: `names the ${what} ${found} of the account that the Flow was exported from, but nothing in stage ${this.#stage.name} is that${wayOut}${other}`,
    });
  }

  #elsewhere(found: string): Elsewhere | undefined {
    return this.#stage.elsewhere.find(({ exported }) => exported === found);
  }

  /** Puts in what stands elsewhere for this stage, where it is not what was exported. */
  #give(key: string, text: string, found: string): void {
    const entry = this.#elsewhere(found);
    if (entry === undefined || entry.is === found || this.#filled.has(key)) return;
    // A text may name several things.
    const given = (this.#given.get(key) ?? text).replaceAll(found, entry.is);
    this.#given.set(key, given);
    this.bindings[key] = () => given;
  }

  #here(url: string): { readonly name: string; readonly url: unknown } | undefined {
    if (/[?#]/.test(url)) return undefined;
    const path = pathOfUrl(url);
    if (path === undefined) return undefined;
    const own = this.#values.functions[path];
    if (own !== undefined) return { name: path, url: own.url };
    const asset = this.#values.assets[`/${path}`];
    return asset === undefined ? undefined : { name: `/${path}`, url: asset.url };
  }
}

/** What of a Run Function widget says which Function it is. */
const runnerPlaces = new Set(["url", "service_sid", "environment_sid", "function_sid"]);

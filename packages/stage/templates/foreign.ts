/** What an exported Flow names that belongs to the account it was drawn in: SIDs, and URLs of Functions and Assets. Pure. */
import { placesOf, type State } from "@support-line/studio";
import type { Path } from "@support-line/studio";

/** A text in a widget with something foreign in it. */
export interface ForeignText {
  readonly path: Path;
  /** Name of the place in bindings, `flow_sid`; undefined where it has none of its own. */
  readonly place: string | undefined;
  /** The whole text. */
  readonly text: string;
  /** The SID or URL in it. */
  readonly found: string;
  readonly what: string;
}

/** What a SID names, by its prefix, as people say it. */
const kinds: Readonly<Record<string, string>> = {
  AC: "account",
  CH: "Conversation",
  FW: "Flow",
  HX: "content template",
  IS: "Conversations Service",
  MG: "Messaging Service",
  TC: "task channel",
  WQ: "task queue",
  WS: "Workspace",
  WW: "Workflow",
  ZE: "Environment",
  ZH: "Function",
  ZS: "Functions Service",
};

const foreign = /\b[A-Z]{2}(?!0{32})[0-9a-fA-F]{32}\b|https?:\/\/[\w-]+(?:\.\w+)?\.twil\.io[^\s"'<>)}]*/g;

/** Everything foreign in a widget's properties and conditions, in the order it stands. */
export function foreignTexts(state: State): ForeignText[] {
  const names = new Map<string, string[]>();
  for (const { name, path } of placesOf(state)) {
    names.set(name, [...(names.get(name) ?? []), path.join("/")]);
  }
  const byPath = new Map(
    [...names].flatMap(([name, [path, ...others]]) => (others.length > 0 ? [] : [[path, name]])),
  );
  const found: ForeignText[] = [];
  const look = (value: unknown, path: Path): void => {
    if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        look(item, [...path, Array.isArray(value) ? Number(key) : key]);
      }
      return;
    }
    if (typeof value !== "string") return;
    for (const [each] of value.matchAll(foreign)) {
      const what = each.startsWith("http") ? "Function or Asset" : (kinds[each.slice(0, 2)] ?? "resource");
      found.push({ path, place: byPath.get(path.join("/")), text: value, found: each, what });
    }
  };
  look(state.properties, ["properties"]);
  look(state.transitions, ["transitions"]);
  return found;
}

/** The path of a URL of a Function or Asset without its first slash; undefined when only a run knows it. */
export function pathOfUrl(url: string): string | undefined {
  const path = /^(?:https?:\/\/[^/]*)?\/([^?#]+)/.exec(url.trim())?.[1]?.replace(/\/+$/, "");
  return path === undefined || path === "" || path.includes("{{") ? undefined : path;
}

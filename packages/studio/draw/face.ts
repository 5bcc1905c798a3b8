/** What a widget shows in a picture: what the customer reads or hears, what is asked, what is done. */
import { plain, textOf } from "../shown.ts";
import type { State } from "../types.ts";
import type { Kind } from "../widget.ts";
import { widgetOfType } from "../widgets/index.ts";

export interface Face {
  readonly kind: Kind;
  /** The widget's name. */
  readonly title: string;
  /** What it does, in a word or two. */
  readonly deed: string;
  /** What a customer reads or hears, whole; empty when it says nothing. */
  readonly speech: string;
  /** What else there is to know, a line each: what is checked, called, noted, waited for. */
  readonly facts: readonly string[];
}

/** The face of a widget. Nothing in it is cut: pictures cut as they have room. */
export function faceOf(state: State): Face {
  const { name, type } = state;
  const properties = state.properties ?? {};
  const text = (property: string) => textOf(properties[property]);
  const widget = widgetOfType(type);
  return {
    kind: widget?.kind ?? "unknown",
    title: name,
    // Studio may have added the type yesterday.
    deed: widget?.deed ?? type,
    speech: plain(text(widget?.speech ?? "say")).trim(),
    facts: (widget?.facts?.(text, properties) ?? []).filter((fact) => fact.trim() !== ""),
  };
}

/** How large a widget is drawn and which lines stand on it. */
import type { State } from "../types.ts";
import { faceOf, type Face } from "./face.ts";
import { widthOf, wrapped } from "./text.ts";

/** Sizes in pixels. */
export const type = { title: 13, text: 12.5, small: 11, line: 17, lineSmall: 15 } as const;
export const pad = { side: 12, icon: 36, top: 9, bottom: 10, between: 7 } as const;
const width = { least: 170, most: 250 };

export interface Line {
  readonly text: string;
  readonly style: "title" | "deed" | "speech" | "fact" | "note";
  /** Where its baseline is, from the card's top. */
  readonly y: number;
}

export interface Card {
  readonly face: Face;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  /** Where the bubble of what the customer reads stands, from the card's top; null when there is none. */
  readonly bubble: { readonly y: number; readonly height: number } | null;
}

/**
 * The card of a widget.
 *
 * @param notes lines of the occasion, such as what a text was before
 */
export function cardOf(state: State, notes: readonly string[] = []): Card {
  const face = faceOf(state);
  const facts = face.facts.map((fact) => fact.replace(/\s+/g, " ").trim());
  const wanted = Math.max(
    pad.icon + widthOf(face.title, type.title) * 1.12 + pad.side,
    pad.icon + widthOf(face.deed, type.small) + pad.side,
    ...(face.speech === "" ? [] : [widthOf(face.speech, type.text) + 2 * pad.side + 16]),
    ...[...facts, ...notes].map((fact) => widthOf(fact, type.small) + 2 * pad.side),
  );
  const cardWidth = Math.ceil(Math.min(width.most, Math.max(width.least, wanted)));
  const inner = cardWidth - 2 * pad.side;
  const lines: Line[] = [];
  let y: number = pad.top;
  const add = (text: string, style: Line["style"], height: number) => {
    y += height;
    lines.push({ text, style, y: y - 4 });
  };
  const beside = cardWidth - pad.icon - pad.side;
  for (const text of wrapped(face.title, { width: beside / 1.12, size: type.title, lines: 2 })) {
    add(text, "title", type.line);
  }
  add(face.deed, "deed", type.lineSmall);
  const speech = wrapped(face.speech, { width: inner - 16, size: type.text, lines: 5 });
  let bubble: Card["bubble"] = null;
  if (speech.length > 0) {
    y += pad.between;
    const top = y;
    y += 4;
    for (const text of speech) add(text, "speech", type.line);
    y += 6;
    bubble = { y: top, height: y - top };
  }
  const small = (texts: readonly string[], style: Line["style"], most: number) => {
    if (texts.length > 0) y += pad.between - 3;
    for (const fact of texts.slice(0, most)) {
      for (const text of wrapped(fact, { width: inner, size: type.small, lines: 2 })) {
        add(text, style, type.lineSmall);
      }
    }
    if (texts.length > most) add(`and ${texts.length - most} more`, style, type.lineSmall);
  };
  small(facts, "fact", 4);
  small(notes, "note", 3);
  return { face, width: cardWidth, height: Math.ceil(y + pad.bottom), lines, bubble };
}

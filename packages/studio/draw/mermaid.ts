/**
 * A Flow as Mermaid, as GitHub shows it in a comment: labels are quoted and escaped, and the text stays within what its
 * renderer takes.
 */
import type { FlowDefinition } from "../types.ts";
import { faceOf } from "./face.ts";
import { marked, markOfWay, type Highlight, type Mark, type Marked } from "./highlight.ts";
import type { Kind } from "../widget.ts";
import { markWords, palettes } from "./palette.ts";
import { pictureOf, type Item, type Picture, type Way } from "./picture.ts";
import { shortened } from "./text.ts";

/** `maxTextSize` and `maxEdges` of Mermaid as GitHub runs it, https://mermaid.js.org/config/schema-docs/config.html */
export const mermaidLimits = { characters: 50_000, edges: 500 };

export interface MermaidOptions {
  readonly highlight?: Highlight;
}

/**
 * The picture of a definition as a Mermaid flowchart, without the fence around it. When it is too large for GitHub, texts
 * are left away first, then what is far from a change, then what is far from the Trigger; the picture says so.
 */
export function drawMermaid(definition: FlowDefinition, { highlight }: MermaidOptions = {}): string {
  const marks = marked(definition, highlight);
  const whole = pictureOf(marks.definition);
  const core = highlight?.kind === "diff" ? touched(whole, marks) : [];
  const near = core.length > 0 ? around(whole, core, 1) : whole;
  for (const [picture, room] of [
    [whole, rooms.ample],
    [whole, rooms.scant],
    [near, rooms.ample],
    [near, rooms.scant],
  ] as const) {
    const text = written(picture, whole, marks, room);
    if (fits(picture, text)) return text;
  }
  return largest(near, core, (picture) => written(picture, whole, marks, rooms.scant));
}

/** How many characters a widget's texts may take, and an edge's. */
const rooms = {
  ample: { speech: 140, fact: 60, word: 60 },
  scant: { speech: 0, fact: 0, word: 24 },
} as const;
type Room = (typeof rooms)[keyof typeof rooms];

function fits({ ways }: Picture, text: string): boolean {
  return ways.length <= mermaidLimits.edges && text.length <= mermaidLimits.characters;
}

/** Ids of what a diff says something of. */
function touched({ items, ways }: Picture, marks: Marked): string[] {
  const ends = ways.filter((way) =>
    way.labels.some(({ transition }) => marks.transition({ widget: way.from, transition })),
  );
  const own = items.filter(({ id }) => marks.widget(id) !== undefined).map(({ id }) => id);
  return [...new Set([...own, ...ends.map(({ from }) => from)])];
}

/** What is at most so many ways from one of those. */
function around({ items, ways }: Picture, ids: readonly string[], steps: number): Picture {
  let near = new Set(ids);
  for (let step = 0; step < steps; step++) {
    near = new Set([
      ...near,
      ...ways.flatMap(({ from, to }) => (near.has(from) ? [to] : near.has(to) ? [from] : [])),
    ]);
  }
  return only({ items, ways }, near);
}

function only({ items, ways }: Picture, ids: ReadonlySet<string>): Picture {
  return {
    items: items.filter(({ id }) => ids.has(id)),
    ways: ways.filter(({ from, to }) => ids.has(from) && ids.has(to)),
  };
}

/** As much of a picture as fits, nearest to the changes, or else to its first item. */
function largest(picture: Picture, core: readonly string[], write: (picture: Picture) => string): string {
  const next = Map.groupBy(picture.ways, ({ from }) => from);
  const ids = new Set(core.length > 0 ? core : picture.items.slice(0, 1).map(({ id }) => id));
  // The set grows while it is walked.
  for (const id of ids) for (const { to } of next.get(id) ?? []) ids.add(to);
  const order = [...ids, ...picture.items.map(({ id }) => id).filter((id) => !ids.has(id))];
  let [least, most] = [0, order.length];
  while (least < most) {
    const count = Math.ceil((least + most) / 2);
    const part = only(picture, new Set(order.slice(0, count)));
    if (fits(part, write(part))) least = count;
    else most = count - 1;
  }
  return write(only(picture, new Set(order.slice(0, least))));
}

function written({ items, ways }: Picture, whole: Picture, marks: Marked, room: Room): string {
  const ids = new Map(items.map(({ id }, at) => [id, `n${at}`]));
  const left = whole.items.length - items.length;
  const lines = items.map((item) => `  ${ids.get(item.id)}${node(item, marks, room)}`);
  const drawn = ways.map((way) => `  ${ids.get(way.from)} ${link(way, marks, room)} ${ids.get(way.to)}`);
  const styled = new Set(items.flatMap((item) => classesOf(item, marks)));
  return [
    "flowchart TD",
    ...lines,
    ...(left === 0 ? [] : [`  more["${escaped(`and ${left} more, not shown`)}"]:::unknown`]),
    ...drawn,
    ...linkStyles(ways, marks),
    ...[...new Set([...styled, ...(left === 0 ? [] : ["unknown" as const])])].map(
      (name) => `  classDef ${name} ${styleOf(name)}`,
    ),
    "",
  ].join("\n");
}

const shapes: Readonly<Record<Kind, readonly [string, string]>> = {
  start: ["([", "])"],
  message: ["(", ")"],
  ask: ["(", ")"],
  voice: ["(", ")"],
  logic: ["{{", "}}"],
  code: ["[[", "]]"],
  people: ["[", "]"],
  flow: ["[", "]"],
  unknown: ["[", "]"],
};

const glyphs: Readonly<Record<Kind, string>> = {
  start: "▶",
  message: "💬",
  ask: "❓",
  voice: "🔊",
  logic: "🔀",
  code: "⚙️",
  people: "👤",
  flow: "↪️",
  unknown: "▫️",
};

function node(item: Item, marks: Marked, room: Room): string {
  const classes = classesOf(item, marks);
  const styled = classes.length === 0 ? "" : `:::${classes.at(-1)}`;
  if (item.kind === "end") return `(((" ")))${styled}`;
  if (item.kind === "missing") return `["no ${escaped(shortened(item.id, 60))}"]${styled}`;
  const face = faceOf(item.state);
  const mark = marks.widget(item.id);
  const word = mark === undefined || mark === "hit" || mark === "aside" ? "" : ` (${markWords[mark]})`;
  const [open, close] = shapes[face.kind];
  const texts = [
    `<b>${escaped(`${glyphs[face.kind]} ${shortened(face.title, 60)}`)}</b>${word}`,
    ...(room.speech === 0 || face.speech === ""
      ? []
      : [folded(`“${shortened(face.speech.replace(/\s+/g, " "), room.speech)}”`)]),
    ...(room.fact === 0
      ? []
      : face.facts.slice(0, 2).map((fact) => escaped(shortened(fact.replace(/\s+/g, " "), room.fact)))),
    ...(room.fact === 0
      ? []
      : marks
          .notes(item.id)
          .slice(0, 3)
          .map((note) => `<i>${folded(shortened(note.replace(/\s+/g, " "), 100))}</i>`)),
  ];
  return `${open}"${texts.join("<br/>")}"${close}${styled}`;
}

function link(way: Way, marks: Marked, room: Room): string {
  const texts = way.labels.flatMap(({ text, transition }) => {
    const mark = marks.transition({ widget: way.from, transition });
    const word = mark === "added" || mark === "removed" ? ` (${markWords[mark]})` : "";
    return text === "" && word === "" ? [] : [`${escaped(shortened(text, room.word))}${word}`.trim()];
  });
  const shown = texts.length > 8 ? [...texts.slice(0, 7), `and ${texts.length - 7} more`] : texts;
  const arrow = way.quiet || markOfWay(way, marks.transition) === "removed" ? "-.->" : "-->";
  return shown.length === 0 ? arrow : `${arrow}|"${shown.join(" or<br/>")}"|`;
}

type Class = Kind | "finish" | "lack" | "added" | "removed" | "changed" | "hit" | "missed" | "aside";

/** A mark's class counts before its kind's. */
function classesOf(item: Item, marks: Marked): Class[] {
  if (item.kind === "end") return ["finish"];
  if (item.kind === "missing") return ["lack"];
  const mark = classOf(marks.widget(item.id));
  return mark === undefined ? [faceOf(item.state).kind] : [mark];
}

function classOf(mark: Mark | undefined): Class | undefined {
  if (mark === "moved") return undefined;
  return mark === "renamed" ? "changed" : mark;
}

const { light } = palettes;

/** Fill and text are given both, so that GitHub's dark theme reads as well as its light one. */
function styleOf(name: Class): string {
  const { kinds, marks } = light;
  const box = (fill: string, stroke: string, more = "") =>
    `fill:${fill},stroke:${stroke},color:${light.text}${more}`;
  switch (name) {
    case "finish":
      return `fill:${light.edge},stroke:${light.edge},color:${light.page}`;
    case "lack":
      return box(kinds.unknown.tint, marks.removed, ",stroke-dasharray:3 3");
    case "added":
    case "hit":
      return box("#dff5e5", marks.added, ",stroke-width:3px");
    case "removed":
    case "missed":
      return box("#fde7e8", marks.removed, ",stroke-width:2px,stroke-dasharray:6 4");
    case "aside":
      return box(light.page, light.border, ",opacity:0.6");
    case "changed":
      return box("#fdf2de", marks.changed, ",stroke-width:3px");
    default:
      return box(kinds[name].tint, kinds[name].accent);
  }
}

function linkStyles(ways: readonly Way[], marks: Marked): string[] {
  const styles = ways.map((way) => {
    const mark = markOfWay(way, marks.transition);
    if (mark === "added" || mark === "hit") return `stroke:${light.marks.added},stroke-width:3px`;
    if (mark === "removed" || mark === "missed") return `stroke:${light.marks.removed},stroke-width:2px`;
    return way.quiet ? `stroke:${light.quiet},stroke-width:1px` : "";
  });
  const at = Map.groupBy(styles.keys(), (index) => styles[index] ?? "");
  return [...at].flatMap(([style, indexes]) =>
    style === "" ? [] : [`  linkStyle ${indexes.join(",")} ${style}`],
  );
}

/** Lines of about forty characters: Mermaid makes a widget as wide as its longest line. */
function folded(text: string): string {
  return [...text.matchAll(/\S.{0,40}\S*/g)].map(([line]) => escaped(line.trim())).join("<br/>");
}

/**
 * Text that Mermaid shows as it is: what quotes, tags, entities, Markdown or a link could be made of becomes a code of
 * Mermaid's own (`#34;`), and what is no text is left out.
 */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "")
    .replace(/["#&<>`{}[\]|\\;%*_~$@]/g, (character) => `#${character.codePointAt(0)};`)
    .replace(/:\/\//g, "#58;//")
    .replace(/^(\d+)\./, "$1#46;");
}

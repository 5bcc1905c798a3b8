/** A Flow as SVG: one self-contained picture, without scripts, fonts or style sheets, that reads without its colours too. */
import { readDefinition } from "../read-definition.ts";
import type { FlowDefinition } from "../types.ts";
import { cardOf, pad, type as fonts, type Card } from "./card.ts";
import { marked, markOfWay, type Highlight, type Mark, type Marked } from "./highlight.ts";
import { place, wordSize, type LayoutEdge, type LayoutNode, type Point } from "./layout.ts";
import { icons, markWords, palettes, type Palette, type Theme } from "./palette.ts";
import { pictureOf } from "./picture.ts";
import { widthOf } from "./text.ts";
import { element, number, text } from "./xml.ts";

export interface SvgOptions {
  readonly highlight?: Highlight;
  /** light when absent. */
  readonly theme?: Theme;
  /** What the picture is called; the Flow's description when absent. */
  readonly title?: string;
}

const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** The picture of a definition as a whole SVG document. A definition that Studio would refuse is drawn as far as it goes. */
export function drawSvg(given: FlowDefinition, options: SvgOptions = {}): string {
  const definition = readDefinition(given);
  const { theme = "light", highlight } = options;
  const palette = palettes[theme];
  const marks = marked(definition, highlight);
  const picture = pictureOf(marks.definition);
  const cards = new Map(
    marks.definition.states.map((state) => [state.name, cardOf(state, marks.notes(state.name))]),
  );
  const placed = place(picture, (state) => cards.get(state.name) ?? cardOf(state));
  const legend = highlight === undefined ? null : legendOf(highlight, palette, placed.height);
  const size = {
    width: Math.max(placed.width, legend?.width ?? 0),
    height: placed.height + (legend === null ? 0 : 34),
  };
  const title = options.title ?? definition.description ?? "A Studio Flow";
  const parts = [
    element("title", {}, text(title)),
    element("desc", {}, text(described(definition, highlight))),
    element("rect", { width: size.width, height: size.height, fill: palette.page }),
    ...placed.edges.map((edge) => edgeDrawn(edge, markOfWay(edge, marks.transition), palette)),
    ...placed.nodes.map((node) => nodeDrawn(node, cards.get(node.id), marks, palette)),
    ...placed.edges.map((edge) => wordsDrawn(edge, marks, palette)),
    ...(legend === null ? [] : [legend.drawn]),
  ];
  const [width, height] = [Math.ceil(size.width), Math.ceil(size.height)];
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "font-family": font,
  };
  return `${element("svg", attributes, `\n${parts.filter((part) => part !== "").join("\n")}\n`)}\n`;
}

function described({ states }: FlowDefinition, highlight?: Highlight): string {
  const trigger = states.find(({ type }) => type === "trigger");
  const first = (trigger?.transitions ?? []).flatMap(({ next }) => (next ? [next] : []));
  const names = states.filter((state) => state !== trigger).map(({ name }) => name);
  const shows = { diff: "what changed", path: "the way an Execution went", coverage: "what tests reached" };
  const brought = highlight === undefined ? "" : ` Brought out: ${shows[highlight.kind]}.`;
  return `A Flow of ${states.length} widgets. It starts at ${[...new Set(first)].join(", ") || "nothing"}. Widgets: ${names.join(", ")}.${brought}`;
}

function edgeDrawn(edge: LayoutEdge, mark: Mark | undefined, palette: Palette): string {
  const faded = mark === "aside";
  const own = edge.quiet ? palette.quiet : palette.edge;
  const colour = mark === undefined || faded ? own : palette.marks[mark];
  const strong = mark === "added" || mark === "removed" || mark === "hit";
  const dash = mark === "removed" || mark === "missed" ? "2 4" : edge.quiet ? "5 4" : undefined;
  const head = arrowHead(edge.points);
  const line = element("path", {
    d: curve(edge.points),
    fill: "none",
    stroke: colour,
    "stroke-width": strong ? 2.4 : edge.quiet ? 1.1 : 1.5,
    "stroke-dasharray": dash,
    "stroke-linecap": "round",
  });
  return element(
    "g",
    { opacity: faded ? 0.45 : undefined },
    line + element("path", { d: head, fill: colour }),
  );
}

/** A smooth line along the points (halfway between two of them it is straight), from the first to the last. */
function curve(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "";
  const pieces = points.slice(1, -1).map((middle, index) => {
    const [before, after] = [points[index] ?? first, points[index + 2] ?? last];
    const start = index === 0 ? `L${at(blend(before, middle, 1 / 2))}` : "";
    return `${start}Q${at(middle)} ${at(blend(middle, after, 1 / 2))}`;
  });
  return `M${at(first)}${pieces.join("")}L${at(last)}`;
}

/** A point between two; `part` is the weight of the one. */
const blend = (one: Point, other: Point, part: number): Point => ({
  x: one.x * part + other.x * (1 - part),
  y: one.y * part + other.y * (1 - part),
});
const at = ({ x, y }: Point) => `${number(x)},${number(y)}`;

/** A triangle at the last point, in the direction in which the curve arrives. */
function arrowHead(points: readonly Point[]): string {
  const [from, tip] = [points.at(-2), points.at(-1)];
  if (from === undefined || tip === undefined) return "";
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [x, y] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const side = (sign: number) => at({ x: tip.x - 9 * x - 4.2 * sign * y, y: tip.y - 9 * y + 4.2 * sign * x });
  return `M${at(tip)}L${side(1)}L${side(-1)}Z`;
}

function wordsDrawn({ words, quiet, from }: LayoutEdge, marks: Marked, palette: Palette): string {
  if (words === null) return "";
  const top = words.y - words.height / 2;
  const behind = element("rect", {
    x: number(words.x - words.width / 2),
    y: number(top),
    width: words.width,
    height: words.height,
    rx: 5,
    fill: palette.page,
    "fill-opacity": 0.92,
  });
  const lines = words.lines.map((line, index) => {
    const mark = marks.transition({ widget: from, transition: line.transition });
    const plain = mark === undefined || mark === "missed" || mark === "aside";
    const attributes = {
      x: number(words.x),
      y: number(top + (index + 1) * wordSize.line - 2),
      "font-size": wordSize.font,
      "text-anchor": "middle",
      "font-style": quiet ? "italic" : undefined,
      "text-decoration": mark === "removed" ? "line-through" : undefined,
      fill: plain ? (quiet ? palette.muted : palette.text) : palette.marks[mark],
    };
    return element("text", attributes, text(line.text));
  });
  return element("g", {}, behind + lines.join(""));
}

function nodeDrawn(node: LayoutNode, card: Card | undefined, marks: Marked, palette: Palette): string {
  if (node.kind === "end") return endDrawn(node, palette);
  if (card === undefined) return missingDrawn(node, palette);
  const mark = marks.widget(node.id);
  const { accent, tint } = palette.kinds[card.face.kind];
  const border =
    mark === undefined || mark === "moved" || mark === "aside" ? palette.border : palette.marks[mark];
  const outline = {
    fill: card.face.kind === "start" ? tint : palette.card,
    stroke: border,
    "stroke-width": mark === undefined || mark === "aside" ? 1.2 : 2.4,
    "stroke-dasharray": mark === "removed" || mark === "missed" ? "6 4" : undefined,
  };
  const colours = {
    title: palette.text,
    deed: accent,
    speech: palette.text,
    fact: palette.muted,
    note: palette.marks.changed,
  };
  const sizes = {
    title: fonts.title,
    deed: fonts.small,
    speech: fonts.text,
    fact: fonts.small,
    note: fonts.small,
  };
  const left = { title: pad.icon, deed: pad.icon, speech: pad.side + 8, fact: pad.side, note: pad.side };
  const bubble =
    card.bubble === null
      ? ""
      : element("rect", {
          x: pad.side,
          y: card.bubble.y,
          width: card.width - 2 * pad.side,
          height: card.bubble.height,
          rx: 8,
          fill: tint,
        });
  const lines = card.lines.map(({ text: line, style, y }) =>
    element(
      "text",
      {
        x: left[style],
        y,
        "font-size": sizes[style],
        "font-weight": style === "title" ? 600 : undefined,
        "text-decoration": style === "title" && mark === "removed" ? "line-through" : undefined,
        fill: colours[style],
      },
      text(line),
    ),
  );
  const icon =
    element("rect", { x: 8, y: 9, width: 22, height: 22, rx: 7, fill: accent }) +
    element("path", {
      transform: "translate(11.4 12.4) scale(0.95)",
      d: icons[card.face.kind],
      fill: "none",
      stroke: palette.onAccent,
      "stroke-width": 1.7,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    });
  const { face } = card;
  const told = [face.title, face.deed, face.speech, ...face.facts, ...marks.notes(node.id)].filter(Boolean);
  return element(
    "g",
    {
      transform: `translate(${number(node.x)} ${number(node.y)})`,
      opacity: mark === "removed" ? 0.75 : mark === "aside" ? 0.5 : undefined,
    },
    element("title", {}, text(told.join("\n"))) +
      element("path", { d: outlineOf(card), ...outline }) +
      bubble +
      icon +
      lines.join("") +
      badge(card, mark, palette),
  );
}

/** Shapes tell kinds apart where colours do not: a start is a pill, a decision has its corners cut, code has two bars. */
function outlineOf({ face, width, height }: Card): string {
  const rounded = (r: number) =>
    `M${r},0H${width - r}A${r},${r} 0 0 1 ${width},${r}V${height - r}A${r},${r} 0 0 1 ${width - r},${height}H${r}A${r},${r} 0 0 1 0,${height - r}V${r}A${r},${r} 0 0 1 ${r},0Z`;
  if (face.kind === "start") return rounded(Math.min(20, height / 2));
  if (face.kind === "logic") {
    return `M9,0H${width - 9}L${width},9V${height - 9}L${width - 9},${height}H9L0,${height - 9}V9Z`;
  }
  if (face.kind === "code") return `${rounded(3)}M5,0V${height}M${width - 5},0V${height}`;
  return rounded(face.kind === "people" || face.kind === "flow" ? 6 : 12);
}

/** The word of a mark, on the upper right corner. */
function badge({ width }: Card, mark: Mark | undefined, palette: Palette): string {
  if (mark === undefined || mark === "hit" || mark === "aside") return "";
  const word = markWords[mark];
  const wide = widthOf(word, 10.5) + 14;
  return (
    element("rect", {
      x: number(width - wide - 8),
      y: -9,
      width: number(wide),
      height: 17,
      rx: 8.5,
      fill: palette.marks[mark],
    }) +
    element(
      "text",
      {
        x: number(width - wide / 2 - 8),
        y: 3,
        "font-size": 10.5,
        "font-weight": 600,
        "text-anchor": "middle",
        fill: palette.page,
      },
      text(word),
    )
  );
}

function endDrawn({ x, y, width, height }: LayoutNode, palette: Palette): string {
  const centre = { cx: number(x + width / 2), cy: number(y + height / 2) };
  return element(
    "g",
    {},
    element("title", {}, text("The Flow ends")) +
      element("circle", { ...centre, r: 9, fill: palette.page, stroke: palette.edge, "stroke-width": 1.6 }) +
      element("circle", { ...centre, r: 5, fill: palette.edge }),
  );
}

function missingDrawn({ id, x, y, width, height }: LayoutNode, palette: Palette): string {
  const outline = { x: number(x), y: number(y), width: number(width), height, rx: 6, fill: palette.card };
  return element(
    "g",
    {},
    element("title", {}, text(`The Flow has no widget ${id}`)) +
      element("rect", {
        ...outline,
        stroke: palette.marks.removed,
        "stroke-width": 1.6,
        "stroke-dasharray": "3 3",
      }) +
      element(
        "text",
        {
          x: number(x + width / 2),
          y: number(y + height / 2 + 4),
          "font-size": 12,
          "text-anchor": "middle",
          fill: palette.marks.removed,
        },
        text(`no ${id}`),
      ),
  );
}

const legends: Readonly<Record<Highlight["kind"], readonly Mark[]>> = {
  diff: ["added", "changed", "removed", "moved"],
  path: ["hit"],
  coverage: ["hit", "missed"],
};

function legendOf(highlight: Highlight, palette: Palette, y: number): { drawn: string; width: number } {
  const shown = legends[highlight.kind];
  let x = 20;
  const drawn = shown.map((mark) => {
    const word = markWords[mark];
    const piece =
      element("rect", {
        x,
        y: number(y + 4),
        width: 22,
        height: 12,
        rx: 3,
        fill: "none",
        stroke: palette.marks[mark],
        "stroke-width": 2.4,
        "stroke-dasharray": mark === "removed" || mark === "missed" ? "6 4" : undefined,
      }) +
      element("text", { x: x + 29, y: number(y + 14), "font-size": 11.5, fill: palette.text }, text(word));
    x += Math.ceil(29 + widthOf(word, 11.5) + 24);
    return piece;
  });
  return { drawn: element("g", {}, drawn.join("")), width: x };
}

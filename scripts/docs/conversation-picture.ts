/**
 * A conversation that moves through its Flow, as one SVG that plays by itself: the phones of customer and agent, and the Flow with
 * the way that each message takes. The ways and the words are the Flow's own.
 */
import type { FlowDefinition } from "@support-line/studio";
import { drawSvg, type PathStep, type Theme } from "@support-line/studio/draw";

/** What somebody writes, or reads of the Flow. */
interface Bubble {
  readonly on: "customer" | "agent";
  readonly text: string;
  readonly by: "self" | "other";
  /** Seconds from the beginning of its scene. */
  readonly after: number;
}

interface Scene {
  readonly seconds: number;
  readonly way: readonly string[];
  readonly bubbles: readonly Bubble[];
}

const palette = {
  light: {
    back: "#ffffff",
    phone: "#f2f4f8",
    self: "#1f6feb",
    other: "#e1e6ee",
    words: "#1c2430",
    selfWords: "#ffffff",
  },
  dark: {
    back: "#0d1117",
    phone: "#161b26",
    self: "#1f6feb",
    other: "#2b3342",
    words: "#e6edf3",
    selfWords: "#ffffff",
  },
} as const;

/** What a widget says. */
function says(definition: FlowDefinition, widget: string): string {
  const body = definition.states.find(({ name }) => name === widget)?.properties?.["body"];
  if (typeof body !== "string") throw new Error(`The Flow has no widget ${widget} that says something.`);
  return body;
}

/** @throws Error for a way that the Flow does not have */
function stepsOf(definition: FlowDefinition, way: readonly string[]): PathStep[] {
  return way.map((name, at) => {
    const to = way[at + 1];
    const transitions = definition.states.find((state) => state.name === name)?.transitions ?? [];
    const transition = transitions.findIndex(({ next }) => next === to);
    const event = transitions[transition]?.event;
    if (to !== undefined && event === undefined) throw new Error(`No transition of ${name} leads to ${to}.`);
    return {
      state: name,
      ...(to === undefined || event === undefined ? {} : { left: { event, to, transition } }),
    };
  });
}

function scenesOf(definition: FlowDefinition): readonly Scene[] {
  const added = says(definition, "support-confirmation-message");
  const left = says(definition, "agent-removed-message");
  const both = (text: string, by: Bubble["on"], after: number): Bubble[] => [
    { on: by, text, by: "self", after },
    { on: by === "customer" ? "agent" : "customer", text, by: "other", after: after + 0.4 },
  ];
  return [
    {
      seconds: 3.5,
      way: ["Trigger", "check-support", "check-first-message", "start-conversation"],
      bubbles: [{ on: "customer", text: "hello", by: "self", after: 0.5 }],
    },
    {
      seconds: 4.5,
      way: ["Trigger", "check-support", "add-support-agent", "support-confirmation-message"],
      bubbles: [
        { on: "customer", text: "support", by: "self", after: 0.3 },
        { on: "customer", text: added, by: "other", after: 1.6 },
        { on: "agent", text: added, by: "other", after: 1.8 },
      ],
    },
    {
      seconds: 4.5,
      way: ["Trigger", "check-support", "check-first-message"],
      bubbles: [...both("My order is late.", "customer", 0.3), ...both("It arrives tomorrow.", "agent", 2.2)],
    },
    {
      seconds: 5.5,
      way: ["Trigger", "check-support", "remove-support-agent", "check-removed", "agent-removed-message"],
      bubbles: [...both("done", "agent", 0.3), { on: "customer", text: left, by: "other", after: 1.8 }],
    },
  ];
}

const phone = { width: 330, left: 20, height: 460, top: 16, gap: 12, line: 20 };

/** Lines of at most so many characters. */
function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** The picture. */
export function conversationPicture(definition: FlowDefinition, theme: Theme): string {
  const colours = palette[theme];
  const scenes = scenesOf(definition);
  const whole = scenes.reduce((sum, { seconds }) => sum + seconds, 0);
  const part = (seconds: number) => `${((seconds / whole) * 100).toFixed(2)}%`;
  const rules: string[] = [];
  const drawn: string[] = [];
  const tops = { customer: phone.top + 48, agent: phone.top + phone.height + phone.gap + 48 };
  let begun = 0;
  for (const [at, { seconds, way, bubbles }] of scenes.entries()) {
    const svg = drawSvg(definition, { theme, highlight: { kind: "path", steps: stepsOf(definition, way) } });
    const inner = svg
      .replace(/^<svg[^>]*>/, "")
      .replace(/<\/svg>\s*$/, "")
      .replaceAll(/<(title|desc)>.*?<\/\1>\n?/gs, "");
    const [from, to] = [part(begun), part(begun + seconds)];
    rules.push(
      `@keyframes s${at}{0%{opacity:${at === 0 ? 1 : 0}}${from}{opacity:1}${to}{opacity:${at === scenes.length - 1 ? 1 : 0}}100%{opacity:${at === scenes.length - 1 ? 1 : 0}}}`,
      `.s${at}{opacity:${at === scenes.length - 1 ? 1 : 0};animation:s${at} ${whole}s step-end infinite}`,
    );
    drawn.push(`<g class="s${at}" transform="translate(${phone.width + 40} 0)">${inner}</g>`);
    for (const [index, { on, text, by, after }] of bubbles.entries()) {
      const lines = wrapped(text, 30);
      const width = Math.max(...lines.map((line) => line.length)) * 8.4 + 24;
      const height = lines.length * phone.line + 14;
      const x = by === "self" ? phone.left + phone.width - 14 - width : phone.left + 14;
      const y = tops[on];
      tops[on] += height + phone.gap;
      const name = `b${at}${index}`;
      const time = part(begun + after);
      rules.push(
        `@keyframes ${name}{0%{opacity:0}${time}{opacity:1}100%{opacity:1}}`,
        `.${name}{animation:${name} ${whole}s step-end infinite}`,
      );
      const words = lines.map(
        (line, row) =>
          `<text x="${x + 12}" y="${y + 22 + row * phone.line}" fill="${by === "self" ? colours.selfWords : colours.words}">${escaped(line)}</text>`,
      );
      drawn.push(
        `<g class="${name}"><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="${by === "self" ? colours.self : colours.other}"/>${words.join("")}</g>`,
      );
    }
    begun += seconds;
  }
  const size = /viewBox="0 0 (\d+) (\d+)"/.exec(drawSvg(definition, { theme }));
  const width = Number(size?.[1] ?? 0) + phone.width + 40;
  const height = Math.max(Number(size?.[2] ?? 0), 2 * (phone.height + phone.gap) + phone.top);
  const phones = (["customer", "agent"] as const).map((who, at) => {
    const top = phone.top + at * (phone.height + phone.gap);
    const name = who === "customer" ? "Customer" : "Ada, agent";
    return `<rect x="${phone.left}" y="${top}" width="${phone.width}" height="${phone.height}" rx="18" fill="${colours.phone}"/><text x="${phone.left + 18}" y="${top + 30}" font-weight="600" fill="${colours.words}">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="15">
<title>A conversation moves through its Flow</title>
<desc>A customer writes "support", the Flow runs a Function that adds the agent, the two write to each other, and the agent leaves with "done".</desc>
<style>${rules.join("")}@media (prefers-reduced-motion: reduce){*{animation:none !important}}</style>
<rect width="${width}" height="${height}" fill="${colours.back}"/>
${[...phones, ...drawn].join("\n")}
</svg>
`;
}

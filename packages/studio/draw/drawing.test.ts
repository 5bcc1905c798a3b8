import { readFileSync } from "node:fs";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { drawnFlow, drawnFlows } from "../testing/flows.ts";
import { advance } from "../engine.ts";
import { answered, options } from "../testing/play.ts";
import type { FlowDefinition, State } from "../types.ts";
import { drawMermaid, drawSvg, layout, mermaidLimits, transitionTaken, type Highlight } from "./index.ts";
import { palettes } from "./palette.ts";

const template = JSON.parse(readFileSync("flow-templates/support.json", "utf8")) as FlowDefinition;
/** The Flow of the line, with words of these tests where they look at them. */
const support: FlowDefinition = {
  ...template,
  states: template.states.map((state) => {
    const body = {
      "support-confirmation-message": "Somebody is here",
      "agent-removed-message": "They have left",
    }[state.name];
    return body === undefined ? state : { ...state, properties: { ...state.properties, body } };
  }),
};
const real = drawnFlows.map((name): [string, FlowDefinition] => [name, drawnFlow(name)]);

/** Every text of an SVG, as a reader of XML finds it. */
function textsOf(svg: string): string[] {
  expect(XMLValidator.validate(svg)).toBe(true);
  const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, htmlEntities: true });
  const walk = (node: unknown): string[] => {
    if (Array.isArray(node)) return node.flatMap(walk);
    if (typeof node !== "object" || node === null) return [];
    return Object.entries(node).flatMap(([key, value]) => (key === "#text" ? [String(value)] : walk(value)));
  };
  return walk(parser.parse(svg));
}

const nasty = `"]; --> <script>alert(1)</script> & \`x\` #quot; %% \u0007 \ud800 |end ]]>`;
const hostile: FlowDefinition = {
  description: nasty,
  initial_state: "Trigger",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      properties: {},
      transitions: [{ event: "incomingMessage", next: nasty }],
    },
    { name: nasty, type: nasty, properties: { body: nasty }, transitions: [{ event: nasty, next: nasty }] },
    {
      name: "split",
      type: "split-based-on",
      properties: { input: nasty },
      transitions: [
        {
          event: "match",
          next: "gone",
          conditions: [{ friendly_name: nasty, arguments: [nasty], type: nasty, value: nasty }],
        },
      ],
    },
  ],
};

/** A split with a branch for each number: large, and as wide as it gets. */
function large(count: number, body = "Hello"): FlowDefinition {
  const say = (at: number): State => ({
    name: `say-${at}`,
    type: "send-message",
    properties: { body: `${body} ${at}` },
    transitions: [{ event: "sent", next: `say-${at + 1}` }],
  });
  const trigger: State = {
    name: "Trigger",
    type: "trigger",
    properties: {},
    transitions: [{ event: "incomingMessage", next: "say-0" }],
  };
  return {
    initial_state: "Trigger",
    states: [trigger, ...Array.from({ length: count }, (_, at) => say(at))],
  };
}

describe("drawSvg", () => {
  test("shows what customers read, conditions in words and failures, and names itself for screen readers", () => {
    const svg = drawSvg(support, { title: "The support line" });
    const texts = textsOf(svg).join(" ");
    for (const text of [
      "Somebody is here",
      "is “support”",
      "anything else",
      "fails",
      "a message in a",
      "by the message",
    ]) {
      expect(texts).toContain(text);
    }
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*>\s*<title>The support line<\/title>\s*<desc>/);
  });

  test("writes whatever stands in a Flow as text: no element, script or address comes of it", () => {
    const svg = drawSvg(hostile);
    expect(textsOf(svg).join(" ")).toContain("<script>alert(1)</script>");
    expect(svg).not.toMatch(/<(script|style|image|foreignObject|a)\b|\son\w+=|href=/);
  });

  test.each(real)(
    "%s: well-formed in both themes, nothing on top of another, all in the frame",
    (_, definition) => {
      for (const theme of ["light", "dark"] as const) textsOf(drawSvg(definition, { theme }));
      const { nodes, edges, width, height } = layout(definition);
      const words = edges.flatMap(({ words: each }) =>
        each === null ? [] : [{ ...each, x: each.x - each.width / 2, y: each.y - each.height / 2 }],
      );
      const boxes = [...nodes, ...words];
      for (const [at, one] of boxes.entries()) {
        expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height).toBe(
          true,
        );
        const under = boxes
          .slice(at + 1)
          .filter(
            (other) =>
              one.x < other.x + other.width &&
              other.x < one.x + one.width &&
              one.y < other.y + other.height &&
              other.y < one.y + one.height,
          );
        expect(under).toEqual([]);
      }
    },
  );
});

describe("a definition that Studio would refuse is drawn as far as it goes", () => {
  const malformed: readonly (readonly [string, unknown])[] = [
    ["widgets without transitions or properties", [{ name: "a", type: "send-message" }]],
    [
      "properties of other types",
      [{ name: "a", type: "say-play", properties: { say: 5, parameters: [null] } }],
    ],
    [
      "conditions of nothing",
      [
        {
          name: "a",
          type: "split-based-on",
          properties: { input: 7 },
          transitions: [{ conditions: [{ arguments: [3] }] }],
        },
      ],
    ],
    ["two widgets of one name", [say("a", "a"), say("a", "b")]],
    ["3,000 widgets in a row", Array.from({ length: 3000 }, (_, at) => say(`s${at}`, `s${(at + 1) % 3000}`))],
  ];
  test.each(malformed)("%s", (_, states) => {
    const definition = { initial_state: "a", states } as FlowDefinition;
    expect(XMLValidator.validate(drawSvg(definition, { highlight: { kind: "diff", before: support } }))).toBe(
      true,
    );
    expect(drawMermaid(definition)).toMatch(/^flowchart TD\n {2}n0/);
  });
});

function say(name: string, next: string): State {
  return {
    name,
    type: "send-message",
    properties: { body: "Hello" },
    transitions: [{ event: "sent", next }],
  };
}

describe("a highlight", () => {
  const edited: FlowDefinition = {
    ...support,
    states: [
      ...support.states
        .filter(({ name }) => name !== "start-conversation")
        .map((state) =>
          state.name === "agent-removed-message"
            ? { ...state, properties: { ...state.properties, body: "Bye for now" } }
            : state,
        ),
      { name: "survey", type: "send-message", properties: { body: "How was it?" }, transitions: [] },
    ],
  };

  test("of a diff marks what is new, gone and changed, and says what it was", () => {
    const texts = textsOf(drawSvg(edited, { highlight: { kind: "diff", before: support } }));
    for (const text of ["new", "gone", "changed", "Bye for now", "survey", "start-conversation"]) {
      expect(texts).toContain(text);
    }
    expect(texts.join(" ")).toContain("body was: They have left");
    expect(textsOf(drawSvg(support, { highlight: { kind: "diff", before: support } }))).not.toContain(
      "removed",
    );
    expect(drawMermaid(edited, { highlight: { kind: "diff", before: support } })).toMatch(
      /survey.*\(new\).*:::added/,
    );
  });

  test("of a path follows the engine's trace", () => {
    const started = {
      type: "started",
      trigger: "incomingConversationMessage",
      start: {
        executionSid: "FN1",
        flowSid: "FW1",
        channelAddress: "+15550100001",
        contactAddress: "+15550100201",
        trigger: { conversation: { Body: "support", Index: "1" } },
      },
    } as const;
    const first = advance(support, null, started, options);
    const turn = advance(
      support,
      first.execution,
      answered("{}")(first.execution.waiting?.effect ?? ""),
      options,
    );
    const steps = [...first.trace, ...turn.trace];
    const split = support.states.find(({ name }) => name === "check-support");
    const step = steps.find(({ state }) => state === "check-support");
    expect(split && step && transitionTaken(split, step)).toBe(1);
    const svg = drawSvg(support, { highlight: { kind: "path", steps } });
    expect(svg.match(/<g transform="[^"]+" opacity="0.5">/g)?.length).toBeGreaterThan(1);
    expect(svg).not.toContain("not reached");
    expect(drawMermaid(support, { highlight: { kind: "path", steps } })).toMatch(/add-support-agent.*:::hit/);
  });

  test("of coverage tells what was reached from what was not", () => {
    const highlight: Highlight = {
      kind: "coverage",
      widgets: ["Trigger", "check-support"],
      transitions: [{ widget: "Trigger", transition: 2 }],
    };
    const text = drawMermaid(support, { highlight });
    expect(text.match(/:::hit/g)).toHaveLength(2);
    expect(text.match(/:::missed/g)).toHaveLength(support.states.length - 2);
  });
});

test.each(Object.entries(palettes))(
  "%s: text on what is behind it has a contrast of 4.5 or more",
  (_, palette) => {
    const { page, card, text, muted, onAccent, kinds, marks } = palette;
    const pairs = [
      ...[text, muted, ...Object.values(marks)].flatMap((colour) =>
        [page, card].map((on) => [colour, on] as const),
      ),
      ...Object.values(kinds).flatMap(
        ({ accent, tint }) =>
          [
            [text, tint],
            [accent, card],
            [onAccent, accent],
          ] as const,
      ),
      [kinds.start.accent, kinds.start.tint] as const,
    ];
    for (const [colour, on] of pairs) expect(contrast(colour, on)).toBeGreaterThanOrEqual(4.5);
  },
);

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe("drawMermaid", () => {
  test.each([...real, ["a hostile one", hostile] as [string, FlowDefinition]])(
    "%s: labels are quoted, and hold nothing that Mermaid reads",
    (_, definition) => {
      const text = drawMermaid(definition);
      expect(text).toMatch(/^flowchart TD\n/);
      for (const [, label = ""] of text.matchAll(/"([^"]*)"/g)) {
        expect(label.replace(/<\/?[bi]>|<br\/>|#\d+;/g, "")).not.toMatch(/["#<>`;|{}[\]\\]/);
      }
      for (const line of text.split("\n").slice(1).filter(Boolean)) {
        expect(line.replace(/"[^"]*"/g, '""')).toMatch(
          /^ {2}(n\d+[([{]+""[)\]}]+(:::\w+)?|n\d+ (-->|-\.->)(\|""\|)? n\d+|(classDef|linkStyle) .+)$/,
        );
      }
    },
  );

  test("leaves texts away, then what is far, to stay within GitHub's limits", () => {
    const within = (text: string) => {
      expect(text.length).toBeLessThanOrEqual(mermaidLimits.characters);
      expect(text.match(/ -->/g)?.length).toBeLessThanOrEqual(mermaidLimits.edges);
      return text;
    };
    expect(within(drawMermaid(large(400, "Hello ".repeat(30))))).toContain("say-399");
    expect(within(drawMermaid(large(1000)))).toMatch(/and \d+ more, not shown/);
    const before = large(1000);
    const after = {
      ...before,
      states: before.states.map((state) =>
        state.name === "say-700" ? { ...state, properties: { body: "Hi" } } : state,
      ),
    };
    const near = within(drawMermaid(after, { highlight: { kind: "diff", before } }));
    expect(near).toContain("say-701");
    expect(near).not.toContain("say-703");
  });
});

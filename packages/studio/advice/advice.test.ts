import { readFileSync } from "node:fs";
import { assert, jsonValue, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonValue, State } from "../types.ts";
import { flow, state } from "../testing/play.ts";
import { drawnFlow, drawnFlows } from "../testing/flows.ts";
import { adviceRules, advise } from "./index.ts";
import { cases } from "./testing/cases.ts";
import { bye, run, say } from "./testing/widgets.ts";

const functions = ["/find-agent"];
/** What one rule says. */
const onlyBy = (code: string, definition: unknown) =>
  advise(definition, { functions }).filter((each) => each.code === code);

test("every rule has its cases, and its code is its own", () => {
  const codes = adviceRules.map(({ code }) => code);
  expect(Object.keys(cases)).toEqual(codes);
  expect(new Set(codes).size).toBe(codes.length);
});

describe.each(Object.entries(cases))("%s", (code, list) => {
  test.each(list)("finds it at $at, and nothing where all is well", ({ bad, at, good }) => {
    const found = onlyBy(code, bad);
    expect(found.map(({ property_path: path }) => path)).toEqual([at]);
    expect(found[0]?.message).toContain(`"${found[0]?.widget}"`);
    expect(found[0]?.wayOut).not.toBe("");
    expect(onlyBy(code, good)).toEqual([]);
  });

  test("is switched off and made an error by its code", () => {
    const bad = list[0]?.bad;
    const by = (severity: "off" | "warning" | "error") =>
      advise(bad, { functions, severities: { [code]: severity } })
        .filter((each) => each.code === code)
        .map((each) => each.severity);
    expect(by("off")).toEqual([]);
    expect(by("error")).toEqual(["error"]);
    expect(by("warning")).toEqual(["warning"]);
  });
});

test("a likely meant name is told", () => {
  const found = onlyBy("transition-to-nowhere", flow(say("hi", { sent: "by" }), bye));
  expect(found[0]?.wayOut).toBe('did you mean "bye"?');
});

test("numbers and secrets that are found are not repeated", () => {
  const definition = flow(
    run(
      "find",
      {},
      {
        parameters: [
          { key: "agent", value: "+15550100142" },
          { key: "password", value: "k3yOfSomebody99" },
        ],
      },
    ),
  );
  const said = JSON.stringify(advise(definition));
  expect(said).toContain("…0142");
  expect(said).not.toMatch(/5550100142|k3yOfSomebody99/);
});

test.each([
  null,
  1,
  "x",
  [],
  {},
  { states: 1 },
  { initial_state: "a", states: [null, 1, { name: "a", type: "x" }] },
])("what is no Flow has no advice beyond its form: %j", (definition) => {
  expect(advise(definition)).toEqual([]);
});

test("whatever stands anywhere in a Flow, advice is given and nothing thrown", () => {
  const places = Object.values(cases).flatMap((list) => list.map(({ bad }) => JSON.stringify(bad)));
  const texts = places.map((text) =>
    [...text.matchAll(/"[^"]*"|\[\]|\{\}/g)].map(({ index, 0: found }) => ({ index, found })),
  );
  assert(
    property(nat(), nat(), jsonValue(), (which, where, value) => {
      const at = which % places.length;
      const spots = texts[at] ?? [];
      const { index = 0, found = "" } = spots[where % spots.length] ?? {};
      const whole = places[at] ?? "";
      const isKey = whole.startsWith(":", index + found.length);
      const put = JSON.stringify(isKey ? JSON.stringify(value) : value);
      const definition: unknown = JSON.parse(whole.slice(0, index) + put + whole.slice(index + found.length));
      expect(Array.isArray(advise(definition, { functions }))).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("crafted texts are read in time", () => {
  const words = Array.from({ length: 50_000 }, (_, at) => `w${at}`).join(",");
  const condition = {
    friendly_name: "",
    arguments: ["{{trigger.message.Body}}"],
    type: "matches_any_of",
    value: words,
  };
  const match = (next: string) => ({ event: "match", next, conditions: [condition] });
  const split = {
    name: "split",
    type: "split-based-on",
    properties: { input: "x" },
    transitions: [match("a"), { ...match("b"), conditions: [{ ...condition, value: `${words},x` }] }],
  };
  let deep: JsonValue = "x";
  for (let depth = 0; depth < 20_000; depth++) deep = [deep];
  const crafted = ["{{".repeat(200_000), "{%".repeat(200_000), "(".repeat(1_000_000), "+1".repeat(500_000)];
  const messages = crafted.map((body, at) => say(`w${at}`, {}, body));
  const found = advise(flow(split, ...messages, state("deep", "send-message", { attributes: deep })));
  expect(found.filter(({ code }) => code === "broken-template").map(({ widget }) => widget)).toEqual([
    "w0",
    "w1",
  ]);
});

test("a Flow of 1,000 widgets in a circle is read whole", () => {
  const many = Array.from({ length: 1000 }, (_, at) =>
    say(`w${at}`, { sent: `w${(at + 1) % 1000}` }, "{{widgets.w5.outbound.Sid}}"),
  );
  expect(advise(flow(...many)).map(({ code }) => code)).toEqual(["loop-without-wait"]);
});

test("1,000 widgets that all count, ask and fail are read in time", () => {
  const many = Array.from({ length: 250 }, (_, at) => {
    const next = `find${(at + 1) % 250}`;
    const failing = run(`find${at}`, { success: next, fail: `ask${at}` });
    const asking = state(`ask${at}`, "send-and-wait-for-reply", { body: "?" }, { timeout: `count${at}` });
    const value = `{{flow.variables.n${at} | plus: 1}}`;
    const counting = state(
      `count${at}`,
      "set-variables",
      { variables: [{ key: `n${at}`, value }] },
      { next: `by${at}` },
    );
    const input = `{{flow.variables.n${at}}}`;
    const condition = { friendly_name: "", arguments: [input], type: "greater_than", value: "3" };
    const by: State = {
      name: `by${at}`,
      type: "split-based-on",
      properties: { input },
      transitions: [
        { event: "noMatch", next },
        { event: "match", next: "", conditions: [condition] },
      ],
    };
    return [failing, asking, counting, by];
  });
  expect(onlyBy("loop-without-answer", flow(...many.flat()))).toEqual([]);
});

test("the support Flow needs none", () => {
  const support: unknown = JSON.parse(readFileSync("flow-templates/support.json", "utf8"));
  expect(advise(support)).toEqual([]);
});

/** What is right about Flows as people draw them; that a failure or time-out ends them in silence holds for most. */
const realAdvice: Readonly<Record<string, readonly string[]>> = {
  "call-forwarded": ["phone-number-in-flow Lantern"],
  // A message that was not delivered is sent again at once, without end.
  "messages-parked-at-flex": ["loop-without-answer orchard_violin"],
  questions: ["unknown-widget-variable raisin_1"],
  "call-extensions": [
    "unknown-widget-variable Violin",
    "unknown-widget-variable Violin",
    "unknown-widget-variable Violin",
  ],
};

describe("Flows as people draw them", () => {
  test.each(drawnFlows)("%s has no advice that is none", (file) => {
    const found = advise(drawnFlow(file), { severities: { "dangling-failure": "off" } });
    expect(found.map(({ code, widget }) => `${code} ${widget}`)).toEqual(realAdvice[file] ?? []);
  });
});

test("the page of advice has every rule as it is", () => {
  const page = readFileSync("docs/reference/studio-advice.md", "utf8");
  const rows = page.split("\n").flatMap((line) => {
    const cells = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", ""));
    return line.startsWith("| `") ? [cells] : [];
  });
  expect(rows).toEqual(
    adviceRules.map(({ code, finds, because, severity }) => [code, finds, because, severity]),
  );
});

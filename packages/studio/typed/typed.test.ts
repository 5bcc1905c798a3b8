/** Flows as code and as JSON: there and back with nothing lost. */
import { format } from "prettier";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { drawnFlow as read, drawnFlows } from "../testing/flows.ts";
import { diff } from "../diff.ts";
import type { FlowDefinition, State } from "../types.ts";
import { readTypedFlow, toStudioJson, toTypeScript } from "./index.ts";
import { evaluated } from "./testing/evaluated.ts";

/** A Flow with all that is unusual, so that nothing usual is all that is shown. */
const unusual = {
  $schema: "https://schemas.twilio.com/studio/draft/2019-09/flow-definition",
  new_at_the_top: { deep: [1, -0, 1e21, 0.5, null, true] },
  initial_state: "Trigger",
  states: [
    { type: "trigger", name: "Trigger", transitions: [{ event: "incomingCall", next: "10" }] },
    {
      name: "10",
      type: "widget-of-tomorrow",
      transitions: [{ event: "anything", next: "2", rank: 1 }],
      properties: { "a b": "`${x}` 'single' \"double\" \\ \u2028 \ud800", __own: 1 },
      new_in_state: true,
    },
    {
      name: "2",
      type: "send-message",
      transitions: [
        { next: "", event: "sent" },
        { next: null, event: "failed" },
        { next: "gone", event: "failed" },
        { event: "unheard" },
      ],
      properties: { timeout: 5, body: 7, from: "{{flow.channel.address}}", offset: { x: -1.5, y: 2, z: 3 } },
    },
    { name: "split", type: "split-based-on", transitions: [{ event: "match" }], properties: {} },
    {
      name: "split-2",
      type: "split-based-on",
      transitions: [
        {
          event: "match",
          next: "split",
          conditions: [{ friendly_name: "A", arguments: ["a"], type: "like", value: "b" }],
        },
        { event: "noMatch", conditions: 5 },
        "no transition",
      ],
      properties: { input: "x" },
    },
    { name: "say", type: "say-play", transitions: [], properties: { say: "a", play: "b" } },
    { name: "bare", type: "say-play" },
  ],
  flags: { allow_concurrent_calls: "yes" },
} as unknown as FlowDefinition;

describe("JSON → TypeScript → JSON", () => {
  test.each(drawnFlows)("%s comes back exactly, in the same order", (file) => {
    const definition = read(file);
    const back = evaluated(toTypeScript(definition));
    expect(back).toStrictEqual(definition);
    expect(orders(back)).toEqual(orders(definition));
    expect(diff(definition, back)).toEqual([]);
  });

  test.each(drawnFlows)("%s is written as prettier would", async (file) => {
    const source = toTypeScript(read(file));
    expect(source).toBe(await format(source, { parser: "typescript", printWidth: 110 }));
  });

  test("what Studio would refuse and what nobody knows comes back exactly, and says so", async () => {
    const source = toTypeScript(unusual);
    expect(evaluated(source)).toStrictEqual(unusual);
    expect(evaluated(source).states.map(({ name }) => name)).toEqual(unusual.states.map(({ name }) => name));
    expect(source).toBe(await format(source, { parser: "typescript", printWidth: 110 }));
    expect(source).toContain("unchecked(");
    expect(source).toContain("...extra({ new_in_state: true })");
    expect(source).toContain("other({");
  });

  test("a key of the prototype's name is a key like any other", () => {
    const text =
      '{"initial_state":"__proto__","states":[{"name":"__proto__","type":"x","transitions":[],"properties":{"__proto__":{"a":1}}}]}';
    const definition = JSON.parse(text) as FlowDefinition;
    expect(JSON.parse(JSON.stringify(evaluated(toTypeScript(definition))))).toStrictEqual(definition);
  });

  test.each([
    [[], "it is not an object"],
    [{ initial_state: "a" }, "its states are not a list"],
    [{ states: [] }, "it has no initial_state"],
    [{ initial_state: "a", states: [null] }, "its state 0 is not an object"],
    [{ initial_state: "a", states: [{ type: "trigger" }] }, "its state 0 has no name"],
    [{ initial_state: "a", states: [{ name: "a" }, { name: "a" }] }, "two widgets are called a"],
  ])("%j is refused", (definition, problem) => {
    expect(() => toTypeScript(definition as unknown as FlowDefinition)).toThrow(problem);
  });
});

describe("files", () => {
  const place = mkdtempSync(join(tmpdir(), "typed-flow-"));
  afterAll(() => rmSync(place, { recursive: true }));
  const from = new URL("./index.ts", import.meta.url).pathname;
  const written = (name: string, text: string) => {
    const file = join(place, name);
    writeFileSync(file, text);
    return file;
  };

  test("a converted Flow is read from its file", async () => {
    const [file = ""] = drawnFlows;
    const path = written("real.ts", toTypeScript(read(file), { from }));
    expect(await readTypedFlow(path)).toStrictEqual(read(file));
  });

  test("widgets without a place get one, in what is read and in JSON", async () => {
    const state = (name: string): State => ({
      name,
      type: "send-message",
      transitions: [],
      properties: { body: name },
    });
    const definition: FlowDefinition = { initial_state: "a", states: [state("a"), state("b")] };
    const laid = await readTypedFlow(written("bare.ts", toTypeScript(definition, { from })));
    expect(laid.states.map(({ properties }) => properties["offset"])).toEqual([
      { x: expect.any(Number) as number, y: expect.any(Number) as number },
      { x: expect.any(Number) as number, y: expect.any(Number) as number },
    ]);
    expect(JSON.parse(toStudioJson(definition))).toEqual(laid);
    expect(diff(definition, laid).every(({ kind }) => kind === "moved")).toBe(true);
  });

  test("what cannot be read is named", async () => {
    await expect(readTypedFlow(join(place, "none.ts"))).rejects.toThrow("none.ts is not there");
    await expect(readTypedFlow(written("empty.ts", "export const a = 1;\n"))).rejects.toThrow(
      "default export",
    );
    await expect(readTypedFlow(written("throws.ts", 'throw new Error("no luck");\n'))).rejects.toThrow(
      "no luck",
    );
  });
});

/** The keys of a Flow's properties as they stand, and its widgets and transitions in their order. */
function orders({ states }: FlowDefinition): unknown {
  return states.map(({ name, properties, transitions }) => [
    name,
    JSON.stringify(properties),
    transitions.map(({ event, next }) => [event, next]),
  ]);
}

import { describe, expect, test } from "vitest";
import { readFlow, readFlows, readOneFlow } from "./flow-files.ts";
import { sound } from "./sound.ts";
import { folderOf, ofProject, small } from "./testing/folder.ts";

describe("what is read", () => {
  test("a folder gives its Flows by name, and passes over what is none", async () => {
    const at = folderOf({
      "b.json": small(),
      "deep/a.json": small(),
      "package.json": { name: "x" },
      "node_modules/c.json": small(),
      ".state/d.json": small(),
      "notes.md": "#",
      "a.bindings.ts": "throw new Error('is run')",
      "load.ts": "throw new Error('is run')",
      "c.ts": `import { flow } from "${ofProject("packages/studio/typed/index.ts")}";
export default flow({ initial_state: "a", states: { a: { type: "trigger", transitions: [], properties: {} } } });`,
    });
    const flows = await readFlows([at()]);
    expect(flows.map(({ name, path }) => [name, path])).toEqual([
      ["b", at("b.json")],
      ["c", at("c.ts")],
      ["a", at("deep/a.json")],
    ]);
  });

  test("a Flow written as code is one, and so is JSON with a byte order mark", async () => {
    const source = `import { flow } from "${ofProject("packages/studio/typed/index.ts")}";
export default flow({
  initial_state: "Trigger",
  states: { Trigger: { type: "trigger", transitions: [{ event: "incomingMessage" }], properties: {} } },
});`;
    const at = folderOf({ "a.ts": source, "b.json": `\uFEFF${JSON.stringify(small())}` });
    expect((await readFlow(at("a.ts"))).definition.states.map(({ name }) => name)).toEqual(["Trigger"]);
    expect((await readFlow(at("b.json"))).definition.initial_state).toBe("Trigger");
  });
});

describe("what cannot be read names the file, the place and the way out", () => {
  const whole = JSON.stringify(small(), null, 2);
  test.each([
    [
      "truncated in the middle of a text",
      whole.slice(0, 120),
      /a\.json:\d+:\d+ is not JSON: .*Export the Flow again/,
    ],
    [
      "truncated behind a value",
      whole.slice(0, whole.indexOf('"states"') - 6),
      /a\.json:\d+:\d+ is not JSON/,
    ],
    ["empty", "", /a\.json:1:1 is not JSON: it ends in the middle/],
    ["a stray word", '{\n  "initial_state": x\n}', /a\.json:2:20 is not JSON: Unexpected token 'x'\./],
    ["a list", [], /a\.json is not a Flow: it holds no object/],
    [
      "without states",
      { initial_state: "Trigger" },
      /it has no states\. A Flow Definition has initial_state and states/,
    ],
    ["states that are no list", { initial_state: "a", states: {} }, /its states are not a list/],
    ["without a beginning", { states: [] }, /it has no initial_state/],
    ["the API's own answer", { sid: "FW1", definition: small() }, /its definition alone is wanted/],
  ])("%s", async (_, content, message) => {
    await expect(readFlow(folderOf({ "a.json": content })("a.json"))).rejects.toThrow(message);
  });

  test("a file that is larger than any Flow is not even read", async () => {
    const at = folderOf({ "a.json": `"${"x".repeat(11_000_000)}"` });
    await expect(readFlow(at("a.json"))).rejects.toThrow(
      /a\.json has 12 MB, and no Flow has more than 10 MB/,
    );
  });

  test("code that does not load, or exports none", async () => {
    const at = folderOf({ "a.ts": "export default 1;", "b.ts": "throw new Error('broken');" });
    await expect(readFlow(at("a.ts"))).rejects.toThrow(/a\.ts has no Flow as its default export/);
    await expect(readFlow(at("b.ts"))).rejects.toThrow(/b\.ts cannot be loaded: broken/);
  });

  test("nothing there, a folder without Flows, and several for a command that takes one", async () => {
    const at = folderOf({ "a.json": small(), "b.json": small(), "none/package.json": {} });
    await expect(readFlows([at("gone.json")])).rejects.toThrow(
      /gone\.json is not there: name a Flow's file or/,
    );
    await expect(readFlows([at("none")])).rejects.toThrow(/none has no Flow in it: name a folder with/);
    await expect(readOneFlow(at(), "run")).rejects.toThrow(
      /has 2 Flows, and run takes one: name one of .*a\.json/,
    );
  });

  test("of several the others are read all the same", async () => {
    const at = folderOf({ "a.json": "{", "b.json": small() });
    const failed: string[] = [];
    const flows = await readFlows([at(), at("c.json")], (error) => failed.push(error.code));
    expect(flows.map(({ name }) => name)).toEqual(["b"]);
    expect(failed).toEqual(["not-json", "no-such-path"]);
  });

  test.each([
    [[5], "#/states/0 is not an object"],
    [[{ type: "trigger" }], "#/states/0 has no name"],
    [[{ name: "a", transitions: [] }], '#/states/0 ("a") has no type'],
    [[{ name: "a", type: "trigger" }], '#/states/0 ("a") has no list of transitions'],
    [[{ name: "a", type: "trigger", transitions: ["x"] }], '("a") has a transition without an event'],
    [[{ name: "a", type: "trigger", transitions: [], properties: 1 }], "properties that are not an object"],
  ])("widgets that are none: %j", async (states, message) => {
    const at = folderOf({ "a.json": { initial_state: "a", states } });
    const flow = await readFlow(at("a.json"));
    expect(() => sound(flow)).toThrow(message);
  });
});

import { describe, expect, test } from "vitest";
import { convert } from "./convert-command.ts";
import { diffPaths, diffText } from "./diff-command.ts";
import { draw, type DrawFlags } from "./draw-command.ts";
import { readFlow } from "./flow-files.ts";
import { folderOf, ofProject, small } from "./testing/folder.ts";

const support = ofProject("flow-templates/support.json");

describe("diff", () => {
  test("says of two Flows what changed, that they only moved, or nothing", async () => {
    const at = folderOf({
      "a.json": small(),
      "b.json": JSON.stringify(small()),
      "moved.json": small("hello", 40),
      "changed.json": small("good day"),
    });
    const states = async (other: string) =>
      (await diffPaths(at("a.json"), at(other))).map(({ state }) => state);
    expect(await states("b.json")).toEqual(["same"]);
    expect(await states("moved.json")).toEqual(["moved"]);
    expect(await states("changed.json")).toEqual(["changed"]);
    const text = diffText(await diffPaths(at("a.json"), at("changed.json")));
    expect(text).toMatch(/"hi" says "good day" instead of "hello"/);
    expect(diffText(await diffPaths(at("a.json"), at("b.json")))).toBe("No difference.");
  });

  test("compares folders by the Flows' names", async () => {
    const at = folderOf({
      "old/a.json": small(),
      "old/gone.json": small(),
      "new/a.json": small("good day"),
      "new/deep/fresh.json": small(),
    });
    const diffs = await diffPaths(at("old"), at("new"));
    expect(diffs.map(({ flow, state }) => `${flow} ${state}`)).toEqual([
      "a changed",
      "deep/fresh added",
      "gone removed",
    ]);
    await expect(diffPaths(at("old"), at("new/a.json"))).rejects.toThrow(
      /cannot be compared: name two Flows, or two folders/,
    );
  });
});

describe("draw", () => {
  const flags: DrawFlags = { format: "svg", theme: "light" };
  const pictured = async (given: Partial<DrawFlags>, path = support) =>
    (await draw([path], { ...flags, ...given }))[0]?.picture ?? "";

  test("SVG in both themes, with a title, and Mermaid", async () => {
    const plain = await pictured({});
    expect(plain).toMatch(/^<svg /);
    expect(await pictured({ theme: "dark" })).not.toBe(plain);
    expect(await pictured({ title: "A line of ours" })).toContain("A line of ours");
    expect(await pictured({ format: "mermaid" })).toMatch(/^flowchart TD/);
  });

  test("brings out a difference, a way, and coverage", async () => {
    const at = folderOf({
      "a.json": small(),
      "old/a.json": small("good day"),
      "coverage.json": { counts: { widgets: { Trigger: 1 }, transitions: { Trigger: { 0: 1 } } } },
    });
    const plain = await pictured({}, at("a.json"));
    expect(await pictured({ before: at("old") }, at("a.json"))).toContain("was: good day");
    const way = await pictured({ path: "Trigger > hi" }, at("a.json"));
    const covered = await pictured({ coverage: at("coverage.json") }, at("a.json"));
    expect(new Set([plain, way, covered]).size).toBe(3);
    await expect(pictured({ before: at("old") })).rejects.toThrow(/--before .*it has no Flow support\./);
  });

  test.each<[Partial<DrawFlags>, RegExp]>([
    [{ path: "Trigger > nowhere" }, /--path .*there is no widget "nowhere"; there are Trigger,/],
    [{ coverage: support }, /--coverage .*it is not a coverage of a Flow; studio cover --json writes one/],
    [{ path: "Trigger", before: support }, /Give one of --before, --path and --coverage/],
  ])("refuses a highlight that cannot be had: %j", async (given, message) => {
    await expect(pictured(given)).rejects.toThrow(message);
  });

  test("several pictures need a folder", async () => {
    const at = folderOf({ "a.json": small(), "b.json": small() });
    await expect(draw([at()], flags)).rejects.toThrow(/2 pictures need a folder/);
    await expect(draw([at()], { ...flags, out: at("x.svg") })).rejects.toThrow(/2 pictures need a folder/);
    const files = (await draw([at()], { ...flags, format: "mermaid", out: at("out") })).map(
      ({ file }) => file,
    );
    expect(files).toEqual([at("out/a.mmd"), at("out/b.mmd")]);
  });
});

describe("convert", () => {
  test("JSON becomes code, and that code the same Flow again", async () => {
    const [code] = await convert([support]);
    expect(code).toMatchObject({
      to: "typescript",
      text: expect.stringMatching(/^import \{.*\} from /) as string,
    });
    const from = ofProject("packages/studio/typed/index.ts");
    const at = folderOf({
      "support.ts": (code?.text ?? "").replace("@support-line/studio/typed", from),
    });
    const [json] = await convert([at("support.ts")], at("out"));
    expect(json).toMatchObject({ to: "json", file: at("out/support.json") });
    const before = await readFlow(support);
    expect(JSON.parse(json?.text ?? "")).toEqual(before.definition);
  });

  test("several Flows need a folder", async () => {
    await expect(convert([ofProject("flow-templates")])).rejects.toThrow(/Flows need a folder/);
  });
});

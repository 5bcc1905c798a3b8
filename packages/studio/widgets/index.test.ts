import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { widgets, widgetOfType } from "./index.ts";

const page = readFileSync("docs/explanation/studio.md", "utf8");
const table = page.split("### Widgets")[1]?.split("### Subflows")[0] ?? "";
const types = Object.keys(widgets);

describe("the page's table of widgets", () => {
  test.each(types)("names %s and every event it can leave by", (type) => {
    const short = type.replace("make-outgoing-call-v2", "-v2");
    const row = table.split("\n").find((line) => line.includes(`\`${short}\``));
    expect(row, `docs/explanation/studio.md has no row of ${type} under Widgets`).toBeDefined();
    const { events = [], isOpen } = widgetOfType(type) ?? {};
    const named = row?.split("|")[2] ?? "";
    for (const event of isOpen === true ? [] : events) {
      expect(named, `the row of ${type} in docs/explanation/studio.md`).toContain(event);
    }
  });
});

test("each widget has a file by the name of its type", () => {
  const files = readdirSync(new URL(".", import.meta.url));
  expect(types.filter((type) => !files.includes(`${type}.ts`))).toEqual([]);
});

test("a drawing knows what each does, but those of services that are gone", () => {
  const unknown = types.filter((type) => widgetOfType(type)?.kind === "unknown");
  expect(unknown.map((type) => widgetOfType(type)?.deed)).toEqual(
    unknown.map((type) => `was of ${widgetOfType(type)?.service ?? ""}`),
  );
});

/**
 * Files that somebody edited by hand, cut short or generated wrong: every command says what is wrong in one sentence of
 * ours, or does what it can. Nothing that a file holds brings up a stack trace.
 */
import { writeFileSync } from "node:fs";
import type { JsonValue } from "@support-line/studio";
import { drawnFlow, drawnFlows } from "@support-line/studio/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAll } from "./check-command.ts";
import { convert } from "./convert-command.ts";
import { cover } from "./cover-command.ts";
import { diffPaths } from "./diff-command.ts";
import { draw } from "./draw-command.ts";
import { runFlow, type Typist } from "./run-command.ts";
import { folderOf } from "./testing/folder.ts";

const ours = new Set(["CliError", "StudioError", "TypedFlowError", "ConversationError"]);
const inEveryPlace: readonly JsonValue[] = [null, 5, "", "{{", true, [], {}, [null], { key: 1 }];

type Container = JsonValue[] | { [key: string]: JsonValue };

/** Every place of a definition: what holds it, and under which key. */
function placesIn(value: JsonValue): { holder: Container; key: string | number }[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Container;
  return Object.entries(value).flatMap(([key, below]: [string, JsonValue]) => [
    { holder, key: Array.isArray(holder) ? Number(key) : key },
    ...placesIn(below),
  ]);
}

/** A Flow in which some places are gone or hold something else. */
const damaged = fc
  .record({
    name: fc.constantFrom(...drawnFlows),
    harms: fc.array(fc.record({ at: fc.nat(100_000), with: fc.option(fc.constantFrom(...inEveryPlace)) }), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ name, harms }) => {
    const flow = drawnFlow(name) as unknown as JsonValue;
    for (const { at, with: other } of harms) {
      const places = placesIn(flow);
      const place = places[at % places.length];
      if (place === undefined) continue;
      const { holder, key } = place as { holder: Record<string | number, JsonValue>; key: string | number };
      // Null stands for a place that is gone; a list loses it whole.
      if (other === null && Array.isArray(holder)) holder.splice(Number(key), 1);
      else if (other === null) delete holder[key];
      else holder[key] = other;
    }
    return { name, flow };
  });

const silent = (lines: readonly string[]): Typist => {
  const left = [...lines];
  return {
    isPerson: false,
    next: () => Promise.resolve(left.shift() ?? null),
    ask: () => Promise.resolve(""),
    close: () => undefined,
  };
};

/** What every command makes of a Flow; each that fails says so in words of ours. */
async function everyCommand(
  folder: (name?: string) => string,
  before: string,
  flow: JsonValue,
): Promise<void> {
  const file = folder("flow.json");
  writeFileSync(file, JSON.stringify(flow));
  const tried: Record<string, () => Promise<unknown>> = {
    check: () => checkAll([file], {}, () => undefined),
    draw: () => draw([file], { format: "svg", theme: "light", before }),
    mermaid: () => draw([file], { format: "mermaid", theme: "light" }),
    diff: () => diffPaths(before, file),
    convert: () => convert([file]),
    cover: () => cover(file, { explore: true }),
    run: () =>
      runFlow(file, { answer: [], http: [] }, silent(["hello", "/call", "support", "1"]), () => undefined),
  };
  for (const [command, act] of Object.entries(tried)) {
    try {
      await act();
    } catch (error) {
      const { name, stack } = error as Error;
      expect(ours, `${command}: ${stack ?? name}`).toContain(name);
    }
  }
}

test("whatever is gone or wrong in a Flow, every command speaks in its own words", async () => {
  const folder = folderOf();
  await fc.assert(
    fc.asyncProperty(damaged, async ({ name, flow }) => {
      const before = folder("before.json");
      writeFileSync(before, JSON.stringify(drawnFlow(name)));
      await everyCommand(folder, before, flow);
    }),
    { numRuns: 60, seed: 7 },
  );
});

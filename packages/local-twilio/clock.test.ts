import { expect, test, vi } from "vitest";
import { openClock } from "./clock.ts";

function settingsInMemory() {
  const values = new Map<string, string>();
  return {
    get: (name: string) => values.get(name),
    set: (name: string, value: string) => void values.set(name, value),
  };
}

const fail = (error: unknown): never => {
  throw error;
};

test("a jump runs the timers on its way in the order of their due times, each at its own time", async () => {
  const clock = openClock(settingsInMemory(), fail);
  const start = clock.now();
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, Math.round((clock.now() - start) / 1000)]);
  clock.at(start + 3600_000, note("hour"));
  clock.at(start + 60_000, note("minute"));
  clock.at(start + 86_400_000, note("day"));
  await clock.moveTo(start + 7200_000, async () => {});
  expect(seen).toEqual([
    ["minute", 60],
    ["hour", 3600],
  ]);
  expect(clock.due()).toHaveLength(1);
  clock.clear();
});

test("what a timer sets off during a jump has its own timers run in the same jump", async () => {
  const clock = openClock(settingsInMemory(), fail);
  const start = clock.now();
  const rang = vi.fn();
  let settled: Promise<void> = Promise.resolve();
  clock.at(start + 1000, () => {
    settled = Promise.resolve().then(() => void clock.at(clock.now() + 1000, rang));
  });
  await clock.moveTo(start + 5000, () => settled);
  expect(rang).toHaveBeenCalledOnce();
});

test("the offset is kept", async () => {
  const settings = settingsInMemory();
  const before = openClock(settings, fail);
  await before.moveTo(before.now() + 3600_000, async () => {});
  const after = openClock(settings, fail);
  expect(after.now() - Date.now()).toBeGreaterThan(3_590_000);
});

test("a cancelled timer stays silent, and one that throws does not stop the next", async () => {
  const problems: unknown[] = [];
  const clock = openClock(settingsInMemory(), (error) => void problems.push(error));
  const start = clock.now();
  const rang = vi.fn();
  clock.at(start + 1000, rang)();
  clock.at(start + 2000, () => {
    throw new Error("broken");
  });
  const next = vi.fn();
  clock.at(start + 3000, next);
  await clock.moveTo(start + 4000, async () => {});
  expect(rang).not.toHaveBeenCalled();
  expect(next).toHaveBeenCalledOnce();
  expect(String(problems[0])).toContain("broken");
});

test("dates have seconds and no fractions", () => {
  expect(openClock(settingsInMemory(), fail).iso()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

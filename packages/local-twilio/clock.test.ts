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
  const clock = openClock(settingsInMemory(), "wall", fail);
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
  const clock = openClock(settingsInMemory(), "wall", fail);
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
  const before = openClock(settings, "wall", fail);
  await before.moveTo(before.now() + 3600_000, async () => {});
  const after = openClock(settings, "wall", fail);
  expect(after.now() - Date.now()).toBeGreaterThan(3_590_000);
});

test("a cancelled timer stays silent, and one that throws does not stop the next", async () => {
  const problems: unknown[] = [];
  const clock = openClock(settingsInMemory(), "wall", (error) => void problems.push(error));
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
  expect(openClock(settingsInMemory(), "wall", fail).iso()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

test("the clock holds still while a timer runs, and while what follows from it settles", async () => {
  const clock = openClock(settingsInMemory(), "wall", fail);
  const start = clock.now();
  const seen: number[] = [];
  const busy = async (): Promise<void> => {
    const until = performance.now() + 5;
    while (performance.now() < until);
    await Promise.resolve();
    seen.push(clock.now() - start);
  };
  clock.at(start + 1000, () => void seen.push(clock.now() - start));
  clock.at(start + 1001, () => void seen.push(clock.now() - start));
  await clock.moveTo(start + 1001, busy);
  expect(seen).toEqual([1000, 1000, 1001, 1001]);
  clock.clear();
});

test("two who move it at once both get where they wanted", async () => {
  const clock = openClock(settingsInMemory(), { manual: 0 }, fail);
  const rang: number[] = [];
  for (const at of [10, 20, 30]) clock.at(at, () => void rang.push(clock.now()));
  const slow = () => new Promise<void>((resolve) => setImmediate(resolve));
  await Promise.all([clock.moveTo(25, slow), clock.moveTo(30, slow)]);
  expect(rang).toEqual([10, 20, 30]);
  expect(clock.now()).toBe(30);
});

test("a clock that is moved by hand stands, and comes by itself to what is due now alone", async () => {
  const clock = openClock(settingsInMemory(), { manual: 5000 }, fail);
  const later = vi.fn();
  clock.at(5001, later);
  await new Promise<void>((resolve) => void clock.at(5000, resolve));
  expect(clock.now()).toBe(5000);
  expect(later).not.toHaveBeenCalled();
});

import { expect, test } from "vitest";
import { openLimiter } from "./limiter.ts";

const never = new AbortController().signal;

/** Work that ends when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve };
}

test("lets as many go on at once as there is room for, the others in order", async () => {
  const limiter = openLimiter(2);
  const works = [held(), held(), held()];
  const begun: number[] = [];
  const runs = works.map(({ work }, index) =>
    limiter.run(() => {
      begun.push(index);
      return work();
    }, never),
  );
  await Promise.resolve();
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  works[0]?.end();
  await runs[0];
  await Promise.resolve();
  expect(begun).toEqual([0, 1, 2]);
  works.forEach(({ end }) => end());
  await Promise.all(runs);
});

test("a refusal halves the room, once for those that were under way together; answers win it back one by one", () => {
  let time = 0;
  const limiter = openLimiter(8, () => time);
  limiter.refused(0);
  limiter.refused(0);
  expect(limiter.room).toBe(4);
  time = 1000;
  limiter.refused(0, 2);
  expect(limiter.room).toBe(1);
  limiter.answered();
  expect(limiter.room).toBe(2);
  limiter.answered();
  limiter.answered();
  expect(limiter.room).toBe(3);
  for (let answer = 0; answer < 100; answer++) limiter.answered();
  expect(limiter.room).toBe(8);
});

test("nothing begins before the pause is over that Twilio asked for", async () => {
  const limiter = openLimiter(2);
  const begin = performance.now();
  limiter.refused(30);
  await limiter.run(async () => undefined, never);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(29);
});

test("what is called off while it waits never begins", async () => {
  const limiter = openLimiter(1);
  const first = held();
  const running = limiter.run(first.work, never);
  const stop = new AbortController();
  let begun = false;
  const second = limiter.run(async () => void (begun = true), stop.signal);
  stop.abort(new Error("called off"));
  await expect(second).rejects.toThrow("called off");
  first.end();
  await running;
  expect(begun).toBe(false);
});

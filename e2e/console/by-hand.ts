/** A deployed stage and a Chromium of a test file, whose pages must have no faults. */
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { deployedStage } from "../deployed/stage.ts";
import type { TestStage } from "../stage.ts";
import { startBrowser, type TestBrowser, type Window } from "./browser.ts";

export interface ByHand {
  readonly stage: () => TestStage;
  /** A window of its own, which is closed after the test. */
  readonly window: (...given: Parameters<TestBrowser["window"]>) => Promise<Window>;
}

/** Starts both before the tests of a file, and ends them; a file calls it once. */
export function byHand(): ByHand {
  let stage: TestStage;
  let browser: TestBrowser;
  let open: Window[] = [];
  beforeAll(async () => {
    [stage, browser] = await Promise.all([deployedStage(), startBrowser()]);
  });
  afterEach(async () => {
    const faults = open.flatMap((one) => one.faults);
    await Promise.all(open.map(({ context }) => context.close()));
    open = [];
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  });
  return {
    stage: () => stage,
    async window(...given) {
      const opened = await browser.window(...given);
      open.push(opened);
      return opened;
    },
  };
}

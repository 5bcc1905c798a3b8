import { expect, test } from "vitest";
import { RefreshGuard } from "./refresh-guard.ts";

const gone = async () => undefined;

test("what is gone is believed once something was found", async () => {
  const guard = new RefreshGuard(false, 60_000);
  const { promise, resolve } = Promise.withResolvers<string>();
  const held = guard.watch(gone);
  const found = guard.watch(() => promise);
  resolve("it");
  expect(await found).toBe("it");
  expect(await held).toBeUndefined();
  expect(await guard.watch(gone)).toBeUndefined();
});

test("when nothing at all is there, every read fails and says how many there were", async () => {
  const guard = new RefreshGuard(false, 1);
  const reads = await Promise.allSettled([guard.watch(gone), guard.watch(gone)]);
  expect(reads).toMatchObject([
    { status: "rejected", reason: { code: "all-gone" } },
    { status: "rejected", reason: { code: "all-gone-too" } },
  ]);
  expect(String((reads[0] as PromiseRejectedResult).reason)).toContain("none of the 2");
});

test("unless that was said to be right", async () => {
  expect(await new RefreshGuard(true).watch(gone)).toBeUndefined();
});

test("a read that failed says nothing", async () => {
  const guard = new RefreshGuard(false, 1);
  await expect(guard.watch(() => Promise.reject(new Error("no network")))).rejects.toThrow("no network");
  await expect(guard.watch(gone)).rejects.toMatchObject({ code: "all-gone" });
});

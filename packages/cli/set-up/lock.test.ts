import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withLock } from "./lock.mjs";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The id of a process that cannot be: beyond what Linux and macOS hand out. */
const nobody = 2 ** 22 + 1;

test("two that come at once work one after the other, and the second is told of the first", async () => {
  const file = join(folder, "busy.lock");
  const { promise: firstEnds, resolve: endFirst } = Promise.withResolvers<void>();
  const order: string[] = [];
  const first = withLock(
    file,
    async () => {
      order.push("first begins");
      await firstEnds;
      order.push("first ends");
    },
    () => order.push("first waits"),
  );
  const second = withLock(
    file,
    async () => void order.push("second works"),
    (holder) => {
      order.push(`second waits for ${holder}`);
      endFirst();
    },
  );
  await Promise.all([first, second]);
  expect(order).toEqual(["first begins", `second waits for ${process.pid}`, "first ends", "second works"]);
  expect(existsSync(file)).toBe(false);
});

test("the lock of a process that died is taken over", async () => {
  const file = join(folder, "dead.lock");
  writeFileSync(file, String(nobody));
  await expect(
    withLock(
      file,
      async () => "done",
      () => {},
    ),
  ).resolves.toBe("done");
});

test("work that fails gives the lock back", async () => {
  const file = join(folder, "failed.lock");
  const failing = withLock(
    file,
    () => Promise.reject(new Error("no")),
    () => {},
  );
  await expect(failing).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSnapshots } from "./snapshots.ts";

const processes = () => process.getActiveResourcesInfo().filter((each) => each === "ProcessWrap").length;

test("two that are asked for at once are two, and no process is left", async () => {
  const folder = await mkdtemp(join(tmpdir(), "snapshots-"));
  await writeFile(join(folder, "Pulumi.yaml"), "name: nothing\n");
  const before = processes();
  const snapshots = openSnapshots(folder);
  const taken = await Promise.all([1, 2].map(() => snapshots.take({ stage: "local", places: null })));
  expect(taken.map(({ faults }) => faults.length)).toEqual([1, 1]);
  snapshots.close();
  await expect.poll(processes).toBe(before);
  await rm(folder, { recursive: true });
});

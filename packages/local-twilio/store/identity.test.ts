import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startForTest } from "../testing/local.ts";

test("the identity outlives a restart, ends with a reset, and the control API shows it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "identity-"));
  try {
    const first = await startForTest({ folder });
    const { identity } = (await first.control("GET", "status")).body;
    expect(identity).toBe(first.identity);
    await first.close();
    await using again = await startForTest({ folder });
    expect(again.identity).toBe(identity);
    const reset = await again.control("POST", "reset");
    expect(reset.body["identity"]).not.toBe(identity);
    expect((await again.control("GET", "status")).body["identity"]).toBe(reset.body["identity"]);
    await using other = await startForTest();
    expect(other.identity).not.toBe(reset.body["identity"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

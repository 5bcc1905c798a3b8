/**
 * The proof against an account that nobody has: a second local Twilio, reached under Twilio's own host names through its proxy
 * and its CA, with differences put in. Each must be found, and nothing else.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { readProof, type Proof } from "@support-line/local-twilio/proof";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startProof } from "./testing/command.ts";
import type { Difference } from "./testing/changes.ts";
import { differing, pick } from "./testing/pick.ts";

/** Much of it is waiting, for time-outs and for what comes late. */
const patience = 600_000;

let folder: string;
let account: LocalTwilio;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "proof-"));
});
afterEach(async () => {
  await account.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Proves the account that is open, as somebody with credentials does it. */
async function prove(): Promise<{ code: number | null; said: string; proof: Proof }> {
  const out = join(folder, "out");
  const words = ["mine", "--yes", "--line", "+15550100003", "--phone", "+15550100004", "--out", out];
  const { code, said } = await startProof(account, folder, words).ended;
  expect(code, said).toBeLessThan(2);
  return { code, said, proof: readProof(join(out, "proof.json")) };
}

async function open(chosen: readonly Difference[]): Promise<void> {
  account = await startLocalTwilio({ folder: join(folder, "account"), ...differing(chosen) });
}

test(
  "forty differences are put in: each is found, and nothing else is reported",
  { timeout: patience },
  async () => {
    const chosen = pick(2026, 40);
    expect(chosen).toHaveLength(40);
    await open(chosen);
    const { code, said, proof } = await prove();
    const reported = proof.differences.map(({ id }) => id);
    const missed = chosen
      .filter(({ shows }) => !reported.some((id) => shows.test(id)))
      .map(({ name }) => name);
    const unexplained = proof.differences
      .filter(({ id }) => !chosen.some(({ shows }) => shows.test(id)))
      .map(
        ({ id, fields }) =>
          `${id}: ${fields.map(({ path, twilio, local }) => `${path} ${JSON.stringify({ twilio, local })}`).join("; ")}`,
      );
    expect({ missed, unexplained }, said).toEqual({ missed: [], unexplained: [] });
    expect(code).toBe(1);
    for (const { switches = {} } of chosen) expect(proof.switches).toMatchObject(switches);
  },
);

test("with none put in, none is reported", { timeout: patience }, async () => {
  await open([]);
  const { code, said, proof } = await prove();
  expect(proof.differences, said).toEqual([]);
  expect(proof.facts.length).toBeGreaterThan(1000);
  expect(code).toBe(0);
});

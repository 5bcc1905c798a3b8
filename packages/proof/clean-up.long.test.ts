/** Whatever ends a run, nothing of it is left in the account once it is cleaned up, and nothing that was there is gone. */
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { readProof } from "@support-line/local-twilio/proof";
import { allResources } from "@support-line/twilio-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startProof, type Ran } from "./testing/command.ts";

let folder: string;
let account: LocalTwilio;
let before: Record<string, string[]>;
/** How many of the killed runs left something for the clean-up. */
let leftSomething = 0;
/** Called after each write that was done. */
let onWrite: () => void = () => undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "proof-"));
  account = await startLocalTwilio({
    folder: join(folder, "account"),
    rewrite(request, response) {
      if (request.method !== "GET" && response.status < 300) onWrite();
      return response;
    },
  });
  // Somebody else's, and called much the same.
  for (const name of ["proof-of-life", "mine"]) {
    await account.request({
      method: "POST",
      url: "conversations.twilio.com/v1/Services",
      body: { FriendlyName: name },
    });
  }
  before = everything();
});
afterAll(async () => {
  await account.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What no run makes, and nobody removes: what happened. */
const history = ["twilio:monitor:Alert", "twilio:serverless:Log", "twilio:taskrouter:Event"];

/** SIDs of all that the account has, by kind; of subaccounts those that are open. */
function everything(): Record<string, string[]> {
  const entries = allResources().flatMap(({ token }) => {
    if (history.includes(token)) return [];
    const objects = account.twilio.store.list(token);
    const there =
      token === "twilio:api:Account" ? objects.filter(({ body }) => body["status"] !== "closed") : objects;
    return there.length === 0 ? [] : [[token, there.map(({ sid }) => sid).sort()] as const];
  });
  return Object.fromEntries(entries);
}

/** Runs parts until so many writes were done, then has `end` end it. */
async function endedAt(
  writes: number,
  words: readonly string[],
  end: (child: ChildProcess) => void,
): Promise<Ran> {
  const { child, ended } = startProof(account, folder, ["mine", "--yes", ...words]);
  let count = 0;
  onWrite = () => {
    count += 1;
    if (count === writes) end(child);
  };
  const ran = await ended;
  onWrite = () => undefined;
  expect(count, ran.said).toBeGreaterThanOrEqual(writes);
  return ran;
}

const numbers = ["--line", "+15550100003", "--phone", "+15550100004"];
const parts = ["rest", "functions", "studio", "webhooks", "timing", "messages", "switches"];
/** Twenty moments: the first write and the fortieth, in the account itself and in a subaccount. */
const moments = Array.from({ length: 20 }, (_, index) => ({
  writes: 1 + ((index * 17) % 40),
  part: parts[index % parts.length] ?? "rest",
  where: index % 2 === 0 ? ["--no-sub-account"] : [],
}));

test.each(moments)(
  "killed after write $writes of $part $where: --clean-up leaves nothing",
  async ({ writes, part, where }) => {
    const out = join(folder, "killed");
    const words = ["--parts", part, "--out", out, ...numbers, ...where];
    const killed = await endedAt(writes, words, (child) => child.kill("SIGKILL"));
    expect(killed.code).toBeNull();
    await account.idle();
    if (JSON.stringify(everything()) !== JSON.stringify(before)) leftSomething += 1;
    const cleaned = await startProof(account, folder, ["mine", "--clean-up", "--out", out]).ended;
    expect(cleaned.code, cleaned.said).toBe(0);
    await account.idle();
    expect(everything()).toEqual(before);
  },
);

test("before that, most of them had left something", () => {
  expect(leftSomething).toBeGreaterThan(10);
});

test("ended by Ctrl-C it cleans up by itself, and goes on where it was", async () => {
  const out = join(folder, "ended");
  const words = ["--parts", "rest", "--out", out, "--no-sub-account"];
  const ended = await endedAt(60, words, (child) => child.kill("SIGINT"));
  expect(ended.code, ended.said).toBe(130);
  expect(ended.said).toContain("Nothing of it is left in the account");
  await account.idle();
  expect(everything()).toEqual(before);
  const resumed = await startProof(account, folder, ["mine", "--yes", "--resume", "--out", out]).ended;
  expect(resumed.code, resumed.said).toBe(0);
  expect(readProof(join(out, "proof.json")).facts.length).toBeGreaterThan(300);
  await account.idle();
  expect(everything()).toEqual(before);
});

test("ended by Ctrl-C while it cleans up, it says that something is left, and removes it the next time", async () => {
  const out = join(folder, "cleaning");
  await endedAt(40, ["--parts", "rest", "--out", out, "--no-sub-account"], (child) => child.kill("SIGKILL"));
  const ended = await endedAt(1, ["--clean-up", "--out", out], (child) => child.kill("SIGINT"));
  expect(ended.code, ended.said).toBe(130);
  expect(ended.said).toContain("Some of it may be left in the account: --clean-up removes it.");
  const cleaned = await startProof(account, folder, ["mine", "--clean-up", "--out", out]).ended;
  expect(cleaned.code, cleaned.said).toBe(0);
  await account.idle();
  expect(everything()).toEqual(before);
});

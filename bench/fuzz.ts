/** 50,000 requests over every product, valid and not, to a local Twilio in a process of its own: none breaks it, and it does not grow. */
import { execFileSync } from "node:child_process";
import { rmSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalTwilio, stopLocalTwilio } from "@support-line/cli/local-twilio";
import { defaultAccount } from "@support-line/local-twilio";
import { Fuzz, runFuzz } from "../packages/local-twilio/testing/fuzz.ts";
import type { Measure } from "./harness/row.ts";
import { root } from "./harness/stage.ts";

const seed = 20_261_202;
const count = 50_000;
/** What comes first fills the caches, that of calls (20,000) for one: growth is counted from here on. */
const warm = 20_000;
/** A request that takes longer is one that hangs. */
const patienceMs = 30_000;

export const measure: Measure = async (progress) => {
  const folder = mkdtempSync(join(tmpdir(), "support-line-fuzz-"));
  const { endpoint, pid } = await startLocalTwilio(root, { port: 0, folder });
  try {
    const megabytes = () =>
      Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
    const fuzz = new Fuzz(seed, defaultAccount);
    let before = NaN;
    let peak = 0;
    const begin = performance.now();
    const { statuses, faults, slowestMs } = await runFuzz(endpoint, fuzz, count, patienceMs, (done) => {
      const now = megabytes();
      if (done === warm) before = now;
      peak = Math.max(peak, now);
      progress(`${done} of ${count} requests, ${Math.round(now)} MB`);
    });
    const seconds = (performance.now() - begin) / 1000;
    for (const fault of faults) console.error(`\n${fault}`);
    const answered = Object.entries(statuses);
    const of = (from: number, to: number) =>
      answered.reduce(
        (sum, [status, times]) => (Number(status) >= from && Number(status) < to ? sum + times : sum),
        0,
      );
    return [
      { what: `requests (seed ${seed})`, value: count, unit: "" },
      { what: "answered with 500, or not at all", value: faults.length, unit: "", atMost: 0 },
      { what: "done", value: of(200, 400), unit: "" },
      { what: "refused", value: of(400, 500), unit: "" },
      { what: "not played, and said so", value: of(501, 502), unit: "" },
      { what: "slowest answer", value: slowestMs / 1000, unit: "s", atMost: patienceMs / 1000 },
      { what: "memory of the server, at most", value: peak, unit: "MB", atMost: 600 },
      {
        what: `memory grown over the last ${count - warm} requests`,
        value: megabytes() - before,
        unit: "MB",
        atMost: 200,
      },
      {
        what: "database",
        value: statSync(join(folder, "twilio.sqlite")).size / 1e6,
        unit: "MB",
        atMost: 200,
      },
      { what: "requests answered", value: count / seconds, unit: "/s" },
    ];
  } finally {
    await stopLocalTwilio(root, folder);
    rmSync(folder, { recursive: true, force: true });
  }
};

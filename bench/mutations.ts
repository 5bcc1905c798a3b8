/**
 * How strong the tests are: a sample of small faults, drawn by seed, is put into a second checkout one after the other, and the
 * tests of its room run; one that no test notices lives. `MUTANTS` says how many a room (300), `ROOMS` which rooms. Every mutant
 * that lived is printed, and kept in `.state/mutants.json`. Takes some seconds each.
 */
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomNumbers } from "../e2e/random.ts";
import { SecondCheckout } from "../e2e/second-checkout.ts";
import type { Measure, Row } from "./harness/row.ts";
import { root } from "./harness/stage.ts";
import { mutantsOf, type Mutant } from "./mutations/mutants.ts";

const seed = 20261201;
const mostLiving = 15;
const longestMs = 300_000;

/** Where faults are put, and the tests that are to notice them, by their paths. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  "packages/studio": ["packages/studio/", "packages/conversation-test/", "test/"],
  "packages/provider/translate": [
    "packages/provider/translate/",
    "packages/provider/lifecycles/",
    "packages/provider/rpc/",
    "e2e/life-cycle.long.test",
  ],
  "packages/local-twilio": ["packages/local-twilio/", "packages/conversation-test/", "test/"],
  "packages/stage": ["packages/stage/", "packages/cli/stage/", "infra/"],
};

/** A sample of a room's mutants. */
function sample(checkout: string, room: string, size: number): Mutant[] {
  const files = readdirSync(join(checkout, room), { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.test|\.gen|\.d)\.ts$/.test(name) && !/(^|\/)(testing|node_modules)\//.test(name))
    .map((name) => join(room, name))
    .toSorted();
  const all = files.flatMap((file) => mutantsOf(file, readFileSync(join(checkout, file), "utf8")));
  const random = randomNumbers(seed);
  return all
    .map((mutant) => ({ mutant, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

/** Whether a test fails with it. One that runs on for ever is noticed too. */
async function isCaught(checkout: string, mutant: Mutant, tests: readonly string[]): Promise<boolean> {
  const file = join(checkout, mutant.file);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.slice(0, mutant.from) + mutant.text + text.slice(mutant.to));
  try {
    return !(await pass(checkout, tests));
  } finally {
    writeFileSync(file, text);
  }
}

function pass(checkout: string, tests: readonly string[]): Promise<boolean> {
  const vitest = join(checkout, "node_modules/vitest/vitest.mjs");
  const which = [
    "--project=unit",
    "--project=line",
    "--project=e2e",
    // A long test is one that is named.
    ...(tests.some((each) => each.includes(".long.")) ? ["--project=long"] : []),
    ...tests.map((each) => join(checkout, each)),
  ];
  const words = [vitest, "run", "--bail=1", "--reporter=dot", ...which];
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: checkout, timeout: longestMs, maxBuffer: 256e6 }, (error) =>
      resolve(error === null),
    );
  });
}

export const measure: Measure = async (progress) => {
  const size = Number(process.env["MUTANTS"] ?? 300);
  const named = process.env["ROOMS"]?.split(",") ?? Object.keys(rooms);
  await using checkout = await SecondCheckout.of(root);
  const rows: Row[] = [];
  const lived: Mutant[] = [];
  for (const room of named) {
    const tests = rooms[room] ?? [];
    const passWithoutFault = async () => {
      progress(`${room}, without a fault`);
      if (!(await pass(checkout.folder, tests))) throw new Error(`the tests of ${room} fail without a fault`);
    };
    await passWithoutFault();
    const mutants = sample(checkout.folder, room, size);
    let living = 0;
    for (const [at, mutant] of mutants.entries()) {
      progress(`${room}, ${at + 1} of ${mutants.length}, ${living} live`);
      if (await isCaught(checkout.folder, mutant, tests)) continue;
      living += 1;
      lived.push(mutant);
      console.log(`  lives: ${mutant.file}:${mutant.line}  ${mutant.what}`);
    }
    // Tests that have begun to fail by themselves would have noticed everything.
    await passWithoutFault();
    const value = (100 * living) / Math.max(1, mutants.length);
    rows.push({ what: `${room}: live of ${mutants.length}, %`, value, unit: "", atMost: mostLiving });
  }
  mkdirSync(join(root, ".state"), { recursive: true });
  writeFileSync(join(root, ".state/mutants.json"), `${JSON.stringify(lived, null, 2)}\n`);
  return rows;
};

/** `npm test` itself: how long it takes, its slowest files, and how long one waits for a test that is named. */
import { spawn } from "node:child_process";
import type { Measure, Row } from "./harness/row.ts";
import { root } from "./harness/stage.ts";

/** A test of a moment, so that what is measured is the way to it. */
const quick = "packages/local-twilio/conversations/duration";
/** So many of the slowest files get a line. */
const shown = 5;

export const measure: Measure = async (progress) => {
  progress(`npm test -- ${quick}`);
  const named = await npmTest([quick]);
  progress("npm test");
  const all = await npmTest([]);
  const files = [
    ...(all.output.split("Slowest files, in seconds:")[1] ?? "").matchAll(/^ +([\d.]+) {2}(\S+)$/gm),
  ];
  if (files.length === 0) throw new Error(`npm test printed no times:\n${all.output.slice(-2000)}`);
  return [
    { what: "npm test, from the command to its end", value: all.seconds, unit: "s", atMost: 240 },
    ...files.slice(0, shown).map(([, seconds, file = ""]): Row => ({
      what: `npm test: ${file}`,
      value: Number(seconds),
      unit: "s",
      atMost: 30,
    })),
    { what: "npm test -- <name>, until the test runs", value: named.untilRun, unit: "s", atMost: 2 },
  ];
};

interface Ran {
  readonly output: string;
  readonly seconds: number;
  /** Until vitest said that it runs. */
  readonly untilRun: number;
}

/** @throws Error with the end of what was printed, when a test fails */
async function npmTest(words: readonly string[]): Promise<Ran> {
  const begin = performance.now();
  const since = () => (performance.now() - begin) / 1000;
  const child = spawn("npm", ["test", "--", ...words], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let [output, untilRun] = ["", NaN];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (Number.isNaN(untilRun) && / RUN /.test(output)) untilRun = since();
    });
  }
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`npm test ${words.join(" ")} failed:\n${output.slice(-2000)}`);
  return { output, seconds: since(), untilRun };
}

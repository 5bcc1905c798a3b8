/** How long `npm run stage -- check` of ten stages takes, as its own process: the files, their Variables and their Flows. */
import { ProjectCopy } from "../e2e/project-copy.ts";
import { percentile, type Measure } from "./harness/row.ts";

const stages = 10;
const runs = 9;

/** Templates of different size, so that all of them are read. */
const flows = ["support", "desk"];

export const measure: Measure = async (progress) => {
  await using copy = await ProjectCopy.create();
  for (let at = 0; at < stages; at++) {
    progress(`stage ${at + 1} of ${stages}`);
    const number = `+155501000${10 + at}`;
    const words = [
      "--account",
      "AC10ca1000000000000000000000000001",
      "--address",
      number,
      "--agents",
      "ada=+15550100101",
    ];
    const made = await copy.stage([
      "new",
      `customer-${at}`,
      "--yes",
      "--flow",
      flows[at % 2] ?? "",
      ...words,
    ]);
    if (made.code !== 0) throw new Error(made.stderr);
  }
  const samples: number[] = [];
  for (let run = 0; run <= runs; run++) {
    progress(`run ${run} of ${runs}`);
    const begin = performance.now();
    const { code, stdout, stderr } = await copy.stage(["check"]);
    samples.push(performance.now() - begin);
    if (code !== 0 || stdout.match(/ {2}fine$/gm)?.length !== stages) throw new Error(stdout + stderr);
  }
  const [first = NaN, ...later] = samples;
  return [
    {
      what: `check of ten stages, median of ${runs}`,
      value: percentile(later, 0.5),
      unit: "ms",
      atMost: 1000,
    },
    { what: `check of ten stages, slowest of ${runs}`, value: Math.max(...later), unit: "ms" },
    { what: "check of ten stages, very first time", value: first, unit: "ms" },
  ];
};

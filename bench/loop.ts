/** The inner loop: from a save under `npm run dev` to the answer of the next message, and twenty kills at random moments. */
import { DevelopedFlorist } from "../e2e/dev/developed-florist.ts";
import { killAfterSave } from "../e2e/dev/killed.ts";
import { randomNumbers } from "../e2e/random.ts";
import { percentile, type Measure, type Row } from "./harness/row.ts";

const rounds = 9;
const kills = 20;
const seed = 20;
/** Between a save and the answer of the next message, in milliseconds. */
const limits = { "a text": 500, "a Function": 1000 } as const;

export const measure: Measure = async (progress) => {
  await using florist = await DevelopedFlorist.create();
  await florist.develop();
  const samples: Record<keyof typeof limits, number[]> = { "a text": [], "a Function": [] };
  for (let round = 1; round <= rounds; round++) {
    progress(`save ${round} of ${rounds}`);
    const greeting = `Round${round}`;
    const writes = florist.newCustomer();
    samples["a text"].push(
      await answered(
        florist,
        () => florist.saveGreeting(greeting),
        async () => (await writes("hello")).includes(greeting),
      ),
    );
    await florist.hears("recorded");
    const word = `round ${round}`;
    const save = () =>
      florist.save("functions/order-status.protected.js", (text) =>
        text.replace(/(is ready|round \d+) on/, `${word} on`),
      );
    samples["a Function"].push(
      await answered(florist, save, async () => (await writes("order 1042")).includes(word)),
    );
    await florist.hears("recorded");
  }
  await florist.end("SIGINT");

  const random = randomNumbers(seed);
  await florist.save("functions/order-status.protected.js", (text) =>
    text.replace(/round \d+ on/, "is ready on"),
  );
  for (let at = 1; at <= kills; at++) {
    progress(`kill ${at} of ${kills}`);
    await killAfterSave(florist, at, Math.floor(random() * 4000));
  }
  return [
    ...Object.entries(samples).map(([what, times]): Row => ({
      what: `${what}, from the save to the next answer, median of ${rounds}`,
      value: Math.round(percentile(times, 0.5)),
      unit: "ms",
      atMost: limits[what as keyof typeof limits],
    })),
    { what: "kills after a save that one up brought in line", value: kills, unit: "" },
  ];
};

/** How long it takes from a save until somebody who writes has its answer, in milliseconds. */
async function answered(
  florist: DevelopedFlorist,
  save: () => Promise<void>,
  isAnswered: () => Promise<boolean>,
): Promise<number> {
  const begin = performance.now();
  await save();
  await florist.hears("live");
  if (!(await isAnswered())) throw new Error("What was told to be live is not what a customer reads.");
  return performance.now() - begin;
}

/** What is left of faults: deployments of the reference stage under faults, then one clean `up`, and both sides compared. */
import { deployForReal, killAtACall, killsAtACall } from "./faults/real-cli.ts";
import { programs } from "./faults/programs.ts";
import { deployments, programDeployments, type Deployment } from "./faults/protocol.ts";
import type { Measure, Row } from "./harness/row.ts";

/** A deployment that goes wrong comes again with its seed. */
interface Kind {
  readonly what: string;
  readonly first: number;
  readonly count: number;
  /** The weather is to be so hard that more than half of the first runs fail. */
  readonly isHard?: true;
  readonly run: (
    seeds: readonly number[],
    progress: (text: string) => void,
  ) => Promise<readonly Deployment[]>;
}

const kinds: readonly Kind[] = [
  {
    what: "over the provider protocol, engines dying on the way",
    first: 1,
    count: 1_000,
    run: (seeds, progress) => deployments(seeds, 4, progress),
  },
  {
    what: "six other programs over the protocol, engines dying at a call",
    first: 5_001,
    count: 40,
    run: (seeds, progress) => programDeployments(programs, seeds, false, progress),
  },
  {
    what: "the same without a journal",
    first: 5_001,
    count: 40,
    run: (seeds, progress) => programDeployments(programs, seeds, true, progress),
  },
  {
    what: "with the real CLI",
    first: 2_001,
    count: 60,
    run: inTwos((seed) => deployForReal(seed, "nobody")),
  },
  {
    what: "with the real CLI, provider killed",
    first: 3_001,
    count: 20,
    run: inTwos((seed) => deployForReal(seed, "provider")),
  },
  {
    what: "with the real CLI, CLI killed",
    first: 4_001,
    count: 20,
    run: inTwos((seed) => deployForReal(seed, "CLI")),
  },
  {
    what: "with the real CLI, one process killed at a call of an update or a replacement",
    first: 6_000,
    count: killsAtACall,
    run: inTwos(killAtACall),
  },
];

export const measure: Measure = async (progress) => {
  const rows: Row[] = [];
  const words = process.env["KINDS"] ?? "";
  for (const { what, first, count, isHard, run } of kinds.filter((kind) => kind.what.includes(words))) {
    const seeds = Array.from({ length: count }, (_, index) => first + index);
    const over = await run(seeds, (text) => progress(`${what}, ${text}`));
    const wrong = over.filter(({ problems }) => problems.length > 0);
    for (const one of wrong) console.error(`\nseed ${one.seed}: ${one.problems.join("\n  ")}`);
    const sum = (of: (one: Deployment) => number) => over.reduce((total, one) => total + of(one), 0);
    const failedAtFirst = sum(({ failed }) => Math.min(1, failed));
    const named = `${what}, seeds ${first} to ${first + count - 1}`;
    rows.push(
      { what: `${named}: sides that do not agree`, value: wrong.length, unit: "", atMost: 0 },
      { what: `${what}: failed at first`, value: failedAtFirst, unit: "" },
      ...(isHard
        ? [
            {
              what: `${what}: went well at first`,
              value: over.length - failedAtFirst,
              unit: "" as const,
              atMost: Math.floor(over.length / 2),
            },
          ]
        : []),
      { what: `${what}: lost a process`, value: sum(({ died }) => (died ? 1 : 0)), unit: "" },
      { what: `${what}: under faults`, value: sum(({ calls }) => calls), unit: "calls" },
      {
        what: `${what}: answered with an error, or not at all`,
        value: sum(({ faults }) => faults),
        unit: "calls",
      },
    );
  }
  return rows;
};

function inTwos(deploy: (seed: number) => Promise<Deployment>): Kind["run"] {
  return async (seeds, progress) => {
    const [waiting, over] = [[...seeds], [] as Deployment[]];
    const worker = async (): Promise<void> => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        over.push(await deploy(seed));
        progress(`${over.length} of ${seeds.length}`);
      }
    };
    // Two cores, and an `up` fills one.
    await Promise.all([worker(), worker()]);
    return over.toSorted((one, other) => one.seed - other.seed);
  };
}

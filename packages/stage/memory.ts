/**
 * What a stage remembers of itself, kept in its stack's state: what its last deployments published, and whether it was rolled
 * back or paused. The program reads and writes it, and commands read it from the state.
 */
import { z } from "zod";
import { firstNames } from "./adopted/adopted.ts";

const publishedFlow = z.object({
  sid: z.string(),
  revision: z.number(),
  /** An earlier revision that says the same, where this one was about to be made of it. */
  like: z.number().optional(),
});

const functions = z.object({
  buildSid: z.string(),
  /** Those that the stage file makes. */
  variables: z.record(z.string(), z.string()),
});

const deployment = z.object({
  /** Commit that was deployed; null where it was no Git checkout. */
  commit: z.string().nullable(),
  /** When it was first deployed, as ISO 8601. */
  at: z.string(),
  /** By name of the line: the revision that was published. */
  flows: z.record(z.string(), publishedFlow),
  buildSid: z.string(),
  /** Of the Functions, those that the stage file makes. */
  variables: z.record(z.string(), z.string()),
  /** Of further Services of Functions, by their names in the stack: a stage may adopt several. */
  others: z.record(z.string(), functions).optional(),
});

export const memorySchema = z.object({
  /** Oldest first; the last is what the stage is meant to run. */
  deployments: z.array(deployment),
  rolledBack: z
    .object({
      at: z.string(),
      /** What was undone, in words without anybody's number. */
      undone: z.array(z.string()),
    })
    .nullable(),
  /** By name of the line. */
  paused: z.record(
    z.string(),
    z.object({
      at: z.string(),
      /** The revision that was published before, and is again when the line resumes. */
      revision: z.number(),
      /** The Flow that answers meanwhile. */
      definition: z.record(z.string(), z.unknown()),
    }),
  ),
});

/** One deployment of a stage. */
export type Deployment = z.output<typeof deployment>;
export type Memory = z.output<typeof memorySchema>;

/** What is deployed in a Service of Functions. */
export type DeployedFunctions = z.output<typeof functions>;

/** Every Service of Functions that a deployment left, by its name in the stack; without the first where the stage had none. */
export function functionServicesOf({
  buildSid,
  variables,
  others = {},
}: Pick<Deployment, "buildSid" | "variables" | "others">): Readonly<Record<string, DeployedFunctions>> {
  return { ...(buildSid === "" ? {} : { [firstNames.functions]: { buildSid, variables } }), ...others };
}

/** The revision that is sure to be at Twilio and says what was published. */
export function revisionToRead({ revision, like }: Deployment["flows"][string]): number {
  return like ?? revision;
}

/** Of a stage that was never deployed. */
export const nothingRemembered: Memory = { deployments: [], rolledBack: null, paused: {} };

/** Type of the component that keeps the memory, and the one output in which it is text. */
export const memoryType = "support-line:index:Memory";
export const memoryOutput = "remembered";

/** As many deployments as are remembered: a few more than the Builds that Twilio keeps. */
const most = 10;

/**
 * A memory that was written down.
 *
 * @throws z.ZodError when it is none
 */
export function readMemory(text: string): Memory {
  return memorySchema.parse(JSON.parse(text));
}

/** A memory with one more deployment, unless it is what was deployed before. Lines that are paused keep their revision. */
export function remember(known: Memory, fresh: Deployment): Memory {
  const last = known.deployments.at(-1);
  const paused = Object.fromEntries(
    Object.keys(known.paused).flatMap((line) => {
      const before = last?.flows[line];
      return before === undefined ? [] : [[line, before] as const];
    }),
  );
  const taken = { ...fresh, flows: { ...fresh.flows, ...paused } };
  if (last !== undefined && sameDeployment(last, taken)) return known;
  return { ...known, deployments: [...known.deployments, taken].slice(-most) };
}

/** Whether two deployments left the same published. */
export function sameDeployment(one: Deployment, other: Deployment): boolean {
  return essence(one) === essence(other);
}

function essence(deployment: Deployment): string {
  const sorted = <Value>(values: Readonly<Record<string, Value>>) =>
    Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    sorted(deployment.flows).map(([line, { revision }]) => [line, revision]),
    sorted(functionServicesOf(deployment)).map(([name, { buildSid, variables }]) => [
      name,
      buildSid,
      sorted(variables),
    ]),
  ]);
}

/**
 * An order: what a command (`stage rollback`, `pause`, `resume`) has the program put in place of what the code says. It is
 * handed over in a file that an environment variable names, and holds for one run.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { firstNames } from "./adopted/adopted.ts";
import { memorySchema } from "./memory.ts";

/** Names the file with the order. */
export const orderVariable = "SUPPORT_LINE_ORDER";

const order = z.object({
  /** What the stage is to remember. */
  memory: memorySchema,
  /** Whether it remembers that also when the rest fails, so that doing it again completes it. */
  isRememberedFirst: z.boolean(),
  /** By name of the line: the Flow Definition to publish, as Twilio has it. */
  flows: z.record(
    z.string(),
    z.object({
      definition: z.record(z.string(), z.unknown()),
      /** The revision's commit message. */
      reason: z.string(),
    }),
  ),
  /** The Build to deploy; null: the code's. */
  buildSid: z.string().nullable(),
  /** The Variables of the Functions; null: the stage file's. */
  variables: z.record(z.string(), z.string()).nullable(),
  /** Build and Variables of further Services of Functions, by their names in the stack; what is left out stays the code's. */
  others: z
    .record(z.string(), z.object({ buildSid: z.string(), variables: z.record(z.string(), z.string()) }))
    .optional(),
});
export type Order = z.output<typeof order>;

/** What an order puts in place in a Service of Functions; null: nothing. */
export function orderedFunctions(
  order: Order | null,
  name: string,
): { readonly buildSid: string | null; readonly variables: Readonly<Record<string, string>> | null } | null {
  return order === null || name === firstNames.functions ? order : (order.others?.[name] ?? null);
}

/**
 * The order that this run is given; null when there is none.
 *
 * @throws z.ZodError when the file holds none
 */
export function givenOrder(environment: NodeJS.ProcessEnv): Order | null {
  const file = environment[orderVariable];
  if (file === undefined || file === "") return null;
  return order.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** A Workflow's configuration: which queues a Task goes through, https://www.twilio.com/docs/taskrouter/workflow-configuration */
import { parseJson } from "../json.ts";
import { z } from "zod";
import { text } from "../fields.ts";
import type { Body, StoredObject } from "../product.ts";
import { holds } from "./expression.ts";

const target = z.object({
  /** Left out, it is that of the target before. */
  queue: z.string().optional(),
  expression: z.string().optional(),
  priority: z.coerce.number().optional(),
  timeout: z.coerce.number().optional(),
  skip_if: z.string().optional(),
  order_by: z.string().optional(),
  known_worker_sid: z.string().optional(),
  known_worker_friendly_name: z.string().optional(),
});
const filter = z.object({
  filter_friendly_name: z.string().optional(),
  friendly_name: z.string().optional(),
  expression: z.string(),
  targets: z.array(target).min(1),
});
const configuration = z.object({
  task_routing: z.object({
    filters: z.array(filter).default([]),
    default_filter: z.object({ queue: z.string() }).optional(),
  }),
});

/** A queue on a Task's way. */
export type Target = Omit<z.output<typeof target>, "queue"> & { readonly queue: string };

/** The way of a Task through one filter. */
export interface Route {
  readonly filterName: string;
  readonly targets: readonly Target[];
}

/**
 * Reads a configuration.
 *
 * @returns what is wrong with it, as a text, or null
 */
export function configurationFault(written: string): string | null {
  try {
    const read = configuration.safeParse(parseJson(written));
    if (!read.success) {
      const [issue] = read.error.issues;
      return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
    }
    for (const [at, { expression, targets }] of read.data.task_routing.filters.entries()) {
      if (targets[0]?.queue === undefined) return `task_routing.filters.${at}.targets.0.queue: it is needed`;
      for (const each of [expression, ...targets.flatMap((one) => [one.expression, one.skip_if])]) {
        if (each !== undefined) holds(each, {});
      }
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * The ways that a Workflow has for a Task with these attributes: the first is taken, the next ones by those who skip
 * every target of the one before. None when no filter takes it and there is no default.
 */
export function routesOf(workflow: StoredObject, attributes: Body): Route[] {
  const { filters, default_filter: last } = configuration.parse(
    JSON.parse(text(workflow.body, "configuration")),
  ).task_routing;
  const routes = filters
    .filter(({ expression }) => holds(expression, attributes))
    .map((found) => ({
      filterName: found.filter_friendly_name ?? found.friendly_name ?? "",
      targets: withQueues(found.targets),
    }));
  return last === undefined
    ? routes
    : [...routes, { filterName: "Default Filter", targets: [{ queue: last.queue }] }];
}

function withQueues(targets: readonly z.output<typeof target>[]): Target[] {
  let queue = "";
  return targets.map((each) => {
    queue = each.queue ?? queue;
    return { ...each, queue };
  });
}

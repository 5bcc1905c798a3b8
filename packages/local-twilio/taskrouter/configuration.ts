/** A Workflow's configuration: which queues a Task goes through, https://www.twilio.com/docs/taskrouter/workflow-configuration */
import { z } from "zod";
import { text } from "../fields.ts";
import type { Body, StoredObject } from "../product.ts";
import { holds } from "./expression.ts";

const target = z.object({
  queue: z.string(),
  expression: z.string().optional(),
  priority: z.coerce.number().optional(),
  timeout: z.coerce.number().optional(),
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
export type Target = z.output<typeof target>;

/** The way of a Task. */
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
    const read = configuration.safeParse(JSON.parse(written));
    if (!read.success) {
      const [issue] = read.error.issues;
      return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
    }
    for (const { expression, targets } of read.data.task_routing.filters) {
      holds(expression, {});
      for (const each of targets) if (each.expression !== undefined) holds(each.expression, {});
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The way of a Task with these attributes; null when no filter takes it and there is no default. */
export function routeOf(workflow: StoredObject, attributes: Body): Route | null {
  const { filters, default_filter: last } = configuration.parse(
    JSON.parse(text(workflow.body, "configuration")),
  ).task_routing;
  const found = filters.find(({ expression }) => holds(expression, attributes));
  if (found !== undefined) {
    return {
      filterName: found.filter_friendly_name ?? found.friendly_name ?? "",
      targets: found.targets,
    };
  }
  return last === undefined ? null : { filterName: "Default Filter", targets: [{ queue: last.queue }] };
}

/** Who is reached instead of whom, from two texts of a stage file. */
import { parse } from "yaml";
import { z } from "zod";

const file = z.object({ config: z.record(z.string(), z.unknown()) });
const agentsShape = z.array(z.object({ name: z.string(), address: z.unknown() }));
const linesShape = z.array(
  z.object({ name: z.string(), flow: z.string(), agents: z.array(z.string()).default([]) }),
);

/**
 * The lines of a stage file: each with its Flow and its agents, as `ada (…0101)`. A file that is none has no lines.
 *
 * @param project its name, under which the file says them
 */
export function linesOf(project: string, text: string): { name: string; flow: string; reached: string[] }[] {
  let values: unknown;
  try {
    values = parse(text);
  } catch {
    return [];
  }
  const found = file.safeParse(values);
  if (!found.success) return [];
  const { config } = found.data;
  const agents = agentsShape.safeParse(config[`${project}:agents`]).data ?? [];
  const lines = linesShape.safeParse(config[`${project}:lines`]).data ?? [];
  const addresses = new Map(agents.map(({ name, address }) => [name, String(address)]));
  return lines.map(({ name, flow, agents: names }) => ({
    name,
    flow,
    reached: names.map((agent) => `${agent} (…${(addresses.get(agent) ?? "").slice(-4)})`),
  }));
}

/** Sentences about agents of lines that both texts have. */
export function agentChanges(project: string, before: string, after: string): string[] {
  const old = new Map(linesOf(project, before).map((line) => [line.name, line.reached]));
  return linesOf(project, after).flatMap(({ name, reached }) => {
    const was = old.get(name);
    if (was === undefined) return [];
    const come = reached.filter((agent) => !was.includes(agent)).join(", ");
    const gone = was.filter((agent) => !reached.includes(agent)).join(", ");
    if (come === "" && gone === "") return [];
    if (come === "") return [`Line ${name} no longer reaches ${gone}.`];
    return [`Line ${name} reaches ${come}${gone === "" ? " as well" : ` instead of ${gone}`}.`];
  });
}

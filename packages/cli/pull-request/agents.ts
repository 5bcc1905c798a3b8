/** Who is reached instead of whom, from two texts of a stage file. */
import { parse } from "yaml";
import { z } from "zod";

const file = z.object({
  config: z.looseObject({
    "support-line:agents": z.array(z.object({ name: z.string(), address: z.unknown() })).default([]),
    "support-line:lines": z
      .array(z.object({ name: z.string(), flow: z.string(), agents: z.array(z.string()).default([]) }))
      .default([]),
  }),
});

/** The lines of a stage file: each with its Flow and its agents, as `ada (…0101)`. A file that is none has no lines. */
export function linesOf(text: string): { name: string; flow: string; reached: string[] }[] {
  let values: unknown;
  try {
    values = parse(text);
  } catch {
    return [];
  }
  const found = file.safeParse(values);
  if (!found.success) return [];
  const { "support-line:agents": agents, "support-line:lines": lines } = found.data.config;
  const addresses = new Map(agents.map(({ name, address }) => [name, String(address)]));
  return lines.map(({ name, flow, agents: names }) => ({
    name,
    flow,
    reached: names.map((agent) => `${agent} (…${(addresses.get(agent) ?? "").slice(-4)})`),
  }));
}

/** Sentences about agents of lines that both texts have. */
export function agentChanges(before: string, after: string): string[] {
  const old = new Map(linesOf(before).map((line) => [line.name, line.reached]));
  return linesOf(after).flatMap(({ name, reached }) => {
    const was = old.get(name);
    if (was === undefined) return [];
    const come = reached.filter((agent) => !was.includes(agent)).join(", ");
    const gone = was.filter((agent) => !reached.includes(agent)).join(", ");
    if (come === "" && gone === "") return [];
    if (come === "") return [`Line ${name} no longer reaches ${gone}.`];
    return [`Line ${name} reaches ${come}${gone === "" ? " as well" : ` instead of ${gone}`}.`];
  });
}

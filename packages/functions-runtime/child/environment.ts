/**
 * `process.env` of a Function: it holds what `context` holds, as in production. Twilio's own function templates and Flex's
 * project template read Variables and credentials there.
 */

/** What the process itself runs by (`PATH`, `NODE_PATH`, proxies): a Variable of that name is in `context` alone. */
const own = new Set(Object.keys(process.env));
let given: readonly string[] = [];

/** Puts the texts of a run's context into `process.env`, and takes away those of an earlier run. */
export function showContext(context: Readonly<Record<string, unknown>>): void {
  for (const name of given) Reflect.deleteProperty(process.env, name);
  const shown = Object.entries(context).filter(
    ([name, value]) => typeof value === "string" && !own.has(name),
  );
  for (const [name, value] of shown) process.env[name] = String(value);
  given = shown.map(([name]) => name);
}

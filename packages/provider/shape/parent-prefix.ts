import { product, type Resource } from "@support-line/twilio-api";

/**
 * The SID prefix of a parent, `ZS` for `ServiceSid` below `/v1/Services/{ServiceSid}`: the documents say it at the
 * parent's own path and not at the children's. Null where no row is that parent.
 */
export function parentPrefix(row: Resource, parent: Resource["parents"][number]): string | null {
  if (parent.sid !== null) return parent.sid;
  const path = row.instancePath ?? row.collectionPath ?? "";
  const end = path.indexOf(`{${parent.name}}`);
  if (end < 0) return null;
  const own = shapeless(path.slice(0, end + parent.name.length + 2));
  const found = product(row.product).resources.find(
    ({ instancePath }) => instancePath !== null && shapeless(instancePath) === own,
  );
  return found?.sidPrefix ?? null;
}

/** A path without the names of its parameters. */
function shapeless(path: string): string {
  return path.replace(/\{\w+\}/g, "{}").replace(/\.json$/, "");
}

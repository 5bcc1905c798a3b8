/** How the resources hang together: which resource a path parameter of a parent names. */
import { product, type Resource } from "@support-line/twilio-api";

/** A path with its parameters' names wiped: paths of different resources name the same id differently. */
function shape(host: string, path: string): string {
  return host + path.replace(/\.json$/, "").replace(/\{\w+\}/g, "{}");
}

export interface Rows {
  /** The parents of a resource that are resources themselves, outermost first, by the path parameter that names them. */
  parentsOf(resource: Resource): readonly { readonly parameter: string; readonly resource: Resource }[];
}

/** Indexes the rows, a product's when one of its resources is first asked about: parents are of the same product. */
export function indexRows(): Rows {
  const instances = new Map<string, ReadonlyMap<string, Resource>>();
  const instancesOf = (name: string): ReadonlyMap<string, Resource> => {
    let byInstance = instances.get(name);
    if (byInstance === undefined) {
      byInstance = new Map(
        product(name).resources.flatMap((resource) =>
          resource.instancePath === null || resource.idParameter === null
            ? []
            : [[shape(resource.host, resource.instancePath), resource] as const],
        ),
      );
      instances.set(name, byInstance);
    }
    return byInstance;
  };
  const parents = new Map<string, ReturnType<Rows["parentsOf"]>>();
  return {
    parentsOf(resource) {
      const cached = parents.get(resource.token);
      if (cached) return cached;
      // What is at a place of its own has parents that only its own path names.
      const whole = resource.idParameter === null ? resource.instancePath : null;
      const path = whole ?? resource.collectionPath ?? resource.instancePath ?? "";
      const found = resource.parents.flatMap(({ name }) => {
        const end = path.indexOf(`{${name}}`) + name.length + 2;
        const parent = instancesOf(resource.product).get(shape(resource.host, path.slice(0, end)));
        return parent && parent !== resource ? [{ parameter: name, resource: parent }] : [];
      });
      parents.set(resource.token, found);
      return found;
    },
  };
}

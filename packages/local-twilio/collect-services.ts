/** Collects what products make of one another, from all of them before any starts. */
import type { Product, Services, Twilio } from "./product.ts";

/** Asks every product for its services. Calling one that none provides is an error that names it, and so is a second provider. */
export function collectServices(
  products: readonly Product[],
  twilio: () => Twilio,
): { services: Services; open(): void } {
  const provided: Partial<Services> = {};
  const providers = new Map<string, string>();
  const need = <Name extends keyof Services>(name: Name): Services[Name] => {
    const service = provided[name];
    if (!service) throw new Error(`no product of the local Twilio provides '${name}'`);
    return service;
  };
  const services: Services = {
    get carrier() {
      return need("carrier");
    },
    get conversations() {
      return need("conversations");
    },
    get studio() {
      return need("studio");
    },
    get content() {
      return need("content");
    },
    get monitor() {
      return need("monitor");
    },
    get voice() {
      return need("voice");
    },
    get functions() {
      return need("functions");
    },
    get flex() {
      return provided.flex ?? null;
    },
  };
  return {
    services,
    open() {
      for (const product of products) {
        const offered = product.services?.(twilio()) ?? {};
        for (const name of Object.keys(offered)) {
          const other = providers.get(name);
          if (other !== undefined) {
            throw new Error(
              `${other} and ${product.name} both provide '${name}': one of them has to be the one`,
            );
          }
          providers.set(name, product.name);
        }
        Object.assign(provided, offered);
      }
    },
  };
}

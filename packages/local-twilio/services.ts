/** What products make of one another, collected from all of them before any starts. */
import type { Product, Services, Twilio } from "./product.ts";

/** Asks every product for its services. Calling one that none provides is an error that names it. */
export function collectServices(
  products: readonly Product[],
  twilio: () => Twilio,
): { services: Services; open(): void } {
  const provided: Partial<Services> = {};
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
      for (const product of products) Object.assign(provided, product.services?.(twilio()));
    },
  };
}

/** memory.twilio.com: what Conversation Orchestrator remembers of customers. Here a Store is there and remembers nothing. */
import type { Product } from "../product.ts";

export const memory: Product = {
  name: "memory",
  behaviours: {
    // A Store is usable once what it needs is there too; here it needs nothing.
    "twilio:memory:Store": { show: (_, { body }) => ({ ...body, status: "ACTIVE" }) },
  },
};

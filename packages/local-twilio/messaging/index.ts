/** Messaging: channel senders. */
import type { Product } from "../product.ts";

export const messaging: Product = { name: "messaging", behaviours: {} };

/** serverless.twilio.com: Functions and Assets, Builds, Environments. */
import type { Product } from "../product.ts";

export const serverless: Product = { name: "serverless", behaviours: {} };

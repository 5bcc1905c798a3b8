/** messaging.twilio.com: channel senders. */
import type { Product } from "../product.ts";
import { resumeSenders, sender } from "./senders.ts";

export const messaging: Product = {
  name: "messaging",
  behaviours: { "twilio:messaging:ChannelsSender": sender },
  start: resumeSenders,
};

/** monitor.twilio.com: the Debugger. */
import type { Product } from "../product.ts";
import { alert, raiseAlert } from "./alerts.ts";

export const monitor: Product = {
  name: "monitor",
  behaviours: { "twilio:monitor:Alert": alert },
  services: (twilio) => ({ monitor: { alert: (raised) => raiseAlert(twilio, raised) } }),
};

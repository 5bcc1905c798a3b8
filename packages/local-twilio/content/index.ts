/** content.twilio.com: content templates, https://www.twilio.com/docs/content */
import type { Product } from "../product.ts";
import { renderContent } from "./render.ts";

export const content: Product = {
  name: "content",
  behaviours: {},
  services: (twilio) => ({
    content: { render: (sid, variables) => renderContent(twilio, sid, variables) },
  }),
};

/**
 * mcs.<region>.twilio.com: media of Conversations, https://www.twilio.com/docs/conversations-classic/media-support-conversations,
 * and media of messages, https://www.twilio.com/docs/messaging/api/media-resource.
 */
import type { Product } from "../product.ts";
import { messageMedia, serveMessageMedia } from "./message-media.ts";
import { hasService, serveMedia } from "./service-media.ts";

export const media: Product = {
  name: "media",
  behaviours: { "twilio:api:Media": messageMedia },
  hosts: [
    { matches: /^mcs(?:\.[a-z0-9-]+)*\.twilio\.com$/, isAsked: hasService, serve: serveMedia },
    {
      matches: /^api\.(?:[a-z0-9-]+\.)*twilio\.com$/,
      path: /\/Messages\/[SM]M[0-9a-f]{32}\/Media\/ME[0-9a-f]{32}(?:\?|$)/,
      serve: serveMessageMedia,
    },
  ],
};

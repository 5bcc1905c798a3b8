/** What Assets are called with and how they answer. */
import type { Deployed } from "../deployed.ts";
import type { Asks } from "./asks.ts";

export const assetAsks: readonly Asks[] = [
  ...["hello.txt", "data.json", "page.html", "pixel.gif"].map((file) => ({
    id: `asset.${file}`,
    asks: `the Asset ${file}: status, headers`,
    source: "https://www.twilio.com/docs/serverless/functions-assets/assets",
    ask: async (functions: Deployed) => {
      const { status, headers } = await functions.call(`/${file}`);
      const has = (name: string) => headers.get(name) !== null;
      return {
        status,
        type: headers.get("content-type"),
        cors: headers.get("access-control-allow-origin"),
        etag: has("etag"),
        modified: has("last-modified"),
      };
    },
  })),
  {
    id: "asset.head",
    asks: "HEAD of an Asset",
    source: "https://www.twilio.com/docs/serverless/functions-assets/assets",
    ask: async (functions) => {
      const { status, headers } = await functions.call("/hello.txt", { method: "HEAD" });
      return { status, length: headers.get("content-length") };
    },
  },
  {
    id: "asset.range",
    asks: "a range of an Asset",
    source: "https://www.twilio.com/docs/serverless/functions-assets/assets",
    ask: async (functions) => {
      const { status, text } = await functions.call("/hello.txt", { headers: { Range: "bytes=0-1" } });
      return { status, text };
    },
  },
  {
    id: "asset.protected",
    asks: "a protected Asset, unsigned",
    source: "https://www.twilio.com/docs/serverless/functions-assets/visibility",
    ask: async (functions) => (await functions.call("/protected.txt")).status,
  },
  {
    id: "asset.private",
    asks: "a private Asset from outside",
    source: "https://www.twilio.com/docs/serverless/functions-assets/visibility",
    ask: async (functions) => (await functions.call("/private.json")).status,
  },
];

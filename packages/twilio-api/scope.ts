/**
 * Which of Twilio's OpenAPI documents are read, and what of them is left out, each with a reason. To add a product is
 * to add a row here and run `npm run generate`.
 */
export interface ScopeRow {
  readonly product: string;
  readonly version: string;
  /** File name in `@twilio/cli-core`, without `.json`. */
  readonly document: string;
  /** Resources that are in, by their name in the document's operation ids; absent: all. */
  readonly only?: { readonly names: readonly string[]; readonly reason: string };
}

export const scope: readonly ScopeRow[] = [
  { product: "serverless", version: "v1", document: "twilio_serverless_v1" },
  { product: "studio", version: "v2", document: "twilio_studio_v2" },
  { product: "conversations", version: "v1", document: "twilio_conversations_v1" },
  { product: "taskrouter", version: "v1", document: "twilio_taskrouter_v1" },
  { product: "flex", version: "v1", document: "twilio_flex_v1" },
  {
    product: "api",
    version: "2010-04-01",
    document: "twilio_api_v2010",
    only: {
      names: ["Account", "IncomingPhoneNumber", "ShortCode", "Message"],
      reason: "what a messaging support line needs of it: whose account, which numbers, their messages",
    },
  },
  {
    product: "messaging",
    version: "v2",
    document: "twilio_messaging_v2",
    only: {
      names: ["ChannelsSender"],
      reason: "WhatsApp senders are numbers of the account that api does not list",
    },
  },
  {
    product: "monitor",
    version: "v1",
    document: "twilio_monitor_v1",
    only: {
      names: ["Alert"],
      reason: "the Debugger: the one place where Twilio says why a Build or a Function failed",
    },
  },
];

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
  /** Names in operation ids that mean a resource of another name: `CreateNewKey` creates a `Key`. */
  readonly sameAs?: Readonly<Record<string, string>>;
}

export const scope: readonly ScopeRow[] = [
  { product: "serverless", version: "v1", document: "twilio_serverless_v1" },
  { product: "studio", version: "v2", document: "twilio_studio_v2" },
  { product: "conversations", version: "v1", document: "twilio_conversations_v1" },
  {
    product: "conversations",
    version: "v2",
    document: "twilio_conversations_v2",
    only: {
      names: ["OrchestratorConfiguration", "OrchestratorOperation"],
      reason: "opened, filled and ended as customers write and agents answer: nothing that is configured",
    },
    sameAs: { Configuration: "OrchestratorConfiguration", OperationStatus: "OrchestratorOperation" },
  },
  {
    product: "memory",
    version: "v1",
    document: "twilio_memory_v1",
    only: {
      names: ["Store", "Operation"],
      reason: "what is known of customers: data that grows as they write, and how it is sorted",
    },
    sameAs: { Stores: "Store" },
  },
  { product: "taskrouter", version: "v1", document: "twilio_taskrouter_v1" },
  { product: "flex", version: "v1", document: "twilio_flex_v1" },
  {
    product: "flex",
    version: "v2",
    document: "twilio_flex_v2",
    only: { names: ["FlexUser"], reason: "opens a web chat; the resource of that name is v1's" },
  },
  {
    product: "api",
    version: "2010-04-01",
    document: "twilio_api_v2010",
    sameAs: { NewKey: "Key", NewSigningKey: "SigningKey" },
  },
  { product: "messaging", version: "v1", document: "twilio_messaging_v1" },
  {
    product: "messaging",
    version: "v2",
    document: "twilio_messaging_v2",
    only: {
      names: ["ChannelsSender", "TypingIndicator"],
      reason: "the certificate of a domain is written by v1, which has it too",
    },
  },
  { product: "content", version: "v1", document: "twilio_content_v1" },
  { product: "numbers", version: "v1", document: "twilio_numbers_v1" },
  { product: "numbers", version: "v2", document: "twilio_numbers_v2" },
  { product: "sync", version: "v1", document: "twilio_sync_v1" },
  { product: "events", version: "v1", document: "twilio_events_v1" },
  { product: "verify", version: "v2", document: "twilio_verify_v2" },
  { product: "voice", version: "v1", document: "twilio_voice_v1" },
  { product: "trunking", version: "v1", document: "twilio_trunking_v1" },
  { product: "proxy", version: "v1", document: "twilio_proxy_v1" },
  { product: "routes", version: "v2", document: "twilio_routes_v2" },
  { product: "insights", version: "v1", document: "twilio_insights_v1" },
  { product: "intelligence", version: "v2", document: "twilio_intelligence_v2" },
  { product: "assistants", version: "v1", document: "twilio_assistants_v1" },
  { product: "knowledge", version: "v1", document: "twilio_knowledge_v1" },
  { product: "trusthub", version: "v1", document: "twilio_trusthub_v1" },
  { product: "accounts", version: "v1", document: "twilio_accounts_v1" },
  {
    product: "iam",
    version: "v1",
    document: "twilio_iam_v1",
    sameAs: { GetKeys: "Key", NewKey: "Key" },
  },
  { product: "monitor", version: "v1", document: "twilio_monitor_v1" },
  { product: "monitor", version: "v2", document: "twilio_monitor_v2", sameAs: { Alarms: "Alarm" } },
  { product: "bulkexports", version: "v1", document: "twilio_bulkexports_v1" },
  { product: "lookups", version: "v2", document: "twilio_lookups_v2" },
  { product: "marketplace", version: "v1", document: "twilio_marketplace_v1" },
  { product: "notify", version: "v1", document: "twilio_notify_v1" },
  { product: "pricing", version: "v2", document: "twilio_pricing_v2" },
  { product: "video", version: "v1", document: "twilio_video_v1" },
];

/** Documents that are not read, each with the reason: together with the scope these are all that `@twilio/cli-core` has. */
export const notRead: readonly { readonly documents: readonly string[]; readonly reason: string }[] = [
  {
    documents: ["twilio_autopilot_v1", "twilio_fax_v1", "twilio_frontline_v1", "twilio_media_v1"],
    reason: "retired by Twilio: Autopilot, Fax, Frontline, Live",
  },
  {
    documents: [
      "twilio_chat_v1",
      "twilio_chat_v2",
      "twilio_chat_v3",
      "twilio_ip_messaging_v1",
      "twilio_ip_messaging_v2",
    ],
    reason: "Programmable Chat is retired; Conversations took its place",
  },
  {
    documents: ["twilio_supersim_v1", "twilio_wireless_v1", "twilio_microvisor_v1"],
    reason: "Twilio's Internet of Things: sold to KORE, or closed",
  },
  {
    documents: ["twilio_studio_v1", "twilio_lookups_v1", "twilio_pricing_v1"],
    reason: "a later version of the same is read",
  },
  { documents: ["twilio_content_v2"], reason: "lists what content_v1 makes, in another order" },
  { documents: ["twilio_content_sdk"], reason: "the same as content_v1, for generators of clients" },
  { documents: ["twilio_preview"], reason: "previews of what became products of their own, or nothing" },
  {
    documents: ["twilio_iam_organizations", "twilio_iam_scim"],
    reason: "called with the token of an organization's administrator, not with an account's credentials",
  },
  {
    documents: ["twilio_oauth_v1", "twilio_oauth_v2"],
    reason: "signs people in; nothing that is configured",
  },
  {
    documents: ["twilio_intelligence_v3"],
    reason: "reads what Conversation Orchestrator captures; intelligence_v2 reads recordings and is read",
  },
  {
    documents: ["twilio_knowledge_v2"],
    reason: "bases that the assistants of Conversation Orchestrator look things up in; knowledge_v1 is read",
  },
  {
    documents: ["twilio_voice_v2", "twilio_voice_v3"],
    reason: "settings that a call's TwiML names to be recorded and transcribed; no call of ours does",
  },
  { documents: ["twilio_insights_v2"], reason: "reports on calls that were; nothing that is configured" },
  {
    documents: ["twilio_messaging_v3"],
    reason: "shows a customer that somebody types; messaging_v2 does so too",
  },
  {
    documents: ["twilio_routes_v3"],
    reason: "the same route of a number as routes_v2 has, under another form",
  },
  {
    documents: ["twilio_insights_v3"],
    reason: "questions about conversations that were; nothing that is configured",
  },
  { documents: ["twilio_numbers_v3"], reason: "fetches one thing only, which nothing creates" },
  {
    documents: ["twilio_flex-api_v1", "twilio_iam_v2", "twilio_verify_v3", "twilio_voice_oneconsole"],
    reason: "the document has paths and no operations",
  },
];

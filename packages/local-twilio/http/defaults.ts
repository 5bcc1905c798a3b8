/**
 * What Twilio shows where a request says nothing: values that its documents state in prose, or that live accounts were
 * seen to answer. What a behaviour fills in by itself (`serverless/services.ts`) has no row here; what is false, empty or
 * nothing needs none.
 */
import { isBody, textOf } from "../json.ts";
import type { Body, Json } from "../product.ts";

/** By token, then by property; an object's parts stand beside those that a request names. */
export const defaults: Readonly<Record<string, Body>> = {
  "twilio:api:Account": { status: "active", type: "Full" },
  "twilio:api:Application": {
    api_version: "2010-04-01",
    sms_fallback_method: "POST",
    sms_method: "POST",
    status_callback_method: "POST",
    voice_fallback_method: "POST",
    voice_method: "POST",
  },
  "twilio:api:Queue": { max_size: 1000 },
  "twilio:api:SipDomain": {
    api_version: "2010-04-01",
    voice_fallback_method: "POST",
    voice_method: "POST",
    voice_status_callback_method: "POST",
  },
  "twilio:api:SipIpAddress": { cidr_prefix_length: 32 },
  "twilio:api:UsageTrigger": { callback_method: "POST" },
  "twilio:flex:FlexFlow": { channel_type: "web", janitor_enabled: false, long_lived: false },
  "twilio:intelligence:Service": { language_code: "en-US" },
  "twilio:messaging:Service": {
    area_code_geomatch: true,
    fallback_method: "POST",
    fallback_to_long_code: true,
    inbound_method: "POST",
    mms_converter: true,
    scan_message_content: "inherit",
    smart_encoding: true,
    sticky_sender: true,
    usecase: "undeclared",
    validity_period: 36_000,
  },
  "twilio:messaging:BrandRegistrations": { mock: false },
  "twilio:monitor:Alarm": { enabled: true },
  "twilio:notify:Binding": { notification_protocol_version: "3" },
  "twilio:notify:Service": { delivery_callback_enabled: false, log_enabled: true },
  "twilio:proxy:Service": {
    geo_match_level: "country",
    number_selection_behavior: "prefer-sticky",
  },
  "twilio:sync:Service": {
    reachability_debouncing_enabled: false,
    reachability_debouncing_window: 5_000,
    reachability_webhooks_enabled: false,
    webhooks_from_rest_enabled: false,
  },
  "twilio:taskrouter:TaskQueue": { max_reserved_workers: 1, target_workers: "1==1", task_order: "FIFO" },
  "twilio:taskrouter:Workflow": { task_reservation_timeout: 120 },
  "twilio:taskrouter:Workspace": { multi_task_enabled: true, prioritize_queue_order: "FIFO" },
  "twilio:trunking:Recording": { mode: "do-not-record", trim: "do-not-trim" },
  "twilio:trunking:Trunk": {
    recording: { mode: "do-not-record", trim: "do-not-trim" },
    transfer_mode: "disable-all",
    transfer_caller_id: "from-transferee",
  },
  "twilio:trunking:OriginationUrl": { enabled: true },
  "twilio:verify:Service": {
    code_length: 6,
    do_not_share_warning_enabled: false,
    lookup_enabled: false,
    push: { apn_credential_sid: null, fcm_credential_sid: null, include_date: false },
    totp: { issuer: null, time_step: 30, code_length: 6, skew: 1 },
  },
  "twilio:verify:Webhook": { status: "enabled", version: "v2", webhook_method: "POST" },
  "twilio:video:Composition": {
    format: "webm",
    resolution: "640x480",
    status_callback_method: "POST",
    trim: true,
  },
  "twilio:video:CompositionHook": {
    date_updated: null,
    enabled: true,
    format: "webm",
    resolution: "640x480",
    status_callback_method: "POST",
    trim: true,
  },
  "twilio:video:CompositionSettings": { encryption_enabled: false },
  "twilio:video:RecordingSettings": { encryption_enabled: false },
  "twilio:video:Room": { max_participant_duration: 14_400 },
  "twilio:voice:ByocTrunk": {
    status_callback_method: "POST",
    voice_fallback_method: "POST",
    voice_method: "POST",
  },
  "twilio:voice:ConnectionPolicyTarget": { enabled: true, priority: 10, weight: 10 },
  "twilio:voice:IpRecord": { cidr_prefix_length: 32 },
};

/** A value that follows from others of the same resource, where a request leaves it open: `[token, path, value]`. */
const derived: readonly (readonly [string, readonly string[], (body: Body) => Json | undefined])[] = [
  // The name that an authenticator shows: https://www.twilio.com/docs/verify/api/service
  ["twilio:verify:Service", ["totp", "issuer"], ({ friendly_name }) => friendly_name],
  // https://www.twilio.com/docs/flex/developer/messaging/api/flow
  ["twilio:flex:FlexFlow", ["integration"], ({ integration_type }) => integrationOf(integration_type)],
  ["twilio:flex:Plugin", ["friendly_name"], ({ unique_name }) => unique_name],
  ["twilio:api:Account", ["friendly_name"], ({ date_created }) => subaccountName(date_created)],
];

/** What is derived, filled in where nothing was given. */
export function deriveDefaults(token: string, body: Body): void {
  for (const [of, path, value] of derived) {
    if (of !== token) continue;
    let at = body;
    for (const part of path.slice(0, -1)) at = at[part] as Body;
    const last = path.at(-1) ?? "";
    const usual = value(body) ?? null;
    if (at[last] === null || at[last] === "" || at[last] === undefined) at[last] = usual;
    else if (isBody(at[last]) && isBody(usual)) at[last] = { ...usual, ...at[last] };
  }
}

/** What an integration of a Flex Flow has by its type. */
function integrationOf(type: Json | undefined): Json {
  if (type === "studio" || type === "external") return { retry_count: 3 };
  return type === "task" ? { channel: "default", timeout: 86_400, priority: 0 } : null;
}

/** As Twilio calls a subaccount that nobody named. */
function subaccountName(created: Json | undefined): string {
  const [, day = "", time = ""] = /^(\S+)T(\d\d:\d\d)/.exec(textOf(created)) ?? [];
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const half = hour < 12 ? "AM" : "PM";
  return `SubAccount Created at ${day} ${String(hour % 12 || 12).padStart(2, "0")}:${String(minute).padStart(2, "0")} ${half}`;
}

import { each, type OverlayRow } from "./overlay-row.ts";

/** Every row here has this reason. */
const reason = "the document's own examples show it so";

/** Where a document's own examples show something else than its schema says, by product and resource. */
export const examples: readonly OverlayRow[] = [
  ...each("api", ["AvailablePhoneNumberLocal"], { otherForm: ["latitude", "longitude"], reason }),
  ...each(
    "api",
    [
      "CallRecording",
      "RecordingTranscription",
      "Transcription",
      "UsageRecord",
      "UsageRecordAllTime",
      "UsageRecordDaily",
      "UsageRecordLastMonth",
      "UsageRecordMonthly",
      "UsageRecordThisMonth",
      "UsageRecordToday",
      "UsageRecordYearly",
      "UsageRecordYesterday",
    ],
    { otherForm: ["price"], reason },
  ),
  ...each("api", ["Conference"], { nullable: ["reason_conference_ended"], reason }),
  ...each("api", ["DependentPhoneNumber"], { otherForm: ["trunk_sid"], reason }),
  ...each("api", ["IncomingPhoneNumberLocal", "IncomingPhoneNumberMobile", "IncomingPhoneNumberTollFree"], {
    emptyText: ["sms_application_sid", "voice_application_sid"],
    reason,
  }),
  ...each("messaging", ["BrandRegistrations"], { nullable: ["identity_status"], reason }),
  ...each("messaging", ["BrandVetting"], { otherForm: ["brand_vetting_sid"], reason }),
  ...each("numbers", ["PortingPortIn"], {
    nullable: [
      "losing_carrier_information.building",
      "losing_carrier_information.katakana_name",
      "losing_carrier_information.sub_municipality",
    ],
    reason,
  }),
  ...each("verify", ["ChallengePasskeys"], {
    emptyText: ["entity_sid", "factor_sid"],
    otherForm: ["service_sid"],
    reason,
  }),
  ...each("voice", ["ConnectionPolicyTarget"], { otherForm: ["target"], reason }),
  ...each("trunking", ["OriginationUrl"], { otherForm: ["sip_url"], reason }),
  ...each("trunking", ["PhoneNumber"], { emptyText: ["voice_application_sid"], reason }),
  ...each("proxy", ["MessageInteraction"], { nullable: ["inbound_resource_status"], reason }),
  ...each("proxy", ["PhoneNumber"], {
    unnamed: ["capabilities.sms_outbound", "capabilities.voice_inbound"],
    reason,
  }),
  ...each("intelligence", ["OperatorResult"], {
    otherForm: ["match_probability", "predicted_probability"],
    reason,
  }),
  ...each("iam", ["Key"], { unnamed: ["flags"], reason }),
  ...each("lookups", ["PhoneNumber"], {
    otherForm: [
      "call_forwarding",
      "caller_name",
      "identity_match",
      "line_status",
      "line_type_intelligence",
      "reassigned_number",
      "sim_swap",
      "sms_pumping_risk",
      "validation_errors",
    ],
    reason,
  }),
  ...each("pricing", ["TrunkingCountry"], {
    otherForm: ["originating_call_prices", "terminating_prefix_prices"],
    reason,
  }),
  ...each("pricing", ["TrunkingNumber"], {
    otherForm: ["originating_call_price", "terminating_prefix_prices"],
    reason,
  }),
  ...each("pricing", ["VoiceCountry"], {
    otherForm: ["inbound_call_prices", "outbound_prefix_prices"],
    reason,
  }),
  ...each("pricing", ["VoiceNumber"], { otherForm: ["inbound_call_price", "outbound_call_prices"], reason }),
  ...each("video", ["Recording", "RoomRecording"], { otherForm: ["codec"], reason }),
  ...each("video", ["RoomParticipantSubscribeRule"], {
    nullable: ["rules[].kind", "rules[].priority", "rules[].publisher", "rules[].track"],
    reason,
  }),
];

import type { ValueType } from "../types.ts";
import { each, jsonText, listOf, objectOf, text, type OverlayRow } from "./overlay-row.ts";

/** https://www.twilio.com/docs/taskrouter/workflow-configuration */
const workflowConfiguration: ValueType = objectOf({
  task_routing: objectOf({
    filters: listOf(
      objectOf({
        filter_friendly_name: text,
        expression: text,
        targets: listOf(
          objectOf({
            queue: text,
            expression: text,
            priority: { kind: "integer" },
            timeout: { kind: "integer" },
            skip_if: text,
            order_by: text,
            known_worker_sid: text,
            known_worker_friendly_name: text,
          }),
        ),
      }),
    ),
    default_filter: objectOf({ queue: text }),
  }),
});

/** TaskRouter and Flex. */
export const contactCenter: readonly OverlayRow[] = [
  {
    token: "twilio:flex:ConfiguredPlugin",
    otherForm: ["plugin_version_sid"],
    reason: "the document's own examples show a Plugin's SID there",
  },
  {
    token: "twilio:flex:Configuration",
    updateTakes: [
      "attributes",
      "call_recording_enabled",
      "call_recording_webhook_url",
      "channel_configs",
      "chat_service_instance_sid",
      "citrix_voice_vdi",
      "crm_attributes",
      "crm_callback_url",
      "crm_enabled",
      "crm_fallback_url",
      "crm_type",
      "debugger_integration",
      "flex_insights_drilldown",
      "flex_insights_hr",
      "flex_ui_status_report",
      "flex_url",
      "integrations",
      "markdown",
      "messaging_service_instance_sid",
      "notifications",
      "offline_config",
      "outbound_call_flows",
      "plugin_service_attributes",
      "plugin_service_enabled",
      "public_attributes",
      "queue_stats_configuration",
      "serverless_service_sids",
      "taskrouter_offline_activity_sid",
      "taskrouter_skills",
      "taskrouter_target_taskqueue_sid",
      "taskrouter_target_workflow_sid",
      "taskrouter_taskqueues",
      "taskrouter_worker_attributes",
      "taskrouter_worker_channels",
      "taskrouter_workspace_sid",
      "ui_attributes",
      "ui_dependencies",
      "ui_language",
      "ui_version",
    ],
    reason: "the document gives the update no body; Twilio's page of Flex Configuration names these",
  },
  {
    token: "twilio:taskrouter:Workspace",
    filledIn: ["DefaultActivitySid", "TimeoutActivitySid"],
    reason: "a Workspace comes with Activities, and begins with Offline for both",
  },
  {
    token: "twilio:taskrouter:Worker",
    filledIn: ["ActivitySid"],
    reason: "a Worker begins in its Workspace's default Activity",
  },
  {
    token: "twilio:taskrouter:WorkerChannel",
    placed: true,
    pathParameters: { Sid: "TaskChannel" },
    shownAs: { Capacity: "configured_capacity" },
    reason: "comes with its Worker, one for each TaskChannel, and is found by the TaskChannel's unique name",
  },
  ...each("taskrouter", ["Task", "Worker"], {
    types: { Attributes: jsonText },
    reason: "JSON as text, in requests and in responses",
  }),
  {
    token: "twilio:taskrouter:Workflow",
    types: { Configuration: { kind: "string", format: "json", holds: workflowConfiguration } },
    reason:
      "JSON as text, in requests and in responses; its parts are on Twilio's page of Workflow configuration",
  },
  {
    token: "twilio:flex:FlexFlow",
    openWords: ["ChannelType"],
    reason: "the channels of the day it was made",
  },
];

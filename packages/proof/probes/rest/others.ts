/** Resources of TaskRouter, Messaging, Sync, Content and of the API of 2010. */
import type { RestRow } from "./row.ts";

const routing = (queue: string) => JSON.stringify({ task_routing: { default_filter: { queue } } });

export const otherRows: readonly RestRow[] = [
  {
    name: "workspace",
    token: "twilio:taskrouter:Workspace",
    create: { FriendlyName: "{run}-workspace-{each}" },
    update: { FriendlyName: "{run}-workspace-renamed", EventCallbackUrl: "https://example.com/events" },
    refused: [{ name: "name-taken", with: { FriendlyName: "{run}-workspace-a" }, code: 20001 }],
  },
  {
    name: "activity",
    token: "twilio:taskrouter:Activity",
    below: "workspace",
    create: { FriendlyName: "activity-{each}", Available: "true" },
    update: { FriendlyName: "activity-renamed" },
    refused: [{ name: "name-taken", with: { FriendlyName: "activity-a" }, code: 20001 }],
  },
  {
    name: "task-queue",
    token: "twilio:taskrouter:TaskQueue",
    below: "workspace",
    create: { FriendlyName: "queue-{each}", TargetWorkers: "1==1" },
    update: { FriendlyName: "queue-renamed", MaxReservedWorkers: "5" },
    refused: [{ name: "expression", with: { FriendlyName: "x", TargetWorkers: "((" }, code: 20001 }],
  },
  {
    name: "workflow",
    token: "twilio:taskrouter:Workflow",
    below: "workspace",
    create: { FriendlyName: "workflow-{each}", Configuration: routing("{task-queue}") },
    update: { FriendlyName: "workflow-renamed" },
    refused: [
      { name: "configuration-no-json", with: { FriendlyName: "x", Configuration: "{" }, code: 20001 },
      {
        name: "queue-unknown",
        with: { FriendlyName: "x", Configuration: routing("WQ00000000000000000000000000000000") },
        code: 20001,
      },
    ],
  },
  {
    name: "worker",
    token: "twilio:taskrouter:Worker",
    below: "workspace",
    create: { FriendlyName: "worker-{each}", Attributes: '{"skill":"proof"}' },
    update: { FriendlyName: "worker-renamed", Attributes: '{"skill":"more"}' },
    refused: [
      { name: "attributes-no-json", with: { FriendlyName: "x", Attributes: "{" }, code: 20001 },
      { name: "name-taken", with: { FriendlyName: "worker-a" }, code: 20001 },
    ],
  },
  {
    name: "task-channel",
    token: "twilio:taskrouter:TaskChannel",
    below: "workspace",
    create: { FriendlyName: "channel-{each}", UniqueName: "channel-{each}" },
    update: { FriendlyName: "channel-renamed" },
    refused: [{ name: "name-taken", with: { FriendlyName: "x", UniqueName: "channel-a" }, code: 20001 }],
  },
  {
    name: "task",
    token: "twilio:taskrouter:Task",
    below: "workspace",
    create: { WorkflowSid: "{workflow}", Attributes: '{"n":"{each}"}', Priority: "1" },
    update: { Attributes: '{"n":"changed"}', Priority: "2" },
    refused: [
      { name: "attributes-no-json", with: { WorkflowSid: "{workflow}", Attributes: "{" }, code: 20001 },
      { name: "workflow-unknown", with: { WorkflowSid: "WW00000000000000000000000000000000" }, code: 20001 },
    ],
    refusedUpdate: [{ name: "status-unknown", with: { AssignmentStatus: "asleep" }, code: 20001 }],
  },
  {
    name: "workspace-statistics",
    token: "twilio:taskrouter:WorkspaceRealTimeStatistics",
    below: "workspace",
  },
  {
    name: "messaging-service",
    token: "twilio:messaging:Service",
    create: { FriendlyName: "{run}-pool-{each}" },
    update: {
      FriendlyName: "{run}-pool-renamed",
      InboundRequestUrl: "https://example.com/sms",
      StickySender: "false",
    },
    refused: [
      { name: "url-none", with: { FriendlyName: "{run}-x", InboundRequestUrl: "nowhere" }, code: 20001 },
    ],
  },
  {
    name: "messaging-service-number",
    token: "twilio:messaging:PhoneNumber",
    below: "messaging-service",
    refused: [
      { name: "unknown", with: { PhoneNumberSid: "PN00000000000000000000000000000000" }, code: 21701 },
    ],
  },
  {
    name: "sync-service",
    token: "twilio:sync:Service",
    create: { FriendlyName: "{run}-sync-{each}" },
    update: { FriendlyName: "{run}-sync-renamed", AclEnabled: "true" },
  },
  {
    name: "sync-document",
    token: "twilio:sync:Document",
    below: "sync-service",
    create: { UniqueName: "document-{each}", Data: '{"a":1}' },
    update: { Data: '{"a":2}' },
    refused: [
      { name: "name-taken", with: { UniqueName: "document-a" }, code: 54301 },
      { name: "data-no-json", with: { UniqueName: "x", Data: "{" }, code: 54008 },
    ],
  },
  {
    name: "sync-list",
    token: "twilio:sync:SyncList",
    below: "sync-service",
    create: { UniqueName: "list-{each}" },
    update: { Ttl: "3600" },
    refused: [{ name: "name-taken", with: { UniqueName: "list-a" }, code: 54301 }],
  },
  {
    name: "sync-list-item",
    token: "twilio:sync:SyncListItem",
    below: "sync-list",
    create: { Data: '{"n":"{each}"}' },
    update: { Data: '{"n":"changed"}' },
  },
  {
    name: "sync-map",
    token: "twilio:sync:SyncMap",
    below: "sync-service",
    create: { UniqueName: "map-{each}" },
    update: { Ttl: "3600" },
  },
  {
    name: "sync-map-item",
    token: "twilio:sync:SyncMapItem",
    below: "sync-map",
    create: { Key: "key-{each}", Data: '{"n":"{each}"}' },
    update: { Data: '{"n":"changed"}' },
    refused: [{ name: "key-taken", with: { Key: "key-a", Data: "{}" }, code: 54208 }],
  },
  {
    name: "content",
    token: "twilio:content:Content",
    json: {
      friendly_name: "{run}-content-{each}",
      language: "en",
      variables: { "1": "somebody" },
      types: { "twilio/text": { body: "Hello {{1}}" } },
    },
  },
  {
    name: "application",
    token: "twilio:api:Application",
    create: { FriendlyName: "{run}-application-{each}", SmsUrl: "https://example.com/sms" },
    update: { FriendlyName: "{run}-application-renamed", SmsMethod: "GET" },
    refused: [{ name: "url-none", with: { FriendlyName: "{run}-x", SmsUrl: "nowhere" }, code: 21502 }],
  },
];

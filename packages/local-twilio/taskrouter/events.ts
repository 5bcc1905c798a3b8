/**
 * What TaskRouter tells of: kept as Events, and posted to the Workspace's event callback,
 * https://www.twilio.com/docs/taskrouter/api/event/reference
 */
import { number, text } from "../fields.ts";
import type { Body, EventType, StoredObject, Twilio } from "../product.ts";
import { callWebhook } from "../webhooks/call-webhook.ts";
import { enqueue } from "../webhooks/queues.ts";
import { sendWithFaults } from "../webhooks/callback-faults.ts";
import { tokens } from "./tokens.ts";

/** A time limit that the reference names. */
const timeoutMs = 15_000;

export interface Happening {
  /** `task.canceled` and so on. */
  readonly type: string;
  readonly description: string;
  /** What it is about; the Task itself unless it says otherwise. */
  readonly resource?: { readonly type: string; readonly sid: string };
  readonly task?: StoredObject;
  readonly worker?: StoredObject;
  readonly reservation?: StoredObject;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Keeps an Event and tells the Workspace's event callback. */
export function tell(twilio: Twilio, workspaceSid: string, happening: Happening): void {
  const { clock, store, settings } = twilio;
  const workspace = store.find(tokens.workspace, workspaceSid);
  if (workspace === undefined) return;
  const sid = twilio.sid("EV");
  const at = clock.now();
  const about = happening.resource ?? { type: "task", sid: happening.task?.sid ?? "" };
  const parameters: Record<string, string> = {
    EventType: happening.type,
    EventDescription: happening.description,
    Sid: sid,
    AccountSid: settings.accountSid,
    WorkspaceSid: workspaceSid,
    WorkspaceName: text(workspace.body, "friendly_name"),
    ResourceType: about.type,
    ResourceSid: about.sid,
    Timestamp: String(Math.floor(at / 1000)),
    TimestampMs: String(at),
    ...(happening.task === undefined ? {} : taskParameters(happening.task, at)),
    ...(happening.worker === undefined ? {} : workerParameters(happening.worker)),
    ...(happening.reservation === undefined ? {} : { ReservationSid: happening.reservation.sid }),
    ...happening.parameters,
  };
  keep(twilio, workspaceSid, { sid, happening, about, parameters });
  const name = happening.type.startsWith("task.") ? happening.type : `task.${happening.type}`;
  twilio.events.append(name as EventType, about.sid, happening.task?.sid ?? null, {
    ...(happening.task === undefined
      ? {}
      : {
          status: happening.task.body["assignment_status"] ?? null,
          attributes: parameters["TaskAttributes"] ?? "",
        }),
    ...(happening.worker === undefined ? {} : { worker: happening.worker.sid }),
  });
  const url = text(workspace.body, "event_callback_url");
  if (url !== "" && passes(text(workspace.body, "events_filter"), happening.type)) {
    sendWithFaults(twilio, happening.type, () =>
      enqueue(twilio, `taskrouter ${happening.task?.sid ?? sid}`, () =>
        post(twilio, workspaceSid, url, parameters),
      ),
    );
  }
}

/** Event types, with commas and nothing else between them: with spaces no type but the first is known. */
function passes(filter: string, type: string): boolean {
  return filter === "" || filter.split(",").includes(type);
}

async function post(
  twilio: Twilio,
  workspaceSid: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const outcome = await callWebhook(twilio, { method: "POST", url, parameters, timeoutMs });
  if (outcome.kind === "answered" && outcome.status < 400) return;
  const problem = outcome.kind === "answered" ? `answered ${outcome.status}` : outcome.reason;
  twilio.services.monitor.alert({
    code: 11200,
    level: "error",
    text: `The event callback of ${parameters["EventType"] ?? ""} failed: ${problem}`,
    resourceSid: parameters["ResourceSid"] ?? workspaceSid,
    serviceSid: workspaceSid,
    request: { method: "POST", url },
  });
}

interface Kept {
  readonly sid: string;
  readonly happening: Happening;
  readonly about: { readonly type: string; readonly sid: string };
  readonly parameters: Readonly<Record<string, string>>;
}

function keep(twilio: Twilio, workspaceSid: string, { sid, happening, about, parameters }: Kept): void {
  const data: Body = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase(),
      value,
    ]),
  );
  twilio.store.insert({
    token: tokens.event,
    sid,
    parents: { WorkspaceSid: workspaceSid },
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      workspace_sid: workspaceSid,
      actor_sid: workspaceSid,
      actor_type: "workspace",
      actor_url: `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}`,
      description: happening.description,
      event_data: data,
      event_date: twilio.clock.iso(),
      event_date_ms: twilio.clock.now(),
      event_type: happening.type,
      resource_sid: about.sid,
      resource_type: about.type,
      resource_url: null,
      source: "twilio",
      source_ip_address: null,
    },
    hidden: {},
  });
}

function taskParameters({ body, sid }: StoredObject, now: number): Record<string, string> {
  const status = text(body, "assignment_status");
  const reason = text(body, "reason");
  return {
    TaskSid: sid,
    TaskAge: String(Math.floor((now - Date.parse(text(body, "date_created"))) / 1000)),
    TaskAttributes: text(body, "attributes"),
    TaskPriority: String(number(body, "priority")),
    TaskAssignmentStatus: status,
    TaskDateCreated: String(Math.floor(Date.parse(text(body, "date_created")) / 1000)),
    TaskChannelSid: text(body, "task_channel_sid"),
    TaskChannelUniqueName: text(body, "task_channel_unique_name"),
    TaskQueueSid: text(body, "task_queue_sid"),
    TaskQueueName: text(body, "task_queue_friendly_name"),
    WorkflowSid: text(body, "workflow_sid"),
    WorkflowName: text(body, "workflow_friendly_name"),
    ...(reason !== "" && status === "canceled" ? { TaskCanceledReason: reason, Reason: reason } : {}),
    ...(reason !== "" && status === "completed" ? { TaskCompletedReason: reason, Reason: reason } : {}),
  };
}

function workerParameters({ body, sid }: StoredObject): Record<string, string> {
  return {
    WorkerSid: sid,
    WorkerName: text(body, "friendly_name"),
    WorkerAttributes: text(body, "attributes"),
    WorkerActivitySid: text(body, "activity_sid"),
    WorkerActivityName: text(body, "activity_name"),
  };
}

/**
 * What TaskRouter tells of: kept as Events, and posted to the Workspace's event callback,
 * https://www.twilio.com/docs/taskrouter/api/event/reference
 */
import { text } from "../fields.ts";
import type { Body, EventType, StoredObject, Twilio } from "../product.ts";
import { callWebhook, newIdempotencyToken, type WebhookCall } from "../webhooks/call-webhook.ts";
import { parametersOf } from "../webhooks/fields.ts";
import { enqueue } from "../webhooks/queues.ts";
import { sendWithFaults } from "../webhooks/callback-faults.ts";
import { eventFields, taskFields, workerFields } from "./event-fields.ts";
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
  const { accountSid } = settings;
  const { task, worker, reservation } = happening;
  const parameters: Record<string, string> = {
    ...parametersOf(eventFields, { sid, at, accountSid, workspace, about, ...happening }),
    ...(task === undefined ? {} : parametersOf(taskFields, { task, queue: queueOf(twilio, task), at })),
    ...(worker === undefined ? {} : parametersOf(workerFields, worker)),
    ...(reservation === undefined ? {} : { ReservationSid: reservation.sid }),
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
    // What a fault sends twice is one event: a receiver knows it by the token.
    const idempotencyToken = newIdempotencyToken();
    sendWithFaults(twilio, happening.type, () =>
      enqueue(twilio, `taskrouter ${task?.sid ?? sid}`, () =>
        post(twilio, workspaceSid, { method: "POST", url, parameters, timeoutMs, idempotencyToken }),
      ),
    );
  }
}

function queueOf({ store }: Twilio, task: StoredObject): StoredObject | undefined {
  return store.find(tokens.taskQueue, text(task.body, "task_queue_sid"));
}

/** Event types, with commas and nothing else between them: with spaces no type but the first is known. */
function passes(filter: string, type: string): boolean {
  return filter === "" || filter.split(",").includes(type);
}

async function post(twilio: Twilio, workspaceSid: string, call: WebhookCall): Promise<void> {
  const { url, parameters } = call;
  const outcome = await callWebhook(twilio, call);
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

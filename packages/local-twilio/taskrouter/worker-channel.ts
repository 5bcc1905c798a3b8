/** A Worker's part in a Task channel, https://www.twilio.com/docs/taskrouter/api/worker-channel */
import { TwilioError } from "../errors.ts";
import { number, text } from "../fields.ts";
import { textOf } from "../json.ts";
import { renderObject } from "../http/render.ts";
import type { Behaviour, Body, Call, StoredObject, Twilio } from "../product.ts";
import { tasksAt, workerChannelOf } from "./capacity.ts";
import { tell } from "./events.ts";
import { offerAll } from "./routing.ts";
import { workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

/** Gives a Worker a part in a Task channel. */
export function addWorkerChannel(twilio: Twilio, worker: StoredObject, taskChannel: StoredObject): void {
  const sid = twilio.sid("WC");
  const now = twilio.clock.iso();
  twilio.store.insert({
    token: tokens.workerChannel,
    sid,
    parents: {
      WorkspaceSid: workspaceOf(worker),
      WorkerSid: worker.sid,
      TaskChannel: taskChannel.sid,
    },
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      workspace_sid: workspaceOf(worker),
      worker_sid: worker.sid,
      task_channel_sid: taskChannel.sid,
      task_channel_unique_name: text(taskChannel.body, "unique_name"),
      available: true,
      configured_capacity: 1,
      date_created: now,
      date_updated: now,
    },
    hidden: {},
  });
}

/** @throws TwilioError 20404 when the Worker has no such channel */
function found({ twilio, path }: Call): StoredObject {
  const channel = workerChannelOf(twilio, path["WorkerSid"] ?? "", path["TaskChannel"] ?? "");
  if (channel !== undefined) return channel;
  throw new TwilioError(20404, {
    path: `/Workers/${path["WorkerSid"] ?? ""}/Channels/${path["TaskChannel"] ?? ""}`,
  });
}

export const workerChannel: Behaviour = {
  instead: {
    fetch: (call) => ({ body: renderObject(call.twilio, call.resource, workerChannel, found(call)) }),
    update(call) {
      const { twilio, input } = call;
      const before = found(call);
      const after = twilio.store.replace(tokens.workerChannel, before.sid, {
        ...before.body,
        configured_capacity: input["Capacity"] ?? before.body["configured_capacity"] ?? null,
        available: input["Available"] ?? before.body["available"] ?? null,
        date_updated: twilio.clock.iso(),
      });
      for (const [property, type] of [
        ["configured_capacity", "worker.capacity.update"],
        ["available", "worker.channel.availability.update"],
      ] as const) {
        if (after.body[property] !== before.body[property]) announce(twilio, type, before, after);
      }
      offerAll(twilio, workspaceOf(after));
      return { body: renderObject(twilio, call.resource, workerChannel, after) };
    },
  },
  list: ({ twilio, path }) => twilio.store.list(tokens.workerChannel, { WorkerSid: path["WorkerSid"] ?? "" }),
  show: (twilio, { body }) => ({ ...body, ...loadOf(twilio, body) }),
};

function loadOf(twilio: Twilio, body: Body): Body {
  const tasks = tasksAt(twilio, text(body, "worker_sid"), text(body, "task_channel_sid"));
  const capacity = number(body, "configured_capacity");
  const free = capacity === 0 ? 0 : Math.max(0, Math.round(((capacity - tasks) / capacity) * 100));
  return { assigned_tasks: tasks, available_capacity_percentage: free };
}

function announce(twilio: Twilio, type: string, before: StoredObject, after: StoredObject): void {
  const worker = twilio.store.find(tokens.worker, text(after.body, "worker_sid"));
  if (worker === undefined) return;
  const load = loadOf(twilio, after.body);
  tell(twilio, workspaceOf(after), {
    type,
    description: `Worker ${text(worker.body, "friendly_name")}: ${text(after.body, "task_channel_unique_name")}`,
    resource: { type: "worker", sid: worker.sid },
    worker,
    parameters: {
      WorkerChannelAvailable: String(after.body["available"] === true),
      WorkerChannelAvailableCapacity: textOf(load["available_capacity_percentage"]),
      WorkerChannelPreviousCapacity: String(number(before.body, "configured_capacity")),
      WorkerChannelTaskCount: textOf(load["assigned_tasks"]),
      TaskChannelSid: text(after.body, "task_channel_sid"),
      TaskChannelUniqueName: text(after.body, "task_channel_unique_name"),
    },
  });
}

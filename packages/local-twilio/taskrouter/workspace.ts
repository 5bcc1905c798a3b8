/** Workspaces come with Activities and Task channels: https://www.twilio.com/docs/taskrouter/api/workspace */
import { text } from "../fields.ts";
import type { Behaviour, Body, Twilio } from "../product.ts";
import { tokens } from "./tokens.ts";

const activities = [
  { name: "Offline", available: false },
  { name: "Available", available: true },
  { name: "Unavailable", available: false },
];
/** https://www.twilio.com/docs/taskrouter/api/task-channel */
const channels = ["default", "voice", "chat", "sms", "video", "email"];

export const workspace: Behaviour = {
  create: ({ input }, { body }) => ({
    body: { ...body, multi_task_enabled: input["MultiTaskEnabled"] ?? true },
  }),
  created({ twilio, input }, object) {
    const made = activities.map(({ name, available }) => ({
      name,
      sid: add(twilio, object.sid, tokens.activity, "WA", { friendly_name: name, available }),
    }));
    for (const name of channels) {
      const title = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
      add(twilio, object.sid, tokens.taskChannel, "TC", {
        unique_name: name,
        friendly_name: title,
        channel_optimized_routing: false,
      });
    }
    const [offline] = made;
    twilio.store.replace(tokens.workspace, object.sid, {
      ...object.body,
      default_activity_sid: offline?.sid ?? null,
      default_activity_name: offline?.name ?? null,
      timeout_activity_sid: offline?.sid ?? null,
      timeout_activity_name: offline?.name ?? null,
    });
    if (text(input, "Template") === "FIFO") addFifo(twilio, object.sid);
  },
  update({ twilio }, current, draft) {
    const names = Object.fromEntries(
      ["default", "timeout"].map((which) => {
        const activity = twilio.store.find(tokens.activity, text(draft, `${which}_activity_sid`));
        const name =
          activity === undefined ? current.body[`${which}_activity_name`] : activity.body["friendly_name"];
        return [`${which}_activity_name`, name ?? null];
      }),
    );
    return { body: { ...draft, ...names } };
  },
};

/** The template's one queue, and the Workflow that leads to it. */
function addFifo(twilio: Twilio, workspaceSid: string): void {
  const queue = add(twilio, workspaceSid, tokens.taskQueue, "WQ", {
    friendly_name: "Sample Queue",
    target_workers: "1==1",
    task_order: "FIFO",
    max_reserved_workers: 1,
  });
  add(twilio, workspaceSid, tokens.workflow, "WW", {
    friendly_name: "Default Fifo Workflow",
    configuration: JSON.stringify({ task_routing: { filters: [], default_filter: { queue } } }),
    task_reservation_timeout: 120,
    document_content_type: null,
  });
}

function add(twilio: Twilio, workspaceSid: string, token: string, prefix: string, body: Body): string {
  const sid = twilio.sid(prefix);
  const now = twilio.clock.iso();
  twilio.store.insert({
    token,
    sid,
    parents: { WorkspaceSid: workspaceSid },
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      workspace_sid: workspaceSid,
      date_created: now,
      date_updated: now,
      ...body,
    },
    hidden: {},
  });
  return sid;
}

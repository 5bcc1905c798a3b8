import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";
import type { FlexPlace } from "@support-line/stage/templates";
import type { FlexDesk } from "@support-line/stage";
import type { FunctionsService } from "./functions-service.ts";
import { leftToOthers } from "@support-line/stage/left-to-others";

/**
 * What has to be answered so that no Conversation stays open after its Task
 * (https://www.twilio.com/docs/flex/developer/conversations/best-practices). Without spaces: with them Twilio sends nothing.
 */
const endings = [
  "workflow.timeout",
  "task.canceled",
  "task.deleted",
  "task.system-deleted",
  "task.completed",
].join(",");

export interface FlexHandOverArgs {
  /** For people who read lists in the Console. */
  readonly friendlyName: string;
  readonly desk: FlexDesk;
  readonly functions: FunctionsService;
}

/**
 * Where customers are handed over: the Workspace with its event callback, one queue of Workers, the Workflow that fills
 * it, a channel for messages, and what the callback's Function has to know.
 */
export class FlexHandOver extends pulumi.ComponentResource {
  /** What a Flow needs to hand over. */
  readonly place: FlexPlace;

  constructor(
    name: string,
    { friendlyName, desk, functions }: FlexHandOverArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("support-line:index:FlexHandOver", name, {}, options);
    const parent = { parent: this };

    // Event callbacks come as soon as there is a Workspace, so the Function is there before it.
    const workspace = new twilio.taskrouter.Workspace(
      name,
      {
        friendlyName,
        eventCallbackUrl: functions.address("task-ended").url,
        eventsFilter: endings,
        multiTaskEnabled: true,
      },
      { ...parent, dependsOn: functions.deployment, ignoreChanges: [...leftToOthers.workspace] },
    );
    const channel = new twilio.taskrouter.TaskChannel(
      name,
      { workspaceSid: workspace.sid, friendlyName, uniqueName: "support-line" },
      parent,
    );
    const queue = new twilio.taskrouter.TaskQueue(
      name,
      { workspaceSid: workspace.sid, friendlyName, targetWorkers: desk.workers },
      parent,
    );
    const seconds = desk.answerWithin * 60;
    const workflow = new twilio.taskrouter.Workflow(
      name,
      {
        workspaceSid: workspace.sid,
        friendlyName,
        configuration: {
          taskRouting: {
            filters: [
              {
                filterFriendlyName: "Support line",
                expression: "1==1",
                targets: [{ queue: queue.sid, timeout: seconds }],
              },
            ],
          },
        },
      },
      parent,
    );
    // Where of two event callbacks at once the second waits for the first.
    const sync = new twilio.sync.Service(name, { friendlyName: `${friendlyName}: one at a time` }, parent);

    const variables = {
      FLEX_WORKSPACE_SID: workspace.sid,
      FLEX_WORKFLOW_SID: workflow.sid,
      FLEX_TASK_CHANNEL_SID: channel.sid,
      FLEX_INVITE_AGAIN: String(desk.inviteAgain),
      FLEX_AFTER_COMPLETION: desk.afterCompletion,
      SYNC_SERVICE_SID: sync.sid,
    };
    for (const [key, value] of Object.entries(variables)) {
      new twilio.serverless.Variable(
        `${name}-${key}`,
        { serviceSid: functions.serviceSid, environmentSid: functions.environmentSid, key, value },
        parent,
      );
    }

    this.place = { workflowSid: workflow.sid, taskChannelSid: channel.sid, timeoutSeconds: seconds };
    this.registerOutputs({ workspaceSid: workspace.sid, workflowSid: workflow.sid });
  }
}

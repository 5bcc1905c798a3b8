/**
 * The provider without the support line's stack: who takes what customers ask (TaskRouter), an API key for the program
 * that asks, and a thing of Twilio's that is declared by its URL alone.
 */
import * as twilio from "@pulumi/twilio";

const workspace = new twilio.taskrouter.Workspace("team", { friendlyName: "Team" });
const workspaceSid = workspace.sid;

const available = new twilio.taskrouter.Activity("available", {
  workspaceSid,
  friendlyName: "At the desk",
  available: true,
});
const everyone = new twilio.taskrouter.TaskQueue("everyone", {
  workspaceSid,
  friendlyName: "Everyone",
  targetWorkers: "1==1",
});
const workflow = new twilio.taskrouter.Workflow("workflow", {
  workspaceSid,
  friendlyName: "First come, first served",
  configuration: { taskRouting: { defaultFilter: { queue: everyone.sid } } },
});
for (const name of ["ada", "grace"]) {
  new twilio.taskrouter.Worker(name, {
    workspaceSid,
    friendlyName: name,
    activitySid: available.sid,
    attributes: JSON.stringify({ languages: ["en"] }),
  });
}

const key = new twilio.api.Key("tasks", { friendlyName: "Gives out tasks" });

const notes = new twilio.Resource("notes", {
  url: "https://sync.twilio.com/v1/Services",
  parameters: { FriendlyName: "Notes on tasks" },
});

export const workflowSid = workflow.sid;
export const keySid = key.sid;
/** Shown by Twilio once, kept encrypted in the state. */
export const keySecret = key.secret;
export const notesSid = notes.sid;

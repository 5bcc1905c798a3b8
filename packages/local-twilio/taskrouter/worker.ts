/** Workers, https://www.twilio.com/docs/taskrouter/api/worker */
import { TwilioError } from "../errors.ts";
import { text } from "../fields.ts";
import type { Behaviour, StoredObject, Twilio } from "../product.ts";
import { activityFields, moveWorker, offerAll } from "./assignment.ts";
import { readAttributes } from "./attributes.ts";
import { workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

export const worker: Behaviour = {
  create({ twilio, path, input }, draft) {
    const workspaceSid = path["WorkspaceSid"] ?? "";
    const workspace = twilio.store.find(tokens.workspace, workspaceSid);
    const activitySid =
      text(input, "ActivitySid") ||
      (workspace === undefined ? "" : text(workspace.body, "default_activity_sid"));
    const name = text(input, "FriendlyName");
    const taken = twilio.store.list(tokens.worker, { WorkspaceSid: workspaceSid }, { friendly_name: name });
    if (taken.length > 0) {
      throw new TwilioError(20409, { reason: `Worker with FriendlyName ${name} already exists` });
    }
    return {
      body: {
        ...draft.body,
        attributes: readAttributes(input["Attributes"]),
        date_status_changed: twilio.clock.iso(),
        ...fieldsOf(twilio, workspaceSid, activitySid),
      },
    };
  },
  created: ({ twilio }, object) => offerAll(twilio, workspaceOf(object)),
  update({ twilio, input }, current, draft) {
    const activitySid = text(input, "ActivitySid");
    if (activitySid !== "") fieldsOf(twilio, workspaceOf(current), activitySid);
    const attributes =
      input["Attributes"] === undefined ? {} : { attributes: readAttributes(input["Attributes"]) };
    return { body: { ...draft, ...attributes, activity_sid: current.body["activity_sid"] ?? null } };
  },
  updated({ twilio, input }, _, after) {
    const activitySid = text(input, "ActivitySid");
    if (activitySid !== "") moveWorker(twilio, after, activitySid);
    offerAll(twilio, workspaceOf(after));
  },
};

/** @throws TwilioError 20001 when the Workspace has no such Activity */
function fieldsOf(twilio: Twilio, workspaceSid: string, sid: string): StoredObject["body"] {
  const activity = twilio.store.find(tokens.activity, sid, { WorkspaceSid: workspaceSid });
  if (activity !== undefined) return activityFields(activity);
  throw new TwilioError(20001, { reason: `Workspace ${workspaceSid} has no Activity ${sid}` });
}

/** Workers, https://www.twilio.com/docs/taskrouter/api/worker */
import { TwilioError } from "../errors.ts";
import { text } from "../fields.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
import { activityFields, moveWorker } from "./activity.ts";
import { attributesOf, readAttributes } from "./attributes.ts";
import { tell } from "./events.ts";
import { holds } from "./expression.ts";
import { offerAll, settle } from "./routing.ts";
import { workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";
import { addWorkerChannel } from "./worker-channel.ts";

export const worker: Behaviour = {
  create({ twilio, path, input }, draft) {
    const workspaceSid = path["WorkspaceSid"] ?? "";
    const workspace = twilio.store.find(tokens.workspace, workspaceSid);
    const activitySid =
      text(input, "ActivitySid") ||
      (workspace === undefined ? "" : text(workspace.body, "default_activity_sid"));
    refuseTakenName(twilio, workspaceSid, text(input, "FriendlyName"), null);
    return {
      body: {
        ...draft.body,
        attributes: readAttributes(input["Attributes"]),
        date_status_changed: twilio.clock.iso(),
        ...fieldsOf(twilio, workspaceSid, activitySid),
      },
    };
  },
  created({ twilio }, object) {
    const workspaceSid = workspaceOf(object);
    for (const channel of twilio.store.list(tokens.taskChannel, { WorkspaceSid: workspaceSid })) {
      addWorkerChannel(twilio, object, channel);
    }
    announce(twilio, "worker.created", object);
    offerAll(twilio, workspaceSid);
  },
  update({ twilio, input }, current, draft) {
    const activitySid = text(input, "ActivitySid");
    if (activitySid !== "") fieldsOf(twilio, workspaceOf(current), activitySid);
    const name = text(input, "FriendlyName");
    if (name !== "") refuseTakenName(twilio, workspaceOf(current), name, current.sid);
    const attributes =
      input["Attributes"] === undefined ? {} : { attributes: readAttributes(input["Attributes"]) };
    return { body: { ...draft, ...attributes, activity_sid: current.body["activity_sid"] ?? null } };
  },
  updated({ twilio, input }, before, after) {
    if (after.body["attributes"] !== before.body["attributes"]) {
      announce(twilio, "worker.attributes.update", after);
    }
    const activitySid = text(input, "ActivitySid");
    if (activitySid !== "") moveWorker(twilio, after, activitySid);
    if (input["RejectPendingReservations"] === true) {
      const pending = { reservation_status: "pending" };
      for (const each of twilio.store.list(tokens.reservation, { WorkerSid: after.sid }, pending)) {
        settle(twilio, each, "rejected");
      }
    }
    offerAll(twilio, workspaceOf(after));
  },
  delete({ twilio }, object) {
    const pending = { reservation_status: "pending" };
    for (const each of twilio.store.list(tokens.reservation, { WorkerSid: object.sid }, pending)) {
      settle(twilio, each, "canceled");
    }
  },
  deleted({ twilio }, gone) {
    announce(twilio, "worker.deleted", gone);
    offerAll(twilio, workspaceOf(gone));
  },
  list({ query, twilio }, objects) {
    const queue = twilio.store.find(tokens.taskQueue, text(query, "TaskQueueSid"));
    const expressions = [
      text(query, "TargetWorkersExpression"),
      queue === undefined ? "" : text(queue.body, "target_workers"),
    ].filter((expression) => expression !== "");
    const available = query["Available"];
    return objects
      .filter(
        ({ body }) =>
          (available === undefined || textOf(body["available"]) === textOf(available)) &&
          isAsked(query, body, "FriendlyName", "friendly_name") &&
          isAsked(query, body, "ActivitySid", "activity_sid") &&
          isAsked(query, body, "ActivityName", "activity_name") &&
          expressions.every((expression) => holds(expression, attributesOf(body))),
      )
      .reverse();
  },
};

function isAsked(query: Body, body: Body, name: string, property: string) {
  return text(query, name) === "" || query[name] === body[property];
}

/** Names are compared without case. */
function refuseTakenName(twilio: Twilio, workspaceSid: string, name: string, own: string | null): void {
  const isTaken = twilio.store
    .list(tokens.worker, { WorkspaceSid: workspaceSid })
    .some(({ sid, body }) => sid !== own && text(body, "friendly_name").toLowerCase() === name.toLowerCase());
  if (isTaken) {
    throw new TwilioError(20001, { reason: "Worker with the same friendly name already exists" });
  }
}

function announce(twilio: Twilio, type: string, object: StoredObject): void {
  tell(twilio, workspaceOf(object), {
    type,
    description: `${type}: ${text(object.body, "friendly_name")}`,
    resource: { type: "worker", sid: object.sid },
    worker: object,
  });
}

/** @throws TwilioError 20001 when the Workspace has no such Activity */
function fieldsOf(twilio: Twilio, workspaceSid: string, sid: string): Body {
  const activity = twilio.store.find(tokens.activity, sid, { WorkspaceSid: workspaceSid });
  if (activity !== undefined) return activityFields(activity);
  throw new TwilioError(20001, { reason: `Workspace ${workspaceSid} has no Activity ${sid}` });
}

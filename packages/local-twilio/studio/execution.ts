/** Executions over REST, https://www.twilio.com/docs/studio/rest-api/v2/execution */
import { limits } from "../limits.ts";
import { notFound } from "../http/engine.ts";
import { renderObject } from "../http/render.ts";
import { TwilioError } from "../errors.ts";
import { text } from "../fields.ts";
import { isBody } from "../json.ts";
import type { Behaviour, Body, Call, StoredObject, Twilio } from "../product.ts";
import { withEngine } from "./definition.ts";
import { startRun, tellRun, warn } from "./runner.ts";
import { findActiveRun, findRun, removeRun, type Run } from "./runs.ts";
import { tokens } from "./tokens.ts";

export const execution: Behaviour = {
  before: withEngine,
  instead: {
    create(call) {
      const { twilio, input, path } = call;
      const flowSid = path["FlowSid"] ?? "";
      const [to, from] = [text(input, "To"), text(input, "From")];
      if (Buffer.byteLength(to + from) > limits.execution.addresses) {
        throw new TwilioError(81023, { limit: limits.execution.addresses });
      }
      const active = findActiveRun(twilio, flowSid, to);
      const started = active ? busy(call, active) : start(call, flowSid, to, from);
      return { body: renderObject(twilio, call.resource, execution, started) };
    },
    update(call) {
      const stored = find(call);
      if (call.input["Status"] !== "ended") {
        throw new TwilioError(20001, { reason: "Status of an Execution can only be set to ended" });
      }
      tellRun(call.twilio, stored.sid, { type: "stopped" });
      return { body: renderObject(call.twilio, call.resource, execution, find(call)) };
    },
  },
  delete: ({ twilio }, object) => removeRun(twilio, object.sid),
  list({ query }, objects) {
    const { DateCreatedFrom: from, DateCreatedTo: to, status } = query;
    return objects
      .filter(({ body }) => {
        const created = text(body, "date_created");
        return (
          (typeof from !== "string" || created >= from) &&
          (typeof to !== "string" || created <= to) &&
          (typeof status !== "string" || body["status"] === status)
        );
      })
      .reverse();
  },
  show: (twilio, { sid, body }) => ({ ...body, context: contextOf(twilio, sid) }),
};

export const executionContext: Behaviour = {
  initial: ({ twilio, accountSid, path }) => ({
    account_sid: accountSid,
    flow_sid: path["FlowSid"] ?? null,
    execution_sid: path["ExecutionSid"] ?? null,
    context: contextOf(twilio, path["ExecutionSid"] ?? ""),
  }),
};

function start({ twilio, input }: Call, flowSid: string, to: string, from: string): StoredObject {
  const given = input["Parameters"];
  const parameters = isBody(given) ? given : {};
  const started = startRun(twilio, {
    flowSid,
    trigger: "incomingRequest",
    contact: to,
    conversationSid: null,
    start: {
      channelAddress: from,
      contactAddress: to,
      trigger: { request: { from, to, parameters } },
      data: parameters,
    },
  });
  if (!started) throw new TwilioError(20001, { reason: `Flow ${flowSid} has no published revision to run` });
  return started;
}

/**
 * The contact is in an active Execution: a second one does not start, with warning 81002. What the caller is told is
 * on no page; users report a 409 in these words.
 */
function busy({ twilio }: Call, active: Run): StoredObject {
  const message = "A second Execution for this contact was asked for; it is ignored";
  warn(twilio, active, 81002, active.execution.state, message);
  const stored = twilio.store.find(tokens.execution, active.sid);
  if (!stored || twilio.settings.switches.executionForBusyContact === "conflict") {
    throw new TwilioError(20409, { reason: `Execution ${active.sid} is already active for this contact` });
  }
  return stored;
}

function find(call: Call): StoredObject {
  const { FlowSid: flowSid = "", Sid: sid = "" } = call.path;
  const stored = call.twilio.store.find(tokens.execution, sid, { FlowSid: flowSid });
  if (!stored) throw notFound(call);
  return stored;
}

function contextOf(twilio: Twilio, sid: string): Body {
  const context: unknown = findRun(twilio, sid)?.execution.context;
  return (context ?? {}) as Body;
}

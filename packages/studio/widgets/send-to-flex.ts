import { z } from "zod";
import { isObject, jsonIn } from "../json.ts";
import { isOnCall } from "../on-call.ts";
import type { JsonObject } from "../types.ts";
import { type Run, widget } from "../widget.ts";
import { numberInText, optionalText } from "./call.ts";

/** Seconds that a task waits for an agent: the usual ones and the most, https://www.twilio.com/docs/studio/widget-library/send-flex */
const seconds = { usual: 3600, most: 1_209_600 };

/** Hands a call to a Workflow's queue, and a chat or Conversation to Flex. Only a call comes back. */
export const sendToFlex = widget({
  events: ["callComplete", "failedToEnqueue", "callFailure", "composerStarted"],
  kind: "people",
  deed: "hands over to an agent",
  said: {
    callComplete: "",
    failedToEnqueue: "not queued",
    callFailure: "the call fails",
    composerStarted: "composer started",
  },
  quiet: ["failedToEnqueue", "callFailure"],
  properties: z.looseObject({
    workflow: z.string(),
    channel: z.string(),
    attributes: z.string().optional(),
    priority: z.string().optional(),
    timeout: z.string().optional(),
    waitUrl: z.string().optional(),
    waitUrlMethod: z.enum(["GET", "POST"]).optional(),
  }),
  leavesBy({ properties: { attributes } }) {
    const isSettled =
      typeof attributes === "string" && attributes.trim() !== "" && !/\{[{%]/.test(attributes);
    return isSettled && objectIn(attributes) === null ? ["failedToEnqueue"] : undefined;
  },
  enter(run) {
    const workflowSid = run.text("workflow");
    const channelSid = run.text("channel");
    const written = run.text("attributes");
    const attributes = written.trim() === "" ? {} : objectIn(written);
    if (attributes === null) {
      run.warn(81015, `The attributes of ${run.state.name} are not a JSON object, so no task is made`);
      return { leave: "failedToEnqueue", variables: {} };
    }
    const priority = Math.max(0, numberInText(run, "priority", 0));
    const timeoutSeconds = timeoutOf(run);
    if (!isOnCall(run.execution)) {
      return {
        request: { type: "sendToFlex", workflowSid, channelSid, attributes, priority, timeoutSeconds },
      };
    }
    return {
      request: {
        type: "enqueue",
        queueName: null,
        workflowSid,
        taskAttributes: JSON.stringify(attributes),
        priority,
        timeoutSeconds,
        waitUrl: optionalText(run, "waitUrl"),
        waitUrlMethod: run.properties["waitUrlMethod"] === "GET" ? "GET" : "POST",
      },
    };
  },
  resume(run, event) {
    if (event.type === "dequeued") return { leave: event.outcome, variables: event.call };
    if (event.type !== "handedOver") return null;
    if (event.outcome !== "callComplete") {
      run.warn(81015, `${run.state.name} could hand nobody over: ${event.reason ?? event.outcome}`);
      return { leave: event.outcome, variables: event.variables };
    }
    const { channel } = run.execution.context.flow;
    if (isObject(channel) && channel.type === "conversation") {
      run.set(["flow", "channel", "status"], "handed off");
    }
    return { leave: "callComplete", variables: event.variables };
  },
});

function objectIn(text: string): JsonObject | null {
  const value = jsonIn(text);
  return isObject(value) ? value : null;
}

function timeoutOf(run: Run): number {
  const given = numberInText(run, "timeout", seconds.usual);
  return given > 0 ? Math.min(given, seconds.most) : seconds.usual;
}

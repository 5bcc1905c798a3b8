import { z } from "zod";
import { plain } from "../shown.ts";
import { widget } from "../widget.ts";
import { integer, integerOf, optionalText } from "./call.ts";

/** https://www.twilio.com/docs/studio/widget-library/enqueue-call */
export const enqueueCall = widget({
  events: ["callComplete", "failedToEnqueue", "callFailure"],
  kind: "people",
  deed: "puts the call in a queue",
  facts: (text) => [plain(text("queue_name"))],
  said: { callComplete: "", failedToEnqueue: "not queued", callFailure: "the call fails" },
  quiet: ["failedToEnqueue", "callFailure"],
  properties: z.looseObject({
    queue_name: z.string().max(64, "may only be 64 characters long").optional(),
    workflow_sid: z.string().optional(),
    priority: integer.optional(),
    timeout: integer.optional(),
    task_attributes: z.string().optional(),
    wait_url: z.string().optional(),
    wait_url_method: z.enum(["GET", "POST"]).optional(),
  }),
  enter(run) {
    return {
      request: {
        type: "enqueue",
        queueName: optionalText(run, "queue_name"),
        workflowSid: optionalText(run, "workflow_sid"),
        taskAttributes: optionalText(run, "task_attributes"),
        priority: integerOf(run, "priority", null),
        timeoutSeconds: integerOf(run, "timeout", null),
        waitUrl: optionalText(run, "wait_url"),
        waitUrlMethod: run.properties["wait_url_method"] === "GET" ? "GET" : "POST",
      },
    };
  },
  resume: (_, event) => (event.type === "dequeued" ? { leave: event.outcome, variables: event.call } : null),
});

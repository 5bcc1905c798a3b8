import { z } from "zod";
import { numberShown } from "../shown.ts";
import { widget } from "../widget.ts";
import { hangup } from "./call.ts";
import { notAnswered, outgoingCallOf, outgoingProperties } from "./outgoing-call.ts";

/** The earlier version, which tells machines from people by its transitions. */
export const makeOutgoingCallV1 = widget({
  events: ["answered", "answeredByMachine", "busy", "noAnswer", "failed", "hangup"],
  kind: "people",
  deed: "calls somebody",
  facts: (text) => [numberShown(text("to"))],
  said: {
    answered: "answered",
    answeredByMachine: "a machine answers",
    busy: "busy",
    noAnswer: "no answer",
    failed: "fails",
    hangup: "hangs up",
  },
  quiet: ["busy", "noAnswer", "failed", "hangup"],
  properties: z.looseObject(outgoingProperties),
  enter: (run) => ({ request: { ...outgoingCallOf(run), machineDetection: "Enable" } as const }),
  resume(run, event) {
    if (event.type !== "callAnswered") return notAnswered(run, event) ?? hangup(run, event);
    const { AnsweredBy: by } = event.call;
    const isMachine = typeof by === "string" && by.startsWith("machine");
    return { leave: isMachine ? "answeredByMachine" : "answered", variables: event.call };
  },
});

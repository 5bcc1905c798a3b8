/** What an Execution looks like from outside, and what a subflow leaves in the Flow that ran it. */
import type { Seen } from "@support-line/local-twilio/proof";
import { fieldOf, listOf, textOf } from "../../account.ts";
import type { Asked, Probe } from "../../probe.ts";
import { at, flowOf, keep, makeFlow, namesOf, runFlow, state, wayOf } from "./flows.ts";

const whole = [
  ...["context.keys", "context.flow", "context.contact", "context.trigger"],
  ...["step.fields", "step.context", "steps.way", "execution.fields"],
];
const subflows = "https://www.twilio.com/docs/studio/subflows";

export const executionsProbe: Probe = {
  name: "studio/executions",
  part: "studio",
  matters: "whoever reads an Execution: the commands for the night, and subflows",
  questions: [
    ...whole.map((id) => ({
      id: `studio.execution.${id}`,
      asks: `an Execution from outside: ${id}`,
      source: "https://www.twilio.com/docs/studio/rest-api/v2/execution",
    })),
    ...[
      { id: "values", asks: "what a subflow leaves in the Flow that ran it", source: subflows },
      { id: "steps", asks: "the steps of a Flow with a subflow", source: subflows },
      {
        id: "missing",
        asks: "a subflow that there is not",
        source: "https://www.twilio.com/docs/api/errors/81024",
      },
    ].map((each) => ({ ...each, id: `studio.subflow.${each.id}`, touches: ["widget:run-subflow"] })),
  ],
  async run(asked) {
    await seeExecution(asked);
    await seeSubflow(asked);
  },
};

async function seeExecution(asked: Asked): Promise<void> {
  const { account } = asked;
  const flow = await makeFlow(
    asked,
    "outside",
    flowOf(keep("first", { a: "1" }, "second"), keep("second", { b: "2" })),
  );
  const ran = await runFlow(asked, flow, { given: "value" });
  const saw = (id: string, what: Seen) => asked.saw(`studio.execution.${id}`, what);
  saw("context.keys", namesOf(ran.context));
  saw("context.flow", at(ran.context, "flow") ?? "missing");
  saw("context.contact", at(ran.context, "contact") ?? "missing");
  saw("context.trigger", at(ran.context, "trigger") ?? "missing");
  const [first] = ran.steps;
  const fields = withoutContext(first ?? null);
  saw("step.fields", fields);
  const steps = `studio.twilio.com/v2/Flows/${flow}/Executions/${ran.sid}/Steps`;
  const { body } = await account.ask("GET", `${steps}/${textOf(first, "sid")}/Context`);
  saw("step.context", namesOf(body));
  saw("steps.way", wayOf(ran));
  const execution = await account.ask("GET", `studio.twilio.com/v2/Flows/${flow}/Executions/${ran.sid}`);
  const shown = withoutContext(execution.body);
  saw("execution.fields", shown);
}

/** What is shown of an Execution or a step beside its context. */
function withoutContext(shown: Seen): Seen {
  if (typeof shown !== "object" || shown === null || Array.isArray(shown)) return shown;
  return Object.fromEntries(Object.entries(shown).filter(([name]) => name !== "context"));
}

async function seeSubflow(asked: Asked): Promise<void> {
  const inner = await makeFlow(
    asked,
    "subflow",
    flowOf(keep("inner", { text: "from below", given: "{{trigger.parent.parameters.given}}" })),
  );
  const properties = {
    flow_sid: inner,
    flow_revision: "LatestPublished",
    parameters: [{ key: "given", value: "{{flow.data.given}}" }],
  };
  const outer = await makeFlow(
    asked,
    "subflow-outer",
    flowOf(
      state("sub", "run-subflow", properties, { completed: "after", failed: "" }),
      keep("after", { reached: "yes" }),
    ),
  );
  const ran = await runFlow(asked, outer, { given: "value" });
  asked.saw("studio.subflow.values", at(ran.context, "widgets.sub") ?? "missing");
  asked.saw("studio.subflow.steps", wayOf(ran));
  const gone = { flow_sid: `FW${"0".repeat(32)}`, flow_revision: "LatestPublished", parameters: [] };
  const definition = flowOf(state("sub", "run-subflow", gone, { completed: "", failed: "" }));
  const form = { FriendlyName: `${asked.prefix}-no-subflow`, Status: "published", Definition: definition };
  const answer = await asked.account.make("studio.twilio.com/v2/Flows", { form });
  asked.saw("studio.subflow.missing", {
    status: answer.status,
    code: fieldOf(answer.body, "code") ?? null,
    errors: listOf(fieldOf(answer.body, "details"), "errors").length,
  });
}

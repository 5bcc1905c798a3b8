import type { WorldKind } from "@support-line/conversation-test";
import { engineAlone, functionsFrom } from "@support-line/conversation-test/engine";
import { statesToArray, type FlowDefinition } from "@support-line/studio";
import { lineKey } from "@support-line/functions/variables-v1/lists";
import { boundFlow, lineValues } from "@support-line/stage/templates";
import { stageVariables, type FlexDesk, type Line, type Project, type Stage } from "@support-line/stage";

const zeros = (prefix: string) => `${prefix}${"1".repeat(32)}`;

/** Where a Function would be, were it deployed. */
const place = (name: string) => ({
  serviceSid: zeros("ZS"),
  environmentSid: zeros("ZE"),
  functionSid: zeros("ZH"),
  url: `https://functions-0000.twil.io/${name}`,
});

/** Where a Task would be made. */
const flex = { workflowSid: zeros("WW"), taskChannelSid: zeros("TC") };

const waiting = (desk: FlexDesk | null) =>
  desk === null ? undefined : { ...flex, timeoutSeconds: desk.answerWithin * 60 };

const flexVariables = ({ inviteAgain, afterCompletion }: FlexDesk) => ({
  FLEX_WORKSPACE_SID: zeros("WS"),
  FLEX_WORKFLOW_SID: flex.workflowSid,
  FLEX_TASK_CHANNEL_SID: flex.taskChannelSid,
  FLEX_INVITE_AGAIN: String(inviteAgain),
  FLEX_AFTER_COMPLETION: afterCompletion,
  SYNC_SERVICE_SID: zeros("IS"),
});

/** A line of a stage on the engine alone: its template bound as the stack binds it, its real Functions. */
export async function lineOnEngine(
  project: Project,
  stage: Stage,
  line: Line,
  { people, now }: { readonly people: Readonly<Record<string, string>>; readonly now: number },
): Promise<WorldKind> {
  const template = await project.template(line.flow);
  const functions = Object.fromEntries(project.functionNames().map((name) => [name, place(name)]));
  const variables = {
    ...stageVariables(stage),
    ...(stage.flex === null ? {} : flexVariables(stage.flex)),
    CONVERSATIONS_SERVICE_SID: zeros("IS"),
    [lineKey(line.name, "FLOW_SID")]: zeros("FW"),
  };
  return engineAlone({
    flow: line.flow,
    // Everything that fills it here is text.
    definition: statesToArray(
      boundFlow(stage, template, lineValues(stage, line, functions, waiting(stage.flex))).definition,
    ) as FlowDefinition,
    functions: functionsFrom(project.functionsFolder, { variables }),
    people,
    taskEvents: "task-ended",
    line: line.address,
    now,
  });
}

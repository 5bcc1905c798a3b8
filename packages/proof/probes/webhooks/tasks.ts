/** What a Workspace tells of a Task that is routed, taken and completed. */
import { listOf, textOf } from "../../account.ts";
import { FixtureRefused } from "../../fixtures.ts";
import type { Probe } from "../../probe.ts";
import { record } from "../deployed.ts";
import { headerQuestions, questionsOf, seeFields, seeHeaders } from "./carried.ts";
import { taskFields } from "./fields.ts";

const workspaces = "taskrouter.twilio.com/v1/Workspaces";
const source = "recorded: events of TaskRouter";

/** What an accepted reservation carries beside what is of its Task. */
const reservationFields = [
  "EventType",
  "ResourceType",
  "TaskSid",
  "WorkerSid",
  "WorkerName",
  "WorkerAttributes",
  "ReservationSid",
  "WorkerActivityName",
];

export const taskWebhooksProbe: Probe = {
  name: "webhooks/tasks",
  part: "webhooks",
  matters: "a line at Flex: the Function that hears how a Task ends",
  questions: [
    ...questionsOf("task.created", taskFields, source),
    ...questionsOf("reservation.accepted", reservationFields, source),
    ...headerQuestions("taskrouter"),
    {
      id: "webhooks.task-order",
      asks: "the order of a Task's events",
      source: "https://www.twilio.com/docs/flex/developer/conversations/best-practices",
    },
    {
      id: "webhooks.reservation",
      asks: "a reservation over REST: fields",
      source: "OpenAPI taskrouter v1, TaskReservation",
    },
  ],
  async run(asked) {
    const { account, prefix } = asked;
    const recorder = await record(asked, "task-events");
    const form = { FriendlyName: `${prefix}-events`, EventCallbackUrl: recorder.url };
    const made = await account.make(workspaces, { form });
    if (made.status >= 300) throw new FixtureRefused("Workspace", made);
    const workspace = `${workspaces}/${textOf(made.body, "sid")}`;
    const post = async (path: string, words: Readonly<Record<string, string>>) =>
      textOf((await account.ask("POST", `${workspace}/${path}`, { form: words })).body, "sid");
    const available = await post("Activities", { FriendlyName: "at work", Available: "true" });
    const queue = await post("TaskQueues", { FriendlyName: "everybody", TargetWorkers: "1==1" });
    const routing = JSON.stringify({ task_routing: { default_filter: { queue } } });
    const workflow = await post("Workflows", { FriendlyName: "all", Configuration: routing });
    await post("Workers", { FriendlyName: "ada", ActivitySid: available });
    const task = await post("Tasks", { WorkflowSid: workflow, Attributes: '{"n":1}' });
    const reservation = await account.until(20, async () => {
      const { body } = await account.ask("GET", `${workspace}/Tasks/${task}/Reservations`);
      return listOf(body, "reservations")[0] ?? null;
    });
    if (reservation !== null) {
      asked.saw("webhooks.reservation", reservation);
      await post(`Tasks/${task}/Reservations/${textOf(reservation, "sid")}`, {
        ReservationStatus: "accepted",
      });
      await post(`Tasks/${task}`, { AssignmentStatus: "completed", Reason: "done" });
    }
    const recorded = await recorder.wait((all) =>
      all.some(({ parameters }) => parameters["EventType"] === "task.completed"),
    );
    const types = recorded.map(({ parameters }) => parameters["EventType"] ?? "");
    const named = (event: string) => recorded[types.indexOf(event)];
    seeFields(asked, "task.created", taskFields, named("task.created"));
    const accepted = named("reservation.accepted");
    for (const field of reservationFields) {
      asked.saw(`webhooks.reservation.accepted.${field}`, accepted?.parameters[field] ?? "missing");
    }
    // All that it carries beside these is of the Task, and seen with task.created.
    const others = Object.keys(accepted?.parameters ?? {}).filter(
      (name) => !reservationFields.includes(name) && !taskFields.includes(name),
    );
    asked.saw("webhooks.reservation.accepted.others", others.sort());
    seeHeaders(asked, "taskrouter", named("task.created"));
    asked.saw(
      "webhooks.task-order",
      types.filter((type) => /^(task|reservation)/.test(type)),
    );
  },
};

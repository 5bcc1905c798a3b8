/** What the local Twilio has a switch for: each fact is called after it, and what is seen is its position, where it is one. */
import { switches, type SwitchName } from "@support-line/local-twilio";
import type { Seen } from "@support-line/local-twilio/proof";
import { fieldOf, textOf } from "../account.ts";
import { FixtureRefused } from "../fixtures.ts";
import type { Asked, Probe } from "../probe.ts";
import { deployed } from "./deployed.ts";
import { at, flowOf, keep, makeFlow, outcomes, runFlow, split, state } from "./studio/flows.ts";

type Seeing = (asked: Asked) => Promise<Seen>;

const flows = "studio.twilio.com/v2/Flows";

/** Those that are asked with Flows and Functions alone; texts show the others (`messages/`). */
export const seeing: Readonly<Partial<Record<SwitchName, Seeing>>> = {
  async conditionsJoin(asked) {
    const conditions = [
      { type: "equal_to", value: "a", argument: "a" },
      { type: "equal_to", value: "a", argument: "b" },
    ];
    const flow = await makeFlow(
      asked,
      "join",
      flowOf(
        split("split", "a", conditions, "or", "and"),
        keep("or", { join: "or" }),
        keep("and", { join: "and" }),
      ),
    );
    return at((await runFlow(asked, flow)).context, "flow.variables.join") ?? "neither";
  },
  async failingTemplate(asked) {
    const text = "a{{flow.data.word | nosuchfilter}}b";
    const flow = await makeFlow(asked, "failing", flowOf(keep("keep", { text })));
    const came = at((await runFlow(asked, flow, { word: "x" })).context, "flow.variables.text") ?? null;
    return came === "" ? "empty" : came === text ? "literal" : came;
  },
  async jsonContentType(asked) {
    const functions = await deployed(asked);
    const ran = outcomes("success", "failed");
    const properties = { method: "GET", url: functions.url("/answer?kind=json-charset") };
    const flow = await makeFlow(
      asked,
      "charset",
      flowOf(state("ask", "make-http-request", properties, ran.next), ...ran.states),
    );
    const { context } = await runFlow(asked, flow);
    return fieldOf(at(context, "widgets.ask"), "parsed") === undefined ? "exact" : "withParameters";
  },
  async subflowValues(asked) {
    const inner = await makeFlow(asked, "crosses", flowOf(keep("inner", { list: '[{"a":1}]' }, "", true)));
    const outer = await makeFlow(asked, "crosses-outer", flowOf(subflow(inner, "LatestPublished")));
    const crossed = at((await runFlow(asked, outer)).context, "widgets.sub.list");
    return Array.isArray(crossed) ? "any" : "simple";
  },
  async draftSubflow(asked) {
    const inner = await makeFlow(asked, "drafted", flowOf(keep("inner", { which: "published" })));
    const form = { Status: "draft", Definition: flowOf(keep("inner", { which: "draft" })) };
    await asked.account.ask("POST", `${flows}/${inner}`, { form });
    const outer = await makeFlow(asked, "drafted-outer", flowOf(subflow(inner, "LatestDraft")));
    const which = at((await runFlow(asked, outer)).context, "widgets.sub.which") ?? null;
    return which === "draft" ? "everyone" : which === "published" ? "testUsers" : which;
  },
  async signatureRejection(asked) {
    return (await (await deployed(asked)).call("/protected")).status;
  },
  async executionForBusyContact(asked) {
    const functions = await deployed(asked);
    const properties = {
      service_sid: functions.service,
      environment_sid: functions.environment,
      url: functions.url("/slow?ms=6000"),
      parameters: [],
    };
    const flow = await makeFlow(
      asked,
      "busy",
      flowOf(state("run", "run-function", properties, { success: "", fail: "" })),
    );
    const form = { To: "+15005550019", From: asked.numbers?.line ?? "+15005550006" };
    const first = await asked.account.ask("POST", `${flows}/${flow}/Executions`, { form });
    const second = await asked.account.ask("POST", `${flows}/${flow}/Executions`, { form });
    if (second.status === 409) return "conflict";
    if (second.status >= 300) return { status: second.status, code: fieldOf(second.body, "code") ?? null };
    return textOf(second.body, "sid") === textOf(first.body, "sid") ? "active" : "another one starts";
  },
  async queueTimeoutWhileReserved({ account, prefix }) {
    const workspaces = "taskrouter.twilio.com/v1/Workspaces";
    const made = await account.make(workspaces, { form: { FriendlyName: `${prefix}-timeout` } });
    if (made.status >= 300) throw new FixtureRefused("Workspace", made);
    const workspace = `${workspaces}/${textOf(made.body, "sid")}`;
    const post = async (path: string, form: Readonly<Record<string, string>>) =>
      textOf((await account.ask("POST", `${workspace}/${path}`, { form })).body, "sid");
    const activity = await post("Activities", { FriendlyName: "at work", Available: "true" });
    const queue = await post("TaskQueues", { FriendlyName: "everybody", TargetWorkers: "1==1" });
    const filters = [{ expression: "1==1", targets: [{ queue, timeout: 2 }] }];
    const workflow = await post("Workflows", {
      FriendlyName: "short",
      TaskReservationTimeout: "60",
      Configuration: JSON.stringify({ task_routing: { filters } }),
    });
    await post("Workers", { FriendlyName: "ada", ActivitySid: activity });
    const task = await post("Tasks", { WorkflowSid: workflow });
    const statusOf = async () =>
      textOf((await account.ask("GET", `${workspace}/Tasks/${task}`)).body, "assignment_status");
    await account.until(20, async () => ((await statusOf()) === "reserved" ? true : null));
    // The queue's time is over in two seconds; a reservation's in sixty.
    const left = await account.until(6, async () => ((await statusOf()) === "reserved" ? null : true));
    return left === null ? "afterReservation" : "atOnce";
  },
};

function subflow(sid: string, revision: string) {
  const properties = { flow_sid: sid, flow_revision: revision, parameters: [] };
  return state("sub", "run-subflow", properties, { completed: "", failed: "" });
}

/** What a run cannot bring about, and why. */
const neverAsked: Readonly<Partial<Record<SwitchName, string>>> = {
  deliveryFailureInConversation: "nobody can make a carrier fail for one message",
  closedConversationEndsInteraction: "it needs an account with Flex",
};

/** The question about a switch. */
export function switchQuestion(name: SwitchName) {
  return {
    id: `switches.${name}`,
    asks: `the switch ${name}: ${switches[name].why}`,
    source: "packages/local-twilio/switches.ts",
  };
}

const names = Object.keys(seeing) as SwitchName[];
const never = Object.keys(neverAsked) as SwitchName[];

export const switchesProbe: Probe = {
  name: "switches",
  part: "switches",
  matters: "in which position the local Twilio plays this account",
  questions: [...names, ...never].map(switchQuestion),
  async run(asked) {
    for (const name of never) asked.notAsked(`switches.${name}`, neverAsked[name] ?? "");
    for (const name of names) asked.saw(`switches.${name}`, (await seeing[name]?.(asked)) ?? null);
  },
};

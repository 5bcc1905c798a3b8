/**
 * Programs beside the reference stage, each in the versions that somebody deploys one after the other: what a desk is made of, things
 * that a change replaces, an address that moves between Flows, a line with another name, things that the next version leaves out, and
 * something that was there before.
 */
import { sampleFlow } from "../../packages/local-twilio/testing/samples.ts";
import type { ValueMap } from "../../packages/provider/values/value.ts";
import type { Declared, Outputs } from "./stand-in-engine.ts";

export interface Program {
  readonly name: string;
  readonly versions: readonly (readonly Declared[])[];
  /** Types of which Twilio must have just what the state has. */
  readonly tokens: readonly string[];
}

const text = (outputs: Outputs, name: string, property = "sid") => outputs(name)[property] ?? null;

type Make = (outputs: Outputs) => ValueMap;
const declared = (
  name: string,
  token: string,
  after: readonly string[],
  inputs: Make,
  more: Partial<Declared> = {},
): Declared => ({ name, token: `twilio:${token}`, after, inputs, ...more });

const flow = (name: string, says: string, more: Partial<Declared> = {}): Declared =>
  declared(
    name,
    "studio:Flow",
    [],
    () => ({
      friendlyName: name,
      status: "published",
      definition: { ...sampleFlow, description: says },
    }),
    more,
  );

const address = (name: string, number: string, to: string, more: Partial<Declared> = {}): Declared =>
  declared(
    name,
    "conversations:AddressConfiguration",
    [to],
    (outputs) => ({
      type: "sms",
      address: number,
      friendlyName: "line",
      autoCreation: { enabled: true, type: "studio", studioFlowSid: text(outputs, to) },
    }),
    more,
  );

function desk(queues: readonly string[], level: number, workers: readonly string[]): Declared[] {
  const inWorkspace = (outputs: Outputs): ValueMap => ({ workspaceSid: text(outputs, "workspace") });
  const [first = ""] = queues;
  return [
    declared("workspace", "taskrouter:Workspace", [], () => ({ friendlyName: "desk" })),
    declared("activity", "taskrouter:Activity", ["workspace"], (outputs) => ({
      ...inWorkspace(outputs),
      friendlyName: "At the desk",
      available: true,
    })),
    ...queues.map((queue) =>
      declared(queue, "taskrouter:TaskQueue", ["workspace"], (outputs) => ({
        ...inWorkspace(outputs),
        friendlyName: queue,
        targetWorkers: `level >= ${level}`,
      })),
    ),
    declared("workflow", "taskrouter:Workflow", ["workspace", ...queues], (outputs) => ({
      ...inWorkspace(outputs),
      friendlyName: "all",
      configuration: JSON.stringify({
        task_routing: { filters: [], default_filter: { queue: text(outputs, first) } },
      }),
    })),
    ...workers.map((worker) =>
      declared(worker, "taskrouter:Worker", ["workspace", "activity"], (outputs) => ({
        ...inWorkspace(outputs),
        friendlyName: worker,
        activitySid: text(outputs, "activity"),
        attributes: JSON.stringify({ level }),
      })),
    ),
  ];
}

function lists(name: string, of: string): Declared[] {
  const inService = (outputs: Outputs): ValueMap => ({ serviceSid: text(outputs, "service") });
  return [
    declared("service", "sync:Service", [], () => ({ friendlyName: "lists" })),
    declared("map", "sync:SyncMap", ["service"], (outputs) => ({ ...inService(outputs), uniqueName: name })),
    declared("item", "sync:SyncMapItem", ["service", "map"], (outputs) => ({
      ...inService(outputs),
      mapSid: text(outputs, "map"),
      key: "ada",
      data: { of },
    })),
  ];
}

const named = (name: string, friendlyName: string): Declared =>
  declared(name, "conversations:Service", [], () => ({ friendlyName }));

export const programs: readonly Program[] = [
  {
    name: "a desk",
    versions: [desk(["support", "sales"], 1, ["ada", "bob"]), desk(["support", "night"], 2, ["ada", "cyd"])],
    // A Workspace comes with Activities of its own.
    tokens: ["Workspace", "TaskQueue", "Workflow", "Worker"].map((name) => `twilio:taskrouter:${name}`),
  },
  {
    name: "replacements",
    versions: [lists("first", "one"), lists("second", "two")],
    tokens: ["Service", "SyncMap", "SyncMapItem"].map((name) => `twilio:sync:${name}`),
  },
  {
    name: "an address that moves",
    versions: [
      [flow("day", "day"), address("address", "+15550100001", "day")],
      [flow("day", "day"), flow("night", "night"), address("address", "+15550100001", "night")],
      [flow("night", "later at night"), address("address", "+15550100002", "night")],
    ],
    tokens: ["twilio:studio:Flow", "twilio:conversations:AddressConfiguration"],
  },
  {
    name: "a renamed line",
    versions: [
      [flow("line", "one"), address("line-address", "+15550100003", "line")],
      [
        flow("support", "one", { alias: "line" }),
        address("support-address", "+15550100003", "support", { alias: "line-address" }),
      ],
    ],
    tokens: ["twilio:studio:Flow", "twilio:conversations:AddressConfiguration"],
  },
  {
    name: "things left out or renamed",
    versions: [
      [
        ...lists("first", "one"),
        ...["a", "b", "c"].map((name) => named(name, name)),
        flow("left-out", "left out"),
        flow("day", "day"),
        address("address", "+15550100004", "day"),
      ],
      // "c" by another name, and so to Pulumi another thing. Equal to the old one it would be as young: two seconds tell nothing apart.
      [named("see", "see"), flow("day", "day"), address("line", "+15550100004", "day", { alias: "address" })],
    ],
    tokens: [
      "twilio:sync:Service",
      "twilio:sync:SyncMap",
      "twilio:conversations:Service",
      "twilio:studio:Flow",
      "twilio:conversations:AddressConfiguration",
    ],
  },
  {
    name: "an import",
    versions: [
      [declared("other", "conversations:Service", [], () => ({ friendlyName: "other" }))],
      [
        declared("other", "conversations:Service", [], () => ({ friendlyName: "other" })),
        declared("there", "conversations:Service", [], () => ({ friendlyName: "taken over" }), {
          imports: (body) => body["friendly_name"] === "there before",
        }),
      ],
    ],
    tokens: ["twilio:conversations:Service"],
  },
];

/** What was there before somebody took it over. */
export const thereBefore = {
  url: "conversations.twilio.com/v1/Services",
  form: { FriendlyName: "there before" },
};

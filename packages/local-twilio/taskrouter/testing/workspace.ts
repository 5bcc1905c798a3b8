/** A Workspace for a test: a queue, a Workflow that leads to it, and Workers, through Twilio's own client. */
import type { Twilio as Client } from "twilio";

export interface TestWorkspace {
  readonly sid: string;
  readonly queueSid: string;
  readonly workflowSid: string;
  /** Adds a Worker who is available. */
  worker(friendlyName: string, attributes?: object): Promise<string>;
  /** Adds a Task; `options` as Twilio's client has them. */
  task(attributes?: object, options?: object): Promise<string>;
  api: ReturnType<Client["taskrouter"]["v1"]["workspaces"]>;
}

/** Makes one. `targets` are those of the Workflow's one filter; `workspace` and `workflow` go into their requests. */
export async function makeWorkspace(
  client: Client,
  {
    targets = (queue) => [{ queue, timeout: 600 }],
    workspace = {},
    workflow = {},
    queue: queueOptions = {},
  }: {
    readonly targets?: (queueSid: string, api: TestWorkspace["api"]) => unknown;
    readonly workspace?: object;
    readonly workflow?: object;
    readonly queue?: object;
  } = {},
): Promise<TestWorkspace> {
  const { sid } = await client.taskrouter.v1.workspaces.create({ friendlyName: "Test", ...workspace });
  const api = client.taskrouter.v1.workspaces(sid);
  const queue = await api.taskQueues.create({ friendlyName: "First", ...queueOptions });
  const made = await api.workflows.create({
    friendlyName: "Flow of Tasks",
    configuration: JSON.stringify({
      task_routing: {
        filters: [
          {
            filter_friendly_name: "All",
            expression: "1==1",
            targets: await targets(queue.sid, api),
          },
        ],
      },
    }),
    ...workflow,
  });
  const [available] = await api.activities.list({ friendlyName: "Available" });
  return {
    sid,
    queueSid: queue.sid,
    workflowSid: made.sid,
    api,
    async worker(friendlyName, attributes = {}) {
      const worker = await api.workers.create({
        friendlyName,
        activitySid: available?.sid ?? "",
        attributes: JSON.stringify(attributes),
      });
      return worker.sid;
    },
    async task(attributes = {}, options = {}) {
      const task = await api.tasks.create({
        attributes: JSON.stringify(attributes),
        workflowSid: made.sid,
        ...options,
      });
      return task.sid;
    },
  };
}

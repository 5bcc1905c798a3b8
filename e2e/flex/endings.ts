/**
 * Many Conversations at Flex whose Tasks end in every way, with event callbacks that come twice, late, in another order or
 * never. Plays on a deployed stage with Flex, through Twilio's own client and the local Twilio's control prefix.
 */
import type { Twilio } from "twilio";
import { openControl, type Control } from "@support-line/cli/control";
import { Mailbox, type DeliveryFaults } from "./mailbox.ts";

export interface EndingsResult {
  readonly conversations: number;
  /** Conversations that were closed while their customer had a live Task. */
  readonly closedWhileWaiting: number;
  /** Conversations that were not closed when everything was over and the timers had run. */
  readonly leftOpen: number;
  /** What happened to Tasks, by how often. */
  readonly endings: Readonly<Record<string, number>>;
  readonly callbacks: Readonly<Mailbox["counts"]>;
}

export const faults: DeliveryFaults = { lost: 0.15, twice: 0.25, later: 0.2 };

export const line = "+15550100001";

/** The stage that is played on, as its file has it. */
export const endingsStage = {
  lines: [{ name: "support", channel: "sms", address: line, flow: "flex", agents: ["ada"] }],
  agents: [{ name: "ada", address: "+15550100101" }],
  flex: { answerWithin: 20, inviteAgain: 1 },
  timers: { inactive: "PT2H", closed: "PT10H" },
};

const customer = (at: number) => `+1555${String(100201 + at).padStart(7, "0")}`;
const live = ["pending", "reserved", "assigned", "wrapping"];
/** Rounds after which whatever still waits is left to the timers. */
const rounds = 6;
const batch = 25;

/** What may happen to a Task in its status; `left`: nothing does. A Worker who does not answer is offline after a while. */
const ways: Readonly<Record<string, readonly Way[]>> = {
  pending: ["canceled", "deleted", "closed", "left"],
  reserved: ["accepted", "accepted", "rejected", "canceled", "left"],
  assigned: ["completed", "completed", "parked", "closed", "deleted", "left"],
  wrapping: ["completed", "left"],
};
type Way = "canceled" | "deleted" | "closed" | "left" | "accepted" | "rejected" | "completed" | "parked";

const agents = ["ada", "ben", "cy"];
/** How many customers each of them can have at once. */
const capacity = 200;

class Play {
  readonly #client: Twilio;
  readonly #control: Control;
  readonly #random: () => number;
  readonly #workspace: string;
  readonly #service: string;
  readonly endings: Record<string, number> = {};
  closedWhileWaiting = 0;

  constructor(
    client: Twilio,
    control: Control,
    random: () => number,
    [workspace, service]: [string, string],
  ) {
    this.#client = client;
    this.#control = control;
    this.#random = random;
    this.#workspace = workspace;
    this.#service = service;
  }

  get #tasks() {
    return this.#client.taskrouter.v1.workspaces(this.#workspace).tasks;
  }

  async #liveTasks() {
    const tasks = await this.#tasks.list({ assignmentStatus: live, pageSize: 500 });
    return tasks.map(({ sid, assignmentStatus, attributes }) => ({
      sid,
      assignmentStatus,
      attributes: JSON.parse(attributes) as Readonly<Record<string, string>>,
    }));
  }

  get #workspaceApi() {
    return this.#client.taskrouter.v1.workspaces(this.#workspace);
  }

  /** The agents come to work, those who were sent home because they did not answer as well. */
  async agentsCome(): Promise<void> {
    const [there] = await this.#workspaceApi.activities.list({ available: "true", limit: 1 });
    const channel = "support-line";
    for (const friendlyName of agents) {
      const [known] = await this.#workspaceApi.workers.list({ friendlyName });
      const { sid } = known ?? (await this.#workspaceApi.workers.create({ friendlyName }));
      await this.#workspaceApi.workers(sid).workerChannels(channel).update({ capacity });
      await this.#workspaceApi.workers(sid).update({ activitySid: there?.sid ?? "" });
    }
    await this.#control.idle();
  }

  /** An agent answers what they are asked. */
  async #answer(sid: string, reservationStatus: "accepted" | "rejected"): Promise<void> {
    const reservations = this.#tasks(sid).reservations;
    const [pending] = await reservations.list({ reservationStatus: "pending", limit: 1 });
    if (pending !== undefined) await reservations(pending.sid).update({ reservationStatus });
  }

  /** The agent leaves the customer's Conversation; it stays. */
  async #park(sid: string, attributes: Readonly<Record<string, string>>): Promise<void> {
    const channel = this.#channelOf(attributes);
    const people = await channel.participants.list();
    const agent = people.find(
      ({ routingProperties }) => (routingProperties as { task_sid?: string } | null)?.task_sid === sid,
    );
    if (agent !== undefined) await channel.participants(agent.sid).update({ status: "closed" });
  }

  #channelOf(attributes: Readonly<Record<string, string>>) {
    return this.#client.flexApi.v1
      .interaction(attributes["flexInteractionSid"] ?? "")
      .channels(attributes["flexInteractionChannelSid"] ?? "");
  }

  /** Something happens to each live Task, or nothing does. */
  async endSome(): Promise<void> {
    const tasks = await this.#liveTasks();
    await inBatches(tasks, async ({ sid, assignmentStatus, attributes }) => {
      const possible = ways[assignmentStatus] ?? [];
      const way = possible[Math.floor(this.#random() * possible.length)] ?? "left";
      this.endings[way] = (this.endings[way] ?? 0) + 1;
      if (way === "canceled") {
        await this.#tasks(sid).update({ assignmentStatus: "canceled", reason: "supervisor" });
      }
      if (way === "completed") {
        await this.#tasks(sid).update({ assignmentStatus: "completed", reason: "done" });
      }
      if (way === "accepted" || way === "rejected") await this.#answer(sid, way);
      if (way === "parked") await this.#park(sid, attributes);
      if (way === "deleted") await this.#tasks(sid).remove();
      if (way === "closed") {
        await this.#channelOf(attributes).update({ status: "closed", routing: { status: "closed" } });
      }
    });
    await this.#control.idle();
  }

  /** Hands callbacks on, and looks whether a Conversation ended whose customer waits all the same. */
  async handOn(mailbox: Mailbox): Promise<void> {
    const waiting = new Set((await this.#liveTasks()).map(({ attributes }) => attributes["conversationSid"]));
    await mailbox.handOn();
    await this.#control.idle();
    const closed = await this.#conversations("closed");
    this.closedWhileWaiting += closed.filter((sid) => waiting.has(sid)).length;
  }

  async #conversations(state: "active" | "inactive" | "closed"): Promise<string[]> {
    const service = this.#client.conversations.v1.services(this.#service);
    return (await service.conversations.list({ state, pageSize: 100 })).map(({ sid }) => sid);
  }

  async count(): Promise<{ conversations: number; leftOpen: number }> {
    const [active, inactive, closed] = [
      await this.#conversations("active"),
      await this.#conversations("inactive"),
      await this.#conversations("closed"),
    ];
    const leftOpen = active.length + inactive.length;
    return { conversations: leftOpen + closed.length, leftOpen };
  }
}

/** Plays it. `random` gives numbers from 0 to 1. */
export async function playEndings(
  { client, endpoint }: { readonly client: Twilio; readonly endpoint: string },
  customers: number,
  random: () => number,
  progress: (text: string) => void = () => undefined,
): Promise<EndingsResult> {
  const control = openControl(endpoint);
  const [workspace] = await client.taskrouter.v1.workspaces.list({ limit: 1 });
  const [service] = (await client.conversations.v1.services.list()).filter(({ friendlyName }) =>
    friendlyName.startsWith("support-line-"),
  );
  if (workspace === undefined || service === undefined) throw new Error("the stage is not deployed");
  const taskEnded = workspace.eventCallbackUrl;
  const mailbox = await Mailbox.open((parameters) => invoke(endpoint, taskEnded, parameters), random, faults);
  try {
    await client.taskrouter.v1.workspaces(workspace.sid).update({ eventCallbackUrl: mailbox.url });
    const play = new Play(client, control, random, [workspace.sid, service.sid]);
    await inBatches(
      Array.from({ length: customers }, (_, at) => at),
      (at) => control.write(customer(at), line, "support"),
    );
    await control.idle();
    for (let round = 1; round <= rounds; round += 1) {
      progress(`round ${round} of ${rounds}`);
      // At first nobody is there, so that Tasks wait; later agents come, and some fall silent.
      if (round % 2 === 0) await play.agentsCome();
      await play.endSome();
      await play.handOn(mailbox);
      // Longer than a Task waits, every second time.
      await control.pass(round % 2 === 0 ? 25 * 60 : 5 * 60);
      await control.idle();
      await play.handOn(mailbox);
    }
    while (!mailbox.isEmpty) await play.handOn(mailbox);
    progress("letting the timers run");
    await control.pass(24 * 3600);
    await control.idle();
    const { endings, closedWhileWaiting } = play;
    return { ...(await play.count()), closedWhileWaiting, endings, callbacks: mailbox.counts };
  } finally {
    await client.taskrouter.v1.workspaces(workspace.sid).update({ eventCallbackUrl: taskEnded });
    await mailbox.close();
  }
}

/** Calls a Function as TaskRouter does, signature included. */
async function invoke(
  endpoint: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const response = await fetch(`${endpoint}/_local/v1/functions/invoke`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url, parameters, method: "POST" }),
  });
  if (!response.ok) throw new Error(`${url} could not be called: ${await response.text()}`);
}

async function inBatches<Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += batch) await Promise.all(items.slice(at, at + batch).map(act));
}

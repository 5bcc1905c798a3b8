/**
 * A Conversation at Flex, as far as the engine's world has it: an Interaction with its channel and Tasks, which nobody takes.
 * A Task that waited its time is canceled, and the Workspace's event callback is told, as TaskRouter tells it
 * (https://www.twilio.com/docs/taskrouter/api/event/reference).
 */
import type { JsonObject } from "@support-line/studio";
import type { Clock } from "./clock.ts";
import { accountSid, type Sids } from "./sids.ts";

interface Task {
  readonly sid: string;
  readonly attributes: JsonObject;
  status: "pending" | "canceled" | "completed";
}

/** What an Interaction finds in its world. */
export interface AroundFlex {
  readonly sids: Sids;
  readonly clock: Clock;
  /** Calls the Workspace's event callback. */
  tell(parameters: Readonly<Record<string, string>>): Promise<void>;
}

export class Interaction {
  readonly sid: string;
  readonly channelSid: string;
  readonly tasks: Task[] = [];
  isClosed = false;
  readonly #around: AroundFlex;
  readonly #conversationSid: string;
  readonly #waitsSeconds: number;

  /** @param waitsSeconds how long each of its Tasks waits for somebody */
  constructor(around: AroundFlex, conversationSid: string, waitsSeconds: number) {
    this.sid = around.sids.next("KD");
    this.channelSid = around.sids.next("UO");
    this.#around = around;
    this.#conversationSid = conversationSid;
    this.#waitsSeconds = waitsSeconds;
  }

  /** Puts the customer into the queue; answers the invite's SID. */
  invite(given: JsonObject): string {
    const inviteSid = this.#around.sids.next("KG");
    const task: Task = {
      sid: this.#around.sids.next("WT"),
      status: "pending",
      attributes: {
        ...given,
        conversationSid: this.#conversationSid,
        flexInteractionSid: this.sid,
        flexInteractionChannelSid: this.channelSid,
        flexChannelInviteSid: inviteSid,
      },
    };
    this.tasks.push(task);
    this.#around.clock.in(this.#waitsSeconds, () => this.#timeOut(task));
    return inviteSid;
  }

  /** Ends the channel, and with it what waits. */
  close(): void {
    this.isClosed = true;
    for (const task of this.tasks) if (task.status === "pending") task.status = "completed";
  }

  async #timeOut(task: Task): Promise<void> {
    if (task.status !== "pending") return;
    task.status = "canceled";
    for (const event of ["workflow.timeout", "task.canceled"]) {
      await this.#around.tell({
        EventType: event,
        AccountSid: accountSid,
        ResourceType: "task",
        ResourceSid: task.sid,
        TaskSid: task.sid,
        TaskAttributes: JSON.stringify(task.attributes),
        TaskAssignmentStatus: task.status,
      });
    }
  }
}

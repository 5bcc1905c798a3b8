/** Conversations that were handed over to Flex, and whose Task is over: nobody reads them, and nothing closes them. */
import { jsonIn } from "@support-line/studio";
import { z } from "zod";
import type { NightStage } from "./night-stage.ts";
import { allowed } from "./record.ts";

const mostTasks = 5000;

const note = z.object({ flex: z.object({}) });
const taskAttributes = z.object({ conversationSid: z.string() });

/** Whether a Conversation's attributes say that it was handed over to Flex. */
export function isHandedOver(attributes: unknown): boolean {
  return note.safeParse(attributes).success;
}

/**
 * Of Conversations at Flex those that TaskRouter has no Task of, in one list for all of them. It drops a Task five minutes
 * after its end (https://www.twilio.com/docs/taskrouter/api/task): until then what follows from the end may still happen.
 * None where the key may not read Tasks, where the line has no Flex, or where the stage keeps Conversations open whose Task is
 * completed.
 *
 * @param sids of open Conversations that were handed over
 * @param gaps is told what may not be read
 */
export async function withoutTask(
  { client, flex }: Pick<NightStage, "client" | "flex">,
  sids: readonly string[],
  gaps: string[],
): Promise<ReadonlySet<string>> {
  if (flex === null || flex.keepsCompleted || sids.length === 0) return new Set();
  const before = gaps.length;
  const tasks = await allowed(gaps, "Tasks", () =>
    client.taskrouter.v1.workspaces(flex.workspaceSid).tasks.list({ limit: mostTasks, pageSize: 1000 }),
  );
  if (gaps.length > before) return new Set();
  const cared = new Set(
    tasks.map(({ attributes }) => taskAttributes.safeParse(jsonIn(attributes)).data?.conversationSid),
  );
  return new Set(sids.filter((sid) => !cared.has(sid)));
}

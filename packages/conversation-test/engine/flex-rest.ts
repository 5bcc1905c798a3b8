/** Flex, TaskRouter and Sync on the script's own Conversations, as far as Functions ask when a Task is over. */
import type { JsonObject } from "@support-line/studio";
import type { TwilioCall } from "../world.ts";
import { refused, type RestAnswer } from "./captured-twilio.ts";
import { listed } from "./conversations-rest.ts";
import type { Interaction } from "./interaction.ts";
import type { Room } from "./room.ts";

/** The answer to a call; undefined when it is about something else. */
export function answerFlex(
  { method, path }: Pick<TwilioCall, "method" | "path">,
  form: URLSearchParams,
  rooms: ReadonlyMap<string, Room>,
): RestAnswer | undefined {
  if (path.startsWith("taskrouter.twilio.com/") && method === "GET" && /\/Tasks\b/.test(path)) {
    const [sid = ""] = /CH[0-9a-f]{32}/.exec(path) ?? [];
    return listed("tasks", rooms.get(sid)?.interactions.flatMap(tasksOf) ?? []);
  }
  // Only one Function runs at a time here, so that each finds its Document's name free.
  if (path.startsWith("sync.twilio.com/") && /\/Documents\b/.test(path)) {
    return method === "DELETE"
      ? { status: 204 }
      : { status: 201, body: { unique_name: form.get("UniqueName") } };
  }
  const match = /^flex-api\.twilio\.com\/v1\/Interactions\/(KD\w+)\/Channels\/(UO\w+)(\/Invites)?/.exec(path);
  if (match === null) return undefined;
  const [, sid = "", channelSid, invites] = match;
  const room = [...rooms.values()].find((each) => each.interactions.some((one) => one.sid === sid));
  const interaction = room?.interactions.find((each) => each.sid === sid && each.channelSid === channelSid);
  if (room === undefined || interaction === undefined) {
    return refused(404, 20404, `The requested resource ${sid} was not found`);
  }
  if (invites !== undefined) {
    if (interaction.isClosed) return refused(400, 45376, "Channel is closed");
    return { status: 201, body: { sid: interaction.invite(attributesIn(form.get("Routing"))) } };
  }
  if (method === "POST" && form.get("Status") === "closed") {
    interaction.close();
    room.set({ state: "closed" });
  }
  return { status: 200, body: { sid: channelSid, status: interaction.isClosed ? "closed" : "active" } };
}

function tasksOf({ tasks }: Interaction): object[] {
  return tasks.map(({ sid, status, attributes }) => ({
    sid,
    assignment_status: status,
    attributes: JSON.stringify(attributes),
  }));
}

function attributesIn(routing: string | null): JsonObject {
  const { properties = {} } = JSON.parse(routing ?? "{}") as { properties?: { attributes?: JsonObject } };
  return properties.attributes ?? {};
}

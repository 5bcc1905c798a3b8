/** Where a Flow hands its customer over, as far as the engine's world has such places: they take them, and it is noted. */
import type { Effect, EngineEvent, JsonObject } from "@support-line/studio";
import type { Clock } from "./clock.ts";
import { Interaction } from "./interaction.ts";
import type { Room } from "./room.ts";
import { serviceSid, type Sids } from "./sids.ts";

type EffectOf<Type extends Effect["type"]> = Extract<Effect, { type: Type }>;

export type HandOver = EffectOf<"sendToFlex" | "redirect" | "startConversation" | "resumeConversation">;

/** What a hand-over finds in its world. */
export interface Around {
  readonly sids: Sids;
  readonly clock: Clock;
  /** The Conversation that the Execution is in. */
  readonly room: Room | null;
  /** The Conversations that there are, and a new one. */
  readonly rooms: readonly Room[];
  newRoom(): Room;
  /** The Execution goes on in that Conversation. */
  moveTo(room: Room): void;
  tell(event: EngineEvent): Promise<void>;
  /** Calls the Workspace's event callback, when the world has one. */
  taskEvent(parameters: Readonly<Record<string, string>>): Promise<void>;
  note(words: string): void;
}

/** Does it; null when the answer comes later. */
export function handOver(around: Around, effect: HandOver): EngineEvent | null {
  const { id } = effect;
  switch (effect.type) {
    case "sendToFlex":
      around.note(`hands over to ${effect.workflowSid}`);
      return toFlex(around, effect);
    case "redirect": {
      around.note(`goes on by the TwiML at ${effect.url}`);
      const late = { type: "timedOut", id } as const;
      if (effect.timeoutSeconds === 0) return late;
      around.clock.in(effect.timeoutSeconds, () => around.tell(late));
      return null;
    }
    case "startConversation": {
      const room = around.newRoom();
      for (const party of effect.participants) {
        if ("address" in party) room.join(party.address, party.proxyAddress);
        else room.join(party.identity, "");
      }
      return opened(around, id, room);
    }
    case "resumeConversation": {
      const room = around.rooms.find(({ sid, isOpen }) => sid === effect.conversationSid && isOpen);
      if (room !== undefined) return opened(around, id, room);
      const message = `there is no open Conversation ${effect.conversationSid}`;
      return { type: "conversationFailed", id, error: { code: 50350, message } };
    }
  }
}

/** With a Conversation an Interaction is made; without one a Task alone, which nobody takes. */
function toFlex(around: Around, effect: EffectOf<"sendToFlex">): EngineEvent {
  const { id, attributes, timeoutSeconds } = effect;
  const { room, sids, clock } = around;
  if (room === null) {
    return { type: "handedOver", id, outcome: "callComplete", variables: { sid: sids.next("WT") } };
  }
  const tell = (parameters: Readonly<Record<string, string>>) => around.taskEvent(parameters);
  const interaction = new Interaction({ sids, clock, tell }, room.sid, timeoutSeconds);
  room.interactions.push(interaction);
  interaction.invite(attributes);
  return { type: "handedOver", id, outcome: "callComplete", variables: { sid: interaction.sid } };
}

function opened(around: Around, id: string, room: Room): EngineEvent {
  around.moveTo(room);
  const conversation: JsonObject = {
    sid: room.sid,
    state: room.fields["state"] ?? "active",
    chat_service_sid: serviceSid,
    attributes: room.fields["attributes"] ?? "{}",
    participants: room.participants.map(({ sid, address, proxy }) => ({
      sid,
      ...(proxy === ""
        ? { identity: address }
        : { messaging_binding: { type: "sms", address, proxy_address: proxy } }),
    })),
  };
  return { type: "conversationOpened", id, conversation, webhookSid: around.sids.next("WH") };
}

import { expect, test } from "vitest";
import { supportConversation, type Person } from "./conversation.ts";
import { play, type Phones } from "./play.ts";

const turns = supportConversation({
  support: "support",
  done: "done",
  agentAdded: "Added support agent",
  agentRemoved: "The support agent has left the conversation.",
});

/** Phones that receive what the conversation says, but for one turn. */
function phones(wrong?: { turn: number; person: Person; texts: string[] }): Phones {
  let turn = -1;
  return {
    says: async () => void turn++,
    heard: async (person) =>
      wrong?.turn === turn && wrong.person === person ? wrong.texts : (turns[turn]?.heard[person] ?? []),
  };
}

test("a conversation in which everybody receives what they should is played to its end", async () => {
  const played: string[] = [];
  await play(turns, phones(), async ({ says }) => void played.push(says));
  expect(played).toEqual(turns.map(({ says }) => says));
});

test("a message that does not arrive is named with its turn", async () => {
  const missing = play(turns, phones({ turn: 1, person: "agent", texts: [] }), async () => {});
  await expect(missing).rejects.toThrow(
    `"support" from the customer (the keyword brings an agent, and both are told): the agent's phone should have received "Added support agent" and received nothing`,
  );
});

test("a message too many is as wrong as one too few", async () => {
  const doubled = play(turns, phones({ turn: 0, person: "customer", texts: ["hi"] }), async () => {});
  await expect(doubled).rejects.toThrow(`should have received nothing and received "hi"`);
});

/**
 * The support conversation as data: who writes what, and what each phone must receive next. `npm start` plays it; it
 * is a tour of what the stack does, in the words of the stage.
 */

export type Person = "customer" | "agent";

/** What the stage's Flow listens to and says. */
export interface Words {
  readonly support: string;
  readonly done: string;
  readonly agentAdded: string;
  readonly agentRemoved: string;
}

export interface Turn {
  /** What this turn shows, for people. */
  readonly about: string;
  readonly from: Person;
  readonly says: string;
  /** Texts that arrive on each phone because of it, in order. */
  readonly heard: Readonly<Record<Person, readonly string[]>>;
}

/** The conversation, in the words of a stage. */
export function supportConversation({ support, done, agentAdded, agentRemoved }: Words): Turn[] {
  return [
    {
      about: "an ordinary message is answered by nobody",
      from: "customer",
      says: "hello",
      heard: { customer: [], agent: [] },
    },
    {
      about: "the keyword brings an agent, and both are told",
      from: "customer",
      says: support,
      heard: { customer: [agentAdded], agent: [agentAdded] },
    },
    {
      about: "the customer writes to the agent",
      from: "customer",
      says: "My order is late.",
      heard: { customer: [], agent: ["My order is late."] },
    },
    {
      about: "the agent writes to the customer",
      from: "agent",
      says: "Let me look.",
      heard: { customer: ["Let me look."], agent: [] },
    },
    {
      about: "from a customer, the agent's keyword is an ordinary message",
      from: "customer",
      says: done,
      heard: { customer: [], agent: [done] },
    },
    {
      about: "the agent is still there",
      from: "agent",
      says: "It arrives tomorrow.",
      heard: { customer: ["It arrives tomorrow."], agent: [] },
    },
    {
      about: "from the agent, it ends the agent's part, and the customer is told",
      from: "agent",
      says: done,
      heard: { customer: [done, agentRemoved], agent: [] },
    },
    {
      about: "the agent no longer hears the customer",
      from: "customer",
      says: "Thank you!",
      heard: { customer: [], agent: [] },
    },
  ];
}

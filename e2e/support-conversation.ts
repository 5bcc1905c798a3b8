/**
 * The conversation that the stack is for, as a customer and an agent see it on their phones. The same cases play on the
 * local Twilio, in every position of the switches that they touch, and by `npm run verify` on a real account.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conversationsOf } from "./conversations-of.ts";
import { findSwitches } from "./switches.ts";
import type { Phone, World } from "./world.ts";

const texts = async (phone: Phone) => (await phone.heard()).map(({ body }) => body);

/** Registers the cases for one world. */
export function playsSupportConversation(name: string, open: () => Promise<World>): void {
  describe(name, () => {
    let world: World;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    function phones(): { line: string; customer: Phone; agent: Phone } {
      const { line, agent, customer } = world;
      return { line, agent, customer };
    }

    test("a customer who only says hello gets no agent", async () => {
      const { line, customer, agent } = phones();
      await customer.says(line, "hello");
      expect(await texts(customer)).toEqual([]);
      expect(await texts(agent)).toEqual([]);
    });

    test('"support" brings the agent, and both are told', async () => {
      const { line, customer, agent } = phones();
      await customer.says(line, "Support ");
      expect(await texts(agent)).toEqual(["Added support agent"]);
      expect(await texts(customer)).toEqual(["Added support agent"]);
    });

    test("they write to each other", async () => {
      const { line, customer, agent } = phones();
      await customer.says(line, "my order is late");
      expect(await texts(agent)).toEqual(["my order is late"]);
      await agent.says(line, "let me look");
      expect(await texts(customer)).toEqual(["let me look"]);
    });

    test('a customer\'s "done" is an ordinary message', async () => {
      const { line, customer, agent } = phones();
      await customer.says(line, "done");
      expect(await texts(agent)).toEqual(["done"]);
      await agent.says(line, "almost");
      expect(await texts(customer)).toEqual(["almost"]);
    });

    test('the agent\'s "done" ends it for the agent, and the customer is told', async () => {
      const { line, customer, agent } = phones();
      await agent.says(line, "done");
      expect(await texts(customer)).toEqual(["done", "The support agent has left the conversation."]);
      await customer.says(line, "thank you");
      expect(await texts(agent)).toEqual([]);
    });

    test('a second "support" brings the agent back', async () => {
      const { line, customer, agent } = phones();
      await customer.says(line, "support");
      expect(await texts(agent)).toEqual(["Added support agent"]);
      await agent.says(line, "done");
      expect(await texts(customer)).toEqual([
        "Added support agent",
        "done",
        "The support agent has left the conversation.",
      ]);
    });

    test("tells how the switches of Twilio came out", async () => {
      const { line, customer } = phones();
      const [open] = await conversationsOf(world.client, customer.address);
      if (open === undefined) throw new Error("the customer is in no Conversation");
      const flows = await world.client.studio.v2.flows.list();
      const flow = flows.find(({ friendlyName }) => friendlyName.startsWith("support line"));
      const conversation = { ...open, proxy: line };
      const findings = await findSwitches(world.client, flow?.sid ?? "", conversation);
      // A real account is asked what nobody here knows.
      if (world.expected === undefined) console.log(`switches: ${JSON.stringify(findings)}`);
      expect(findings).toMatchObject(world.expected ?? {});
    });
  });
}

import type { Control } from "./control.ts";
import type { Person } from "./conversation.ts";
import type { Phones } from "./play.ts";

/**
 * Two handsets of a local Twilio. A customer writes to the line; an agent answers the number that wrote last, as a
 * person with a phone does.
 */
export async function localPhones(
  control: Control,
  addresses: Readonly<Record<Person, string>>,
  line: string,
): Promise<Phones> {
  const seen: Record<Person, number> = {
    customer: (await control.inbox(addresses.customer)).length,
    agent: (await control.inbox(addresses.agent)).length,
  };
  const answered = async (person: Person) =>
    person === "customer" ? line : ((await control.inbox(addresses.agent)).at(-1)?.from ?? line);
  return {
    async says(person, text) {
      await control.write(addresses[person], await answered(person), text);
      await control.idle();
    },
    async heard(person) {
      const inbox = await control.inbox(addresses[person]);
      const fresh = inbox.slice(seen[person]);
      seen[person] = inbox.length;
      return fresh.map(({ body }) => body);
    },
  };
}

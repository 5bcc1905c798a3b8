/** The world of `npm run verify`: a stage that is deployed to a real account, with Twilio numbers as phones. */
import twilio, { type Twilio } from "twilio";
import { z } from "zod";
import { conversationsOf } from "./conversations-of.ts";
import type { Heard, Phone, World } from "./world.ts";

const schema = z.object({
  /** The account the stage is deployed to. */
  TWILIO_ACCOUNT_SID: z.string(),
  TWILIO_AUTH_TOKEN: z.string(),
  /** The stage's line. */
  VERIFY_LINE: z.string(),
  /** Two numbers that stand in for people: a customer, and the stage's agent. */
  VERIFY_CUSTOMER: z.string(),
  VERIFY_AGENT: z.string(),
  /** The account those two belong to, when it is another one. */
  VERIFY_PHONES_ACCOUNT_SID: z.string().optional(),
  VERIFY_PHONES_AUTH_TOKEN: z.string().optional(),
});

export type VerifySettings = z.output<typeof schema>;

/** The settings of a verification, or null when this is none. */
export function verifySettings(environment: NodeJS.ProcessEnv): VerifySettings | null {
  return environment.VERIFY_LINE === undefined ? null : schema.parse(environment);
}

/** How long a carrier is given to deliver a message, in milliseconds. */
const settleMs = 15_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A Twilio number played as a phone: it sends and reads messages through Twilio's own client. */
class NumberPhone implements Phone {
  readonly address: string;
  readonly #client: Twilio;
  readonly #since = new Date();
  readonly #seen = new Set<string>();

  constructor(client: Twilio, address: string) {
    this.#client = client;
    this.address = address;
  }

  async says(to: string, body: string): Promise<void> {
    await this.#client.messages.create({ from: this.address, to, body });
    // Nothing tells when a carrier has nothing more to deliver, so a real phone waits.
    await pause(settleMs);
  }

  async heard(): Promise<Heard[]> {
    const messages = await this.#client.messages.list({ to: this.address, dateSentAfter: this.#since });
    const fresh = messages
      .filter(({ sid, direction }) => direction === "inbound" && !this.#seen.has(sid))
      .sort((one, other) => one.dateCreated.getTime() - other.dateCreated.getTime());
    for (const { sid } of fresh) this.#seen.add(sid);
    return fresh.map(({ from, body }) => ({ from, body }));
  }
}

/** A real account. Closing it closes the Conversations that the customer's number is in. */
export function realWorld(settings: VerifySettings): World {
  const client = twilio(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN);
  const phones = twilio(
    settings.VERIFY_PHONES_ACCOUNT_SID ?? settings.TWILIO_ACCOUNT_SID,
    settings.VERIFY_PHONES_AUTH_TOKEN ?? settings.TWILIO_AUTH_TOKEN,
  );
  const customer = new NumberPhone(phones, settings.VERIFY_CUSTOMER);
  return {
    line: settings.VERIFY_LINE,
    customer,
    agent: new NumberPhone(phones, settings.VERIFY_AGENT),
    client,
    close: () => closeConversations(client, customer.address),
  };
}

async function closeConversations(client: Twilio, address: string): Promise<void> {
  for (const { serviceSid, sid, state } of await conversationsOf(client, address)) {
    if (state === "closed") continue;
    await client.conversations.v1.services(serviceSid).conversations(sid).update({ state: "closed" });
  }
}

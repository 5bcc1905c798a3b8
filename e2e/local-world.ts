import type { TestStage } from "./stage.ts";
import { askControl } from "./control.ts";
import type { Findings } from "./switches.ts";
import type { Heard, Phone, World } from "./world.ts";

/** A handset of a local Twilio, as its control prefix plays it. */
export class LocalPhone implements Phone {
  readonly address: string;
  readonly #endpoint: string;
  #seen = 0;

  constructor(endpoint: string, address: string) {
    this.address = address;
    this.#endpoint = endpoint;
  }

  async says(to: string, body: string): Promise<void> {
    await this.control(`handsets/${encodeURIComponent(this.address)}/messages`, { to, body });
    await this.control("idle");
  }

  async heard(): Promise<Heard[]> {
    const path = `handsets/${encodeURIComponent(this.address)}/messages`;
    const answer = (await this.control(path)) as { inbox: readonly Heard[] };
    const fresh = answer.inbox.slice(this.#seen);
    this.#seen = answer.inbox.length;
    return fresh.map(({ from, body }) => ({ from, body }));
  }

  /** Asks the control prefix; with a body, POSTs it. */
  async control(path: string, body?: object): Promise<unknown> {
    return askControl(this.#endpoint, path, body);
  }
}

/** The project's stack on a local Twilio, with one customer. The stage stays when the world closes. */
export async function localWorld(
  stage: TestStage,
  customer: string,
  expected: Partial<Findings> = {},
): Promise<World> {
  const { endpoint } = stage.twilio;
  const agent = new LocalPhone(endpoint, "+15550100101");
  // What the agent got in another world does not count in this one.
  await agent.heard();
  return {
    line: "+15550100001",
    customer: new LocalPhone(endpoint, customer),
    agent,
    client: stage.client,
    expected,
    close: () => Promise.resolve(),
  };
}

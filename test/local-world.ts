import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import twilio, { type Twilio } from "twilio";
import type { TestStage } from "./stage.ts";
import type { Heard, Phone, World } from "./world.ts";

/** A handset of a local Twilio, as its control prefix plays it. */
export class LocalPhone implements Phone {
  readonly address: string;
  readonly #control: string;
  #seen = 0;

  constructor(endpoint: string, address: string) {
    this.address = address;
    this.#control = `${endpoint}/_local/v1`;
  }

  async says(to: string, body: string): Promise<void> {
    await this.#call(`handsets/${encodeURIComponent(this.address)}/messages`, { to, body });
    await this.#call("idle");
  }

  async heard(): Promise<Heard[]> {
    const path = `handsets/${encodeURIComponent(this.address)}/messages`;
    const answer = (await this.#call(path)) as { inbox: readonly Heard[] };
    const fresh = answer.inbox.slice(this.#seen);
    this.#seen = answer.inbox.length;
    return fresh.map(({ from, body }) => ({ from, body }));
  }

  async #call(path: string, body?: object): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const init = body && { method: "POST", body: JSON.stringify(body), headers };
    const response = await fetch(`${this.#control}/${path}`, init);
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  }
}

/**
 * Twilio's own Node client, unmodified, on its way to Twilio's own host names: what `npx local-twilio env` prints,
 * given to this process.
 */
export function foreignClient(local: {
  endpoint: string;
  accountSid: string;
  authToken: string;
  caCertificate: string;
}): Twilio {
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(local.caCertificate, "utf8")]);
  process.env.HTTP_PROXY = local.endpoint;
  return twilio(local.accountSid, local.authToken);
}

/** The project's stack, deployed to a local Twilio of its own. */
export function localWorld(stage: TestStage): World {
  const phone = (address: string) => new LocalPhone(stage.twilio.endpoint, address);
  return {
    line: "+15550100001",
    customers: ["+15550100201", "+15550100202", "+15550100203", "+15550100204"].map(phone),
    agent: phone("+15550100101"),
    client: foreignClient(stage.twilio),
    close: () => stage[Symbol.asyncDispose](),
  };
}

/**
 * A deployed stage on an account, with numbers of the account as phones: what a script says is sent by Twilio's REST API, and
 * what a person hears is read from it. Messages cost what they cost, and a carrier takes its time.
 */
import { z } from "zod";
import { ConversationError } from "../errors.ts";
import type { Answering, Phone, World, WorldKind } from "../world.ts";

export interface AccountWorldOptions {
  readonly accountSid: string;
  readonly authToken: string;
  /** Numbers of the account that stand in for people, by name. */
  readonly people: Readonly<Record<string, string>>;
  /** The number that customers write to. */
  readonly line: string;
  /** Where the API is; Twilio itself unless said otherwise, else `<endpoint>/<host>/…` of a local one. */
  readonly endpoint?: string;
  /** Resolves when all that a message set off has arrived. Nothing tells when a carrier is done: on Twilio, a pause. */
  readonly settle: () => Promise<void>;
}

/** A world that is an account. */
export function onAccount(options: AccountWorldOptions): WorldKind {
  const name = "on the account";
  return { name, open: () => Promise.resolve(new AccountWorld(name, options)) };
}

const message = z.object({
  sid: z.string(),
  direction: z.string(),
  from: z.string().nullable(),
  body: z.string().nullable(),
});
const page = z.object({ messages: z.array(message) });
const conversations = z.object({
  conversations: z.array(
    z.object({ conversation_sid: z.string(), chat_service_sid: z.string(), conversation_state: z.string() }),
  ),
});

/** Twilio's REST API, as far as phones need it. */
class Api {
  readonly #options: AccountWorldOptions;

  constructor(options: AccountWorldOptions) {
    this.#options = options;
  }

  async ask(host: string, path: string, form?: Readonly<Record<string, string>>): Promise<unknown> {
    const { accountSid, authToken, endpoint } = this.#options;
    const url = endpoint === undefined ? `https://${host}${path}` : `${endpoint}/${host}${path}`;
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const init = form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) };
    const response = await fetch(url, { ...init, headers: { authorization } });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const problem = JSON.stringify(answer);
    throw new ConversationError("control-refused", { path, status: String(response.status), problem });
  }

  messages(form: Readonly<Record<string, string>>): Promise<unknown> {
    return this.ask("api.twilio.com", `/2010-04-01/Accounts/${this.#options.accountSid}/Messages.json`, form);
  }

  async inbox(to: string): Promise<z.output<typeof message>[]> {
    const query = new URLSearchParams({ To: to, PageSize: "200" }).toString();
    const path = `/2010-04-01/Accounts/${this.#options.accountSid}/Messages.json?${query}`;
    const { messages } = page.parse(await this.ask("api.twilio.com", path));
    // The newest stand first.
    return messages.filter(({ direction }) => direction === "inbound").reverse();
  }
}

/** A number of the account, played as a phone. */
class NumberPhone implements Phone {
  readonly #address: string;
  readonly #api: Api;
  readonly #options: AccountWorldOptions;
  readonly #seen: Promise<Set<string>>;
  #writer: string | null = null;

  constructor(address: string, api: Api, options: AccountWorldOptions) {
    this.#address = address;
    this.#api = api;
    this.#options = options;
    // What came before the script is not part of it.
    this.#seen = api.inbox(address).then((messages) => new Set(messages.map(({ sid }) => sid)));
  }

  async says(text: string): Promise<void> {
    await this.#heardNow();
    const to = this.#writer ?? this.#options.line;
    await this.#api.messages({ From: this.#address, To: to, Body: text });
    await this.#options.settle();
  }

  #unread: string[] = [];

  async heard(): Promise<readonly string[]> {
    await this.#heardNow();
    return this.#unread.splice(0);
  }

  /** Takes in what came, so that an answer goes to whoever wrote last. */
  async #heardNow(): Promise<void> {
    const seen = await this.#seen;
    for (const { sid, from, body } of await this.#api.inbox(this.#address)) {
      if (seen.has(sid)) continue;
      seen.add(sid);
      this.#writer = from;
      this.#unread.push(body ?? "");
    }
  }

  calls = notHere("A call");
  picksUp = notHere("A call");
  declines = notHere("A call");
  presses = notHere("A call");
  speaks = notHere("A call");
  hangsUp = notHere("A call");
}

const notHere =
  (what: string, because = "only messages go between numbers of an account") =>
  (): never => {
    throw new ConversationError("not-here", { what, world: "on the account", because });
  };

class AccountWorld implements World {
  readonly name: string;
  readonly people: Readonly<Record<string, NumberPhone>>;
  readonly functions: Answering;
  readonly http: Answering;
  readonly #api: Api;
  readonly #addresses: readonly string[];

  constructor(name: string, options: AccountWorldOptions) {
    this.name = name;
    this.#api = new Api(options);
    this.#addresses = Object.values(options.people);
    this.people = Object.fromEntries(
      Object.entries(options.people).map(([person, address]) => [
        person,
        new NumberPhone(address, this.#api, options),
      ]),
    );
    const answering = {
      answer: notHere("A made-up answer", "what is deployed there answers"),
      asked: notHere("What was asked", "Twilio's own logs have it"),
    };
    this.functions = answering;
    this.http = answering;
  }

  failNextMessage = notHere("A failing message", "nobody can make a carrier fail");
  twilioCalls = notHere("What Functions ask of Twilio", "Twilio's own logs have it");
  pass = notHere("Time that passes at once", "its clock is everybody's");
  request = notHere("A start over REST", "write to the line instead");
  covered = () => Promise.resolve([]);

  /** Closes the Conversations that the people's numbers are in. */
  async close(): Promise<void> {
    for (const address of this.#addresses) {
      const query = new URLSearchParams({ Address: address }).toString();
      for (const service of await this.#services()) {
        const path = `/v1/Services/${service}/ParticipantConversations?${query}`;
        const found = conversations.parse(await this.#api.ask("conversations.twilio.com", path));
        for (const { conversation_sid: sid, conversation_state: state } of found.conversations) {
          if (state === "closed") continue;
          const place = `/v1/Services/${service}/Conversations/${sid}`;
          await this.#api.ask("conversations.twilio.com", place, { State: "closed" });
        }
      }
    }
  }

  async #services(): Promise<string[]> {
    const schema = z.object({ services: z.array(z.object({ sid: z.string() })) });
    const path = "/v1/Services?PageSize=100";
    return schema.parse(await this.#api.ask("conversations.twilio.com", path)).services.map(({ sid }) => sid);
  }
}

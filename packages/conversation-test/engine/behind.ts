/** What answers behind a Flow: Functions and web servers, as the world was given them or as the script says. */
import type { Effect, EngineEvent } from "@support-line/studio";
import { answerSaid, httpResultOf, type Answer } from "../answer.ts";
import { ConversationError } from "../errors.ts";
import type { Answering, Asked, Note } from "../world.ts";
import { functionName } from "./functions.ts";
import type { FunctionCall, FunctionsSession, ServerStub } from "./options.ts";
import type { Room } from "./room.ts";

/** Things that were asked for, and what a script says to answer. */
class Desk implements Answering {
  readonly said = new Map<string, Answer>();
  #asked: Asked[] = [];

  answer(of: string, answer: Answer): void {
    this.said.set(of, answer);
  }

  asked(): readonly Asked[] {
    const fresh = this.#asked;
    this.#asked = [];
    return fresh;
  }

  note(asked: Asked): void {
    this.#asked.push(asked);
  }
}

/** The people of the world, for stand-ins that add them. */
interface People {
  readonly line: string;
  /** By name; an address is its own. */
  readonly addressOf: (person: string) => string;
}

export class Behind {
  readonly functions = new Desk();
  readonly http = new Desk();
  readonly #servers: Readonly<Record<string, ServerStub>>;
  readonly #session: FunctionsSession;
  readonly #note: Note;
  readonly #people: People;

  constructor(
    servers: Readonly<Record<string, ServerStub>>,
    session: FunctionsSession,
    note: Note,
    people: People,
  ) {
    this.#servers = servers;
    this.#session = session;
    this.#note = note;
    this.#people = people;
  }

  /** @throws ConversationError `no-function` when nothing answers for it */
  async runFunction(
    effect: Pick<Extract<Effect, { type: "runFunction" }>, "id" | "url" | "parameters" | "state">,
    room: Room,
  ): Promise<EngineEvent> {
    const { id, url, parameters, state } = effect;
    // A Function without a URL, as in a template that is not filled, goes by its widget's name.
    const name = functionName(url) || state;
    const { line, addressOf } = this.#people;
    const call: FunctionCall = {
      name,
      url,
      parameters,
      conversation: {
        add: (person) => void room.join(addressOf(person), line, '{"role":"agent"}'),
        remove: (person) => room.leave(addressOf(person)),
        has: (person) => room.participantAt(addressOf(person)) !== undefined,
      },
    };
    this.functions.note({ of: name, parameters, body: "" });
    const said = this.functions.said.get(name);
    const answer = said === undefined ? this.#session.run(call, room) : httpResultOf(said);
    if (answer === undefined) throw new ConversationError("no-function", { name, widget: state });
    const response = answer instanceof Promise ? await answer : answer;
    this.#note("Function", `${name} → ${answerSaid(response)}`);
    return { type: "answered", id, response };
  }

  /** Calls the Function that is the Workspace's event callback; without one nobody hears. */
  async taskEvent(
    name: string | undefined,
    parameters: Readonly<Record<string, string>>,
    room: Room | null,
  ): Promise<void> {
    if (name === undefined || room === null) return;
    await this.runFunction({ id: "", state: "TaskRouter", url: `/${name}`, parameters }, room);
  }

  /** @throws ConversationError `no-server` when nothing answers there */
  async makeRequest(effect: Extract<Effect, { type: "makeRequest" }>): Promise<EngineEvent> {
    const { id, url, method, body, state } = effect;
    this.http.note({ of: url, parameters: Object.fromEntries(new URLSearchParams(body)), body });
    const stubs = new Map<string, ServerStub>([...Object.entries(this.#servers), ...this.http.said]);
    const [of] = [...stubs.keys()]
      .filter((known) => url.startsWith(known))
      .sort((one, other) => other.length - one.length);
    if (of === undefined) throw new ConversationError("no-server", { url, widget: state });
    const stub = stubs.get(of) ?? null;
    const response = httpResultOf(typeof stub === "function" ? await stub({ url, method, body }) : stub);
    this.#note("server", `${method} ${url} → ${answerSaid(response)}`);
    return { type: "answered", id, response };
  }
}

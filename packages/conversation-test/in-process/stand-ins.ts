/** What answers behind a Flow: Functions and web servers, as the world was given them or as the script says. */
import type { OpenedTwilio, StandInAnswer, StandIns } from "@support-line/local-twilio";
import { answerSaid, httpResultOf, type Answer } from "../answer.ts";
import { ConversationError } from "../errors.ts";
import type { Answering, Asked, Note } from "../world.ts";
import type { Account } from "./account.ts";
import { conversationOf, type People } from "./conversation.ts";
import type { EngineWorldOptions, FunctionCall, ServerStub, Stub } from "./options.ts";
import { RealFunctions } from "./real-functions.ts";

/** Things that were asked for, and what a script says to answer. */
class Answers implements Answering {
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

type FunctionAsked = Parameters<NonNullable<StandIns["functions"]>>[0];
type ServerAsked = Parameters<NonNullable<StandIns["servers"]>>[0];

/** Where stand-ins are. */
interface Surroundings {
  readonly twilio: OpenedTwilio;
  readonly account: Account;
  readonly people: People;
  readonly note: Note;
  /** Told of what a stand-in throws, and of what nothing answers for. */
  readonly fail: (error: unknown) => void;
}

export class WorldStandIns {
  readonly functions = new Answers();
  readonly http = new Answers();
  readonly #options: EngineWorldOptions;
  readonly #around: Surroundings;

  constructor(options: EngineWorldOptions, around: Surroundings) {
    this.#options = options;
    this.#around = around;
  }

  /** As the local Twilio asks them. */
  get standIns(): StandIns {
    return {
      functions: (request) => this.#guarded(() => this.#runFunction(request)),
      servers: (request) => this.#guarded(() => this.#askServer(request)),
    };
  }

  /** What is thrown is the script's to hear; Twilio gets no answer. */
  async #guarded<Result>(work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (error) {
      this.#around.fail(error);
      return null;
    }
  }

  async #runFunction({ url, parameters, executionSid }: FunctionAsked) {
    const name = functionName(url);
    this.functions.note({ of: name, parameters, body: "" });
    const conversation = conversationOf(this.#around, executionSid);
    const answer = this.#answerFor({ name, url, parameters, conversation });
    if (answer === undefined) {
      const { domain } = this.#around.account;
      if (domain !== null) return { url: `${domain}${url.replace(/^\w+:\/\/[^/]*/, "")}` };
      throw new ConversationError("no-function", { name, widget: this.#widget(executionSid) });
    }
    const response = httpResultOf(await answer);
    await conversation.settle();
    this.#around.note("Function", `${name} → ${answerSaid(response)}`);
    return response === null ? ("timeout" as const) : plain(response);
  }

  /** What the script says, else what the world was given; undefined when nothing stands in. */
  #answerFor(call: FunctionCall): Answer | Promise<Answer> | undefined {
    const said = this.functions.said.get(call.name);
    if (said !== undefined) return said;
    const { functions = {}, unanswered } = this.#options;
    const stubs: Readonly<Record<string, Stub>> =
      functions instanceof RealFunctions ? functions.answers : functions;
    const stub = Object.hasOwn(stubs, call.name) ? stubs[call.name] : undefined;
    if (stub !== undefined) return typeof stub === "function" ? stub(call) : stub;
    return functions instanceof RealFunctions ? undefined : unanswered?.(call);
  }

  async #askServer({
    url,
    method,
    body,
    executionSid,
  }: ServerAsked): Promise<StandInAnswer | null | undefined> {
    const stubs = new Map<string, ServerStub>([
      ...Object.entries(this.#options.http ?? {}),
      ...this.http.said,
    ]);
    const [of] = [...stubs.keys()]
      .filter((known) => url.startsWith(known))
      .sort((one, other) => other.length - one.length);
    if (of === undefined && executionSid === null) return undefined;
    this.http.note({ of: url, parameters: Object.fromEntries(new URLSearchParams(body)), body });
    if (of === undefined) {
      throw new ConversationError("no-server", { url, widget: this.#widget(executionSid) });
    }
    const stub = stubs.get(of) ?? null;
    const response = httpResultOf(typeof stub === "function" ? await stub({ url, method, body }) : stub);
    this.#around.note("server", `${method} ${url} → ${answerSaid(response)}`);
    return response === null ? null : plain(response);
  }

  #widget(executionSid: string | null): string {
    const { studio } = this.#around.twilio.twilio.services;
    return (executionSid === null ? undefined : studio.about(executionSid)?.state) ?? "of a webhook";
  }
}

function plain({
  status,
  body,
  contentType,
  headers,
}: NonNullable<ReturnType<typeof httpResultOf>>): StandInAnswer {
  return { status, body, contentType, headers };
}

/** Name of a Function by its URL: the path without its first slash. */
export function functionName(url: string): string {
  return url.replace(/^\w+:\/\/[^/]*\/?|^\//, "").replace(/[?#].*$/, "");
}

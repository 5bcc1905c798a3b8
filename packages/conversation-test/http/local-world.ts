/**
 * The whole local Twilio as a world: the stack that is deployed there, its real Functions, the carrier. It is reached over
 * HTTP alone, and each script has one of its own.
 */
import type { FlowDefinition } from "@support-line/studio";
import { Coverage } from "../coverage/coverage.ts";
import { ConversationError } from "../errors.ts";
import type { Answering, Asked, Note, TwilioCall, World, WorldKind } from "../world.ts";
import { Control, type ControlEvent } from "./control.ts";
import { HttpPhone } from "./phone.ts";

export interface RunningTwilio {
  /** `http://127.0.0.1:4010` */
  readonly endpoint: string;
  close(): Promise<void>;
}

export interface LocalWorldOptions {
  /** Gives each script a local Twilio with the stack deployed: a copy of its folder, started anew, is one in no time. */
  readonly start: () => Promise<RunningTwilio>;
  /** Addresses of people by name. */
  readonly people: Readonly<Record<string, string>>;
  /** The number that customers write to and call. */
  readonly line: string;
  /** Milliseconds since 1970 when a script begins; the clock moves forward alone. */
  readonly now?: number;
  /** The Flow whose coverage is told, as it is deployed. */
  readonly flow?: { readonly name: string; readonly definition: FlowDefinition };
}

/** A world that is a local Twilio. */
export function onLocalTwilio(options: LocalWorldOptions): WorldKind {
  const name = "on the local Twilio";
  return {
    name,
    async open(note) {
      const twilio = await options.start();
      try {
        return await LocalWorld.open(name, twilio, options, note);
      } catch (error) {
        await twilio.close();
        throw error;
      }
    },
  };
}

class LocalWorld implements World {
  readonly name: string;
  readonly people: Readonly<Record<string, HttpPhone>>;
  readonly functions: Answering;
  readonly http: Answering;
  readonly #twilio: RunningTwilio;
  readonly #control: Control;
  readonly #note: Note;
  readonly #flow: LocalWorldOptions["flow"];
  readonly #asked: Asked[] = [];
  readonly #executions = new Set<string>();
  #failing: Promise<unknown> = Promise.resolve();
  #last = 0;

  private constructor(name: string, twilio: RunningTwilio, options: LocalWorldOptions, note: Note) {
    this.name = name;
    this.#twilio = twilio;
    this.#control = new Control(twilio.endpoint);
    this.#note = note;
    this.#flow = options.flow;
    this.people = Object.fromEntries(
      Object.entries(options.people).map(([person, address]) => [
        person,
        new HttpPhone(person, address, options.line, this.#control, this.#settle),
      ]),
    );
    const refuse = (what: string) => (): never => {
      const because = "what is deployed there answers";
      throw new ConversationError("not-here", { what, world: name, because });
    };
    this.functions = {
      answer: refuse("A Function's answer of the test's own"),
      asked: () => this.#asked.splice(0),
    };
    this.http = { answer: refuse("A server's answer of the test's own"), asked: () => [] };
  }

  static async open(
    name: string,
    twilio: RunningTwilio,
    options: LocalWorldOptions,
    note: Note,
  ): Promise<LocalWorld> {
    const world = new LocalWorld(name, twilio, options, note);
    if (options.now !== undefined) await world.#control.setClock(new Date(options.now).toISOString());
    for (const phone of Object.values(world.people)) await phone.begin();
    world.#last = await world.#control.lastEvent();
    return world;
  }

  failNextMessage(how: "refused" | "undelivered", code: number): void {
    this.#failing = this.#control.failNext(how, code);
  }

  twilioCalls(): readonly TwilioCall[] {
    throw new ConversationError("not-here", {
      what: "What Functions ask of Twilio",
      world: this.name,
      because: "the console shows it",
    });
  }

  async pass(seconds: number): Promise<void> {
    await this.#control.pass(seconds);
    await this.#settle();
  }

  request(): Promise<void> {
    const because = "it needs the account's credentials; write to the line instead";
    throw new ConversationError("not-here", { what: "A start over REST", world: this.name, because });
  }

  async covered(): Promise<readonly Coverage[]> {
    if (this.#flow === undefined) return [];
    const coverage = new Coverage(this.#flow.name, this.#flow.definition);
    for (const sid of this.#executions) {
      const steps = await this.#control.steps(sid);
      coverage.take(
        steps.map(({ state, left, parent }) => ({
          state,
          left: left === null || left === undefined ? null : { ...left, to: null },
          ...(parent === undefined ? {} : { parent }),
        })) as Parameters<Coverage["take"]>[0],
      );
    }
    return [coverage];
  }

  close(): Promise<void> {
    return this.#twilio.close();
  }

  /** Waits until nothing moves, and notes what happened behind. */
  #settle = async (): Promise<void> => {
    await this.#failing;
    await this.#control.idle();
    const events = await this.#control.eventsAfter(this.#last);
    for (const event of events) this.#take(event);
    this.#last = events.at(-1)?.id ?? this.#last;
  };

  #take({ type, sid, data }: ControlEvent): void {
    if (type === "execution.started") {
      this.#executions.add(sid);
      this.#note("console", `${this.#twilio.endpoint}/_local/console/executions/${sid}`);
    } else if (type === "execution.warned") {
      this.#note("Studio", `warns    ${said(data["code"])} ${said(data["message"])}`);
    } else if (type === "function.invoked" && data["executionSid"] !== null) {
      const of = said(data["path"]).replace(/^\//, "");
      this.#asked.push({ of, parameters: textsIn(data["parameters"]), body: "" });
      this.#note("Function", `${of} → ${said(data["status"])}`);
    }
  }
}

function said(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function textsIn(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typeof value === "object" && value !== null ? value : {}).map(([key, each]) => [
      key,
      said(each),
    ]),
  );
}

/** What a script has to do with: people, what answers behind the Flow, and time. */
import type { JsonObject } from "@support-line/studio";
import type { Answer } from "./answer.ts";
import { ConversationError } from "./errors.ts";
import { ConversationFailure, placeOf } from "./failure.ts";
import { Person, type Expected, type Stage } from "./person.ts";
import type { Transcript } from "./transcript.ts";
import type { Answering, Asked, TwilioCall, World } from "./world.ts";

/** A conversation, step by step. */
export type Script = (scene: Scene) => Promise<void>;

/** How long; the parts add up. */
export interface Time {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/** Everybody the world was given. */
class Everyone {
  readonly #people: readonly Person[];

  constructor(people: readonly Person[]) {
    this.#people = people;
  }

  /** Expects these texts on each phone, as `Person.hears` does. */
  async hears(...expected: readonly Expected[]): Promise<void> {
    for (const person of this.#people) await person.hears(...expected);
  }

  async hearsNothing(): Promise<void> {
    for (const person of this.#people) await person.hearsNothing();
  }
}

/** Functions, or web servers, as a script sees them. */
class Answerers {
  readonly #answering: Answering;
  readonly #stage: Stage;
  readonly #kind: string;
  #unseen: Asked[] = [];

  constructor(kind: string, answering: Answering, stage: Stage) {
    this.#kind = kind;
    this.#answering = answering;
    this.#stage = stage;
  }

  /** From now on this one answers so: a text, an object, a status, `null` for no answer, or a `Reply`. */
  answers(of: string, answer: Answer): void {
    this.#answering.answer(of, answer);
  }

  /**
   * Expects that it was asked since it was last looked for, with at least these parameters.
   *
   * @throws ConversationFailure with the transcript so far
   */
  async wasAsked(of: string, parameters: Readonly<Record<string, string>> = {}): Promise<void> {
    const at = placeOf();
    this.#unseen.push(...this.#answering.asked());
    const found = this.#unseen.findIndex(
      (asked) =>
        asked.of === of &&
        Object.entries(parameters).every(([key, value]) => asked.parameters[key] === value),
    );
    if (found !== -1) {
      this.#unseen = this.#unseen.slice(found + 1);
      return;
    }
    await this.#stage.everyoneLooks();
    const others = this.#unseen.map((asked) => asked.of).join(", ");
    throw new ConversationFailure(
      `${this.#kind} ${of} was to be asked, and ${others === "" ? "none was" : `only ${others} were, or with other parameters`}`,
      {
        expected: [{ of, parameters }],
        actual: this.#unseen.map((asked) => ({ of: asked.of, parameters: asked.parameters })),
        transcript: this.#stage.transcript.toString(),
        world: this.#stage.world,
        at,
      },
    );
  }
}

export class Scene {
  readonly #world: World;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #transcript: Transcript;
  readonly everyone: Everyone;
  /** The Functions that the Flow runs, by name. */
  readonly functions: Answerers;
  /** The web servers that the Flow asks, by URL or the beginning of one. */
  readonly http: Answerers;

  constructor(world: World, transcript: Transcript) {
    this.#world = world;
    this.#transcript = transcript;
    const people = new Map<string, Person>();
    const stage: Stage = {
      world: world.name,
      transcript,
      everyoneLooks: async () => {
        for (const person of people.values()) await person.look();
      },
    };
    for (const [name, phone] of Object.entries(world.people)) {
      people.set(name, new Person(name, phone, stage));
    }
    this.#people = people;
    this.everyone = new Everyone([...people.values()]);
    this.functions = new Answerers("the Function", world.functions, stage);
    this.http = new Answerers("the server at", world.http, stage);
  }

  get customer(): Person {
    return this.person("customer");
  }

  get agent(): Person {
    return this.person("agent");
  }

  /** Anybody else whom the world was given. */
  person = (name: string): Person => {
    const person = this.#people.get(name);
    if (person === undefined) {
      throw new ConversationError("no-such-person", { name, known: [...this.#people.keys()].join(", ") });
    }
    return person;
  };

  /** A line of whoever tells the story, for the transcript. */
  tells = (what: string): void => {
    this.#transcript.note("", what);
  };

  readonly carrier = {
    /** Twilio refuses the Flow's next message. */
    refusesNextMessage: (code = 30003): void => {
      this.#transcript.note("Twilio", `refuses the next message (${code})`);
      this.#world.failNextMessage("refused", code);
    },
    /** Twilio takes the Flow's next message, and it does not arrive. */
    losesNextMessage: (code = 30003): void => {
      this.#transcript.note("Twilio", `loses the next message (${code})`);
      this.#world.failNextMessage("undelivered", code);
    },
  };

  readonly twilio = {
    /** What the real Functions asked of Twilio's API since it was last looked at. */
    calls: (): readonly TwilioCall[] => this.#world.twilioCalls(),
  };

  readonly clock = {
    passes: async ({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Time): Promise<void> => {
      const whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
      this.#transcript.note("clock", `${spell(whole)} pass`);
      await this.#world.pass(whole);
    },
  };

  readonly rest = {
    /** Starts the Flow over Twilio's REST API, for the customer; `parameters` stand under `trigger.request` and `flow.data`. */
    starts: async (parameters: JsonObject = {}): Promise<void> => {
      this.#transcript.note("REST", `starts the Flow ${JSON.stringify(parameters)}`);
      await this.#world.request(parameters);
    },
  };
}

/** `2 h 5 min`; nothing at all is `0 s`. */
function spell(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length === 0 ? "0 s" : said.join(" ");
}

/** A conversation with a Flow on a local Twilio in this process: lines go in, what everybody hears comes out. */
import { engineAlone, type EngineWorldOptions } from "@support-line/conversation-test/engine";
import type { FlowFile } from "./flow-files.ts";
import { talkHelp, type Line } from "./talk-lines.ts";

type Kind = ReturnType<typeof engineAlone>;
type World = Awaited<ReturnType<Kind["open"]>>;
type Coverage = Awaited<ReturnType<World["covered"]>>[number];

/** Told what somebody did or heard, and what happened behind. */
export type Telling = (who: string, what: string) => void;

export class Talk {
  readonly people: readonly string[];
  readonly #kind: Kind;
  readonly #world: World;
  readonly #tell: Telling;

  private constructor(kind: Kind, world: World, tell: Telling) {
    this.#kind = kind;
    this.#world = world;
    this.#tell = tell;
    this.people = Object.keys(world.people);
  }

  /** Opens the Flow's world: a customer, an agent and the line between them. */
  static async open(
    { definition, name }: FlowFile,
    behind: Pick<EngineWorldOptions, "functions" | "http" | "unanswered">,
    tell: Telling,
  ): Promise<Talk> {
    const kind = engineAlone({ definition, flow: name, ...behind });
    return new Talk(kind, await kind.open(tell), tell);
  }

  /**
   * Does what a line says, and tells what came of it.
   *
   * @returns false when the line ends the conversation
   * @throws ConversationError when it cannot be done, CliError when nothing answers
   */
  async take({ person, act }: Line): Promise<boolean> {
    const world = this.#world;
    const phone = world.people[person];
    if (act.does === "quits") return false;
    if (act.does === "helps") this.#tell("", talkHelp);
    else if (act.does === "waits") await world.pass(act.seconds);
    else if (act.does === "starts") await world.request(act.parameters);
    else if (act.does === "refuses") world.failNextMessage(act.how, 30003);
    else if (act.does === "answers") {
      const behind = act.of.includes("://") ? world.http : world.functions;
      behind.answer(act.of, act.answer);
    } else if (act.does === "says") await phone?.says(act.text);
    else if (act.does === "presses") await phone?.presses(act.keys);
    else if (act.does === "speaks") await phone?.speaks(act.words);
    else await phone?.[act.does]();
    for (const [who, each] of Object.entries(world.people)) {
      for (const text of await each.heard()) this.#tell(who, text);
    }
    return true;
  }

  /** What was walked of the Flow so far. */
  covered(): Promise<readonly Coverage[]> {
    return this.#world.covered();
  }

  async close(): Promise<void> {
    await this.#world.close();
    await this.#kind.close?.();
  }
}

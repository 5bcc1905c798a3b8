import type { Person, Turn } from "./conversation.ts";
import { StepError } from "./errors.ts";

/** The phones of a conversation. */
export interface Phones {
  /** Somebody writes; resolves when all that follows from it has happened. */
  says(person: Person, text: string): Promise<void>;
  /** Texts that arrived on a phone since it was last asked, oldest first. */
  heard(person: Person): Promise<readonly string[]>;
}

/**
 * Plays a conversation turn by turn.
 *
 * @param afterTurn called when a turn went as it should, before the next begins
 * @throws StepError at the first turn after which a phone received something else than it must
 */
export async function play(
  turns: readonly Turn[],
  phones: Phones,
  afterTurn: (turn: Turn) => Promise<void>,
): Promise<void> {
  for (const turn of turns) {
    await phones.says(turn.from, turn.says);
    for (const person of ["customer", "agent"] as const) {
      const heard = await phones.heard(person);
      const expected = turn.heard[person];
      if (JSON.stringify(heard) === JSON.stringify(expected)) continue;
      throw new StepError(
        `"${turn.says}" from the ${turn.from} (${turn.about})`,
        `the ${person}'s phone should have received ${quoted(expected)} and received ${quoted(heard)}`,
      );
    }
    await afterTurn(turn);
  }
}

function quoted(texts: readonly string[]): string {
  return texts.length === 0 ? "nothing" : texts.map((text) => `"${text}"`).join(", then ");
}

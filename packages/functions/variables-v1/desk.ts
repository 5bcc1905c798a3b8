/**
 * Who may be asked on a line: its agents, or those of the queue that the customer's word calls, in the stage's order,
 * those who speak the customer's language first. The stack writes this into Variables, the Functions read it.
 */
import { lineKey, readList } from "./lists.ts";

/** Somebody who may be asked. */
export interface DeskAgent {
  readonly address: string;
  /** Languages they speak; empty: any. */
  readonly languages: readonly string[];
}

/** A queue, or a language, and the word that calls it. */
export interface Called {
  readonly name: string;
  readonly keyword: string;
}

type Variables = Readonly<Record<string, unknown>>;

/** An agent as an entry of a list: `+15550100101 de en`. */
export function agentEntry({ address, languages }: DeskAgent): string {
  return [address, ...languages].join(" ");
}

/** A queue or a language as an entry of a list: `billing my bill`. */
export function calledEntry({ name, keyword }: Called): string {
  return `${name} ${keyword}`;
}

/** The key of a queue's agents: `SUPPORT_QUEUE_BILLING_AGENTS`. */
export function queueKey(line: string, queue: string): string {
  return lineKey(`${line}-queue-${queue}`, "AGENTS");
}

/** The agents of a line, or of one of its queues. */
export function agentsOf(variables: Variables, line: string, queue: string | undefined): DeskAgent[] {
  const key = queue === undefined ? lineKey(line, "AGENTS") : queueKey(line, queue);
  return readList(variables, key).map((entry) => {
    const [address = "", ...languages] = entry.split(" ");
    return { address, languages };
  });
}

/** The agents in the order in which they are asked for a customer of that language; the stage's own for one who chose none. */
export function inOrderFor(agents: readonly DeskAgent[], language: string): DeskAgent[] {
  if (language === "") return [...agents];
  const speaks = ({ languages }: DeskAgent) => languages.length === 0 || languages.includes(language);
  return [...agents.filter(speaks), ...agents.filter((agent) => !speaks(agent))];
}

/** The queue or the language that a word calls; undefined when it is nobody's word. */
export function calledBy(variables: Variables, key: string, word: string): string | undefined {
  const said = word.trim().toLowerCase();
  return readList(variables, key)
    .map((entry) => {
      const space = entry.indexOf(" ");
      return { name: entry.slice(0, space), keyword: entry.slice(space + 1) };
    })
    .find(({ keyword }) => keyword.toLowerCase() === said)?.name;
}

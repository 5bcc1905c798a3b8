/** The end of a run of the engine: whether what dead deployments left is named then, and what is said of it. */
import type { Entry, Journal } from "./journal/journal.ts";
import type { Line } from "./left-behind.ts";
import type { Session } from "./lifecycles/lifecycle.ts";

/** As long as the end of a run waits for what is left to be looked at: the engine waits for five seconds. */
const lastLookMs = 3_000;

/** As many of them as are named, each in a warning of its own. */
const mostNamed = 10;

/** Hears what a run does, for what may be said when it is over. */
export class RunEnd {
  /** Resources that a preview would create: a create takes up what was begun of it. */
  readonly #foreseen = new Set<string>();
  #underWay = 0;
  #hasFailed = false;

  /** A preview would create it. */
  foresees(urn: string): void {
    this.#foreseen.add(urn);
  }

  /** Something of the run failed: its end says nothing of what is left. */
  fails(): void {
    this.#hasFailed = true;
  }

  /** A call of the engine's about a resource. A run in which one fails, or that ends amid one, names nothing. */
  async during<Answer>(call: () => Answer | Promise<Answer>): Promise<Answer> {
    this.#underWay += 1;
    try {
      return await call();
    } catch (error) {
      this.fails();
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }

  /**
   * What dead deployments left and this run did not speak of, each under the URN of its stack.
   *
   * @param isCleaned whether whoever calls Pulumi looks after it once a deployment has ended well
   */
  async left(
    journal: Journal,
    sessionOf: (entry: Entry) => Session,
    isCleaned: boolean,
  ): Promise<readonly Line[]> {
    if (this.#hasFailed || this.#underWay > 0) return [];
    const left = journal.abandoned().filter(({ urn }) => !this.#foreseen.has(urn));
    const [first] = left;
    if (first === undefined) return [];
    const { nameLeft } = await import("./left-behind.ts");
    const signal = AbortSignal.timeout(lastLookMs);
    const session = (entry: Entry) => ({ ...sessionOf(entry), signal, deadline: signal });
    const lines = await nameLeft(journal, left.slice(0, mostNamed), session, isCleaned);
    const more = left.length - mostNamed;
    const texts = lines.map(({ text }) => text);
    if (more > 0) texts.push(`${more} more creates of deployments that were interrupted are not recorded.`);
    return texts.map((text) => ({ urn: stackOf(first.urn), text }));
  }
}

/** The URN of the stack that a resource is of: where what is said of no resource of a run stands. */
function stackOf(urn: string): string {
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  return `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
}

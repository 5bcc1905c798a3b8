import { ProviderError } from "../errors.ts";
import { wait, waitBefore } from "../http/retry.ts";
import { isHashOf, saltedHash, type Attempt, type Entry } from "../journal/journal.ts";
import { comparable, hashable } from "../journal/comparable.ts";
import { canonical } from "../translate/meaning.ts";
import { plainRequest, type WireRequest } from "../translate/inputs-to-request.ts";
import { responseToInputs } from "../translate/response-to-outputs.ts";
import { valueAt } from "../values/place.ts";
import { inputPath } from "../shape/names.ts";
import type { JsonMap, ValueMap } from "../values/value.ts";
import { inTheWay, wordsOf, type Place } from "./in-the-way.ts";
import { entriesOf, listRequest } from "./list-request.ts";
import type { Session } from "./lifecycle.ts";
import { dateToleranceMs, isConflict, isLost, madeAt, mayHaveBegunElsewhere, mostAttempts } from "./lost.ts";
import { keepsForever } from "./retained.ts";
import { orGone, uniqueInputs, type PlainLifecycle } from "./plain.ts";

/** What was made, or found to have been made by an attempt of ours. */
export interface Made {
  readonly id: string;
  readonly outputs: ValueMap;
}

/**
 * Creates a resource once, whatever happens on the way. The attempt is written down before it is sent. When its answer
 * is lost, or an earlier process left an attempt open, what it made is looked for in its parent and taken over when
 * it is provably ours: made after the attempt began, and equal in every input. Only when there is no such thing is it
 * sent again (docs/decisions/a-journal-of-creates.md).
 *
 * @throws ProviderError `create-in-the-way`, `create-there`, `create-left`, `create-ambiguous`, `create-elsewhere`, `answer-lost`, and what the
 *   request is refused with
 */
export async function make(
  life: PlainLifecycle,
  session: Session,
  inputs: ValueMap,
  request: WireRequest,
): Promise<Made> {
  const parent = `${request.host}${request.path}`;
  const attempt: Attempt = {
    urn: session.urn,
    token: life.row.token,
    parent,
    inputs: comparable(inputs),
    hash: saltedHash(hashable(inputs)),
  };
  const creation = new Creation(life, session, inputs, request, attempt);
  return session.journal.inTurn(`${parent} ${canonical(attempt.inputs)}`, () => creation.run());
}

/**
 * What a create may have made whose answer nobody got: made after it began, equal in every input that Twilio shows, and
 * nothing else's in the journal. Undefined where nothing lists it.
 */
export async function mayBeOf(
  life: PlainLifecycle,
  session: Session,
  entry: Entry,
  inputs: ValueMap,
): Promise<readonly JsonMap[] | undefined> {
  if (listRequest(life, session, inputs) === undefined) return undefined;
  const nothing: WireRequest = { method: "GET", host: life.row.host, path: "", form: [] };
  return new Creation(life, session, inputs, nothing, entry).search(entry, inputs);
}

class Creation {
  readonly #life: PlainLifecycle;
  readonly #session: Session;
  readonly #inputs: ValueMap;
  readonly #request: WireRequest;
  readonly #attempt: Attempt;

  constructor(
    life: PlainLifecycle,
    session: Session,
    inputs: ValueMap,
    request: WireRequest,
    attempt: Attempt,
  ) {
    this.#life = life;
    this.#session = session;
    this.#inputs = inputs;
    this.#request = request;
    this.#attempt = attempt;
  }

  async run(): Promise<Made> {
    const { journal, urn } = this.#session;
    const left = journal.unanswered(urn);
    if (left !== undefined && left.id === undefined && !this.#isListed()) {
      // Nobody can look: a person has to, once.
      journal.close(urn);
      const advice = this.#life.lostAdvice(this.#inputs);
      throw new ProviderError("answer-lost", {
        what: this.#purpose("Creating").what,
        reason: "an earlier deployment was interrupted",
        advice,
      });
    }
    if (left !== undefined) {
      const found = await this.#ofEarlier(left);
      if (found !== undefined) return found;
    } else if (mayHaveBegunElsewhere(this.#session) && this.#isWorthALook()) {
      await this.#refuseTwin();
    }
    for (let tries = 1; ; tries++) {
      const entry = await journal.begin(this.#attempt);
      try {
        return await this.#taken(await this.#post());
      } catch (error) {
        const lost = isLost(error);
        if (!lost && !isConflict(error)) {
          journal.close(urn);
          throw error;
        }
        const settled = performance.now() + this.#session.client.policy.settleMs;
        const mayBeOurs = lost || left !== undefined || tries > 1;
        const body = mayBeOurs ? await this.#findAfter(error, entry, lost ? settled : 0) : undefined;
        if (body !== undefined && this.#isWithoutSecret(body)) {
          await this.#remove(this.#life.idOf(body, this.#inputs));
        } else if (body !== undefined) return this.#taken(body);
        if (!lost) {
          journal.close(urn);
          throw await inTheWay(this.#place, this.#listed(), error);
        }
        if (tries >= mostAttempts || !this.#isListed()) throw error;
      }
    }
  }

  async #post(): Promise<JsonMap> {
    const purpose = this.#purpose("Creating");
    const answer = await this.#session.client.send(this.#request, {
      ...purpose,
      advice: this.#life.lostAdvice(this.#inputs),
    });
    return this.#life.settledBody(this.#session, answer, this.#inputs, "Creating");
  }

  /** It is ours: written down under its id, until the engine has recorded it. */
  async #taken(body: JsonMap): Promise<Made> {
    const { journal, client, urn } = this.#session;
    const id = this.#life.idOf(body, this.#inputs);
    client.made(id);
    await journal.answered(urn, id);
    return { id, outputs: this.#life.outputs(body, this.#inputs) };
  }

  /** What an earlier process began and nobody recorded. */
  async #ofEarlier(left: Entry): Promise<Made | undefined> {
    const { journal, urn, client } = this.#session;
    // It may be as young as the process that made it: a 404 is asked again.
    if (left.id !== undefined) client.made(left.id);
    const body =
      left.id === undefined
        ? await this.#find(left, { ...this.#inputs, ...left.inputs }, this.#settledAt(left), undefined)
        : await this.#life.fetch(this.#session, left.id, this.#inputs);
    if (body === undefined) {
      // What was answered and is gone again is over; what was never answered may yet turn up as a conflict.
      if (left.id !== undefined) journal.close(urn);
      return undefined;
    }
    if (this.#isWithoutSecret(body)) {
      await this.#remove(this.#life.idOf(body, this.#inputs));
      journal.close(urn);
      return undefined;
    }
    if (this.#isSame(body, this.#inputs) && isHashOf(left.hash, hashable(this.#inputs))) {
      return this.#taken(body);
    }
    // Ours, but the program says something else by now.
    const id = this.#life.idOf(body, this.#inputs);
    const before = this.#shownInputs(body);
    const state = { id, inputs: before, outputs: this.#life.outputs(body, before) };
    const replaces = this.#life.diff(state, this.#inputs).changes.some((change) => change.replaces);
    if (!replaces) {
      const shown = this.#life.outputs(body, this.#inputs);
      const outputs = await this.#life.update(this.#session, { ...state, outputs: shown }, this.#inputs);
      // Only now: an update that fails leaves it to the next deployment.
      await this.#taken(body);
      return { id, outputs };
    }
    if (keepsForever(this.#life.row.token)) {
      throw new ProviderError("create-in-the-way", wordsOf(this.#place, body));
    }
    await this.#remove(id);
    journal.close(urn);
    return undefined;
  }

  /** Whether what it is good for was in the lost answer, and nobody can have it any more: the secret of a key. */
  #isWithoutSecret(body: JsonMap): boolean {
    const shownOnce = this.#life.row.shownOnce ?? [];
    return shownOnce.some((name) => (body[name] ?? null) === null);
  }

  /** Deletes what an attempt of ours made and nobody wants. */
  async #remove(id: string): Promise<void> {
    const path = this.#life.path(this.#session, this.#inputs, id);
    const purpose = this.#purpose("Deleting what an interrupted deployment made of");
    await orGone(
      this.#session.client.send(plainRequest(this.#life.row, this.#life.operation("delete"), path), purpose),
    );
  }

  /** What Twilio shows as inputs; what it never shows is left out, so that an update says it again. */
  #shownInputs(body: JsonMap): ValueMap {
    const { row } = this.#life;
    const hidden = new Set(
      row.inputs.filter(({ property }) => property === null).map(({ name }) => inputPath(name)[0]),
    );
    const shown = responseToInputs(row, this.#life.shown(body), this.#inputs);
    return Object.fromEntries(Object.entries(shown).filter(([name]) => !hidden.has(name)));
  }

  /** When Twilio shows everything that a dead process may still have had under way. */
  #settledAt({ at }: Entry): number {
    return performance.now() + (at + this.#session.client.policy.settleMs - Date.now());
  }

  /** Looks after an answer was lost; where that cannot be done, what there is to say is that the answer was lost. */
  async #findAfter(error: unknown, entry: Entry, until: number): Promise<JsonMap | undefined> {
    try {
      return await this.#find(entry, this.#inputs, until, error);
    } catch (failed) {
      const isVerdict = failed instanceof ProviderError && failed.code === "create-ambiguous";
      throw isVerdict || this.#session.signal.aborted ? failed : error;
    }
  }

  /**
   * Looks for what an attempt made, until it is found or Twilio has had the time to show it.
   *
   * @param cause the error that made us look
   */
  async #find(entry: Entry, wanted: ValueMap, until: number, cause: unknown): Promise<JsonMap | undefined> {
    const { client, signal } = this.#session;
    for (let look = 1; ; look++) {
      const found = await this.search(entry, wanted);
      const [first] = found;
      // Equal attempts may each have made one: then it does not matter which is whose.
      if (first !== undefined && found.length <= this.#equalAttempts(entry)) return first;
      if (first !== undefined) {
        const ids = found.map((body) => this.#life.idOf(body, wanted)).join(", ");
        throw new ProviderError("create-ambiguous", { ...wordsOf(this.#place, first), ids }, { cause });
      }
      if (performance.now() >= until) return undefined;
      await wait(Math.max(5, waitBefore(client.policy, look, null)), signal);
    }
  }

  #equalAttempts({ token, parent, inputs }: Entry): number {
    const same = this.#session.journal
      .entries()
      .filter((entry) => entry.id === undefined && entry.token === token && entry.parent === parent)
      .filter((entry) => canonical(entry.inputs) === canonical(inputs));
    return Math.max(1, same.length);
  }

  /** What is in the parent, was made after the attempt began, belongs to nothing else and is equal in every input. */
  async search(entry: Entry, wanted: ValueMap): Promise<JsonMap[]> {
    const found: JsonMap[] = [];
    for await (const listed of this.#listed()) {
      const id = this.#life.idOf(listed, wanted);
      if (this.#session.journal.isClaimed(id, this.#session.urn)) continue;
      if (madeAt(listed) < this.#session.client.atTwilio(entry.at) - dateToleranceMs) continue;
      const whole = await this.#whole(listed, id, wanted);
      if (whole === undefined) continue;
      if (this.#isSame(whole, wanted) || this.#isProvenBy(entry, whole)) found.push(whole);
    }
    return found;
  }

  /** Whether it is what an entry was begun with, though a secret is another by now: the entry's hash knows the old one. */
  #isProvenBy({ inputs, hash }: Entry, body: JsonMap): boolean {
    const hidden = Object.keys(this.#inputs).filter((name) => inputs[name] === undefined);
    const shown = responseToInputs(this.#life.row, this.#life.shown(body), this.#inputs);
    const then = Object.fromEntries(
      hidden.map((name) => [name, shown[name] ?? this.#inputs[name] ?? null] as const),
    );
    return (
      hidden.some((name) => shown[name] !== undefined) &&
      this.#isSame(body, inputs) &&
      isHashOf(hash, hashable({ ...inputs, ...then }))
    );
  }

  #isListed(): boolean {
    return listRequest(this.#life, this.#session, this.#inputs) !== undefined;
  }

  async *#listed(): AsyncGenerator<JsonMap> {
    const request = listRequest(this.#life, this.#session, this.#inputs);
    if (request === undefined) return;
    yield* entriesOf(this.#session.client, this.#life.row, request, this.#purpose("Looking for"));
  }

  /** A list may leave out what only a fetch shows (a Flow's definition). */
  async #whole(listed: JsonMap, id: string, wanted: ValueMap): Promise<JsonMap | undefined> {
    const isWhole = this.#life.row.inputs.every(
      ({ name, property }) =>
        property === null ||
        valueAt(wanted, inputPath(name)) === undefined ||
        (listed[property.split(".")[0] ?? ""] ?? null) !== null,
    );
    return isWhole ? listed : this.#life.fetch(this.#session, id, wanted);
  }

  #isSame(body: JsonMap, wanted: ValueMap): boolean {
    return this.#life.isMadeOf(body, wanted);
  }

  /** Whether something may have been made of which nobody knows: it has no name that only one can have, nor a new parent. */
  #isWorthALook(): boolean {
    if (
      !this.#life.looksForTwins ||
      this.#session.settings.expectTwins ||
      uniqueInputs.some((name) => this.#inputs[name] !== undefined)
    ) {
      return false;
    }
    const parents = Object.values(this.#life.path(this.#session, this.#inputs));
    return this.#isListed() && !parents.some((sid) => this.#session.client.hasMade(sid));
  }

  /** The one look-up on a machine that does not know what others began: an equal thing is no reason to make another. */
  async #refuseTwin(): Promise<void> {
    for (const listed of await this.#session.once(this.#attempt.parent, () => this.#firstPage())) {
      const id = this.#life.idOf(listed, this.#inputs);
      if (this.#session.journal.isClaimed(id, this.#session.urn) || this.#session.client.hasMade(id)) {
        continue;
      }
      if (!this.#isSame(listed, this.#shownIn(listed))) continue;
      const whole = await this.#whole(listed, id, this.#inputs);
      if (whole === undefined || !this.#isSame(whole, this.#inputs)) continue;
      throw new ProviderError("create-elsewhere", wordsOf(this.#place, whole));
    }
  }

  /** The inputs of which an entry of a list shows something. */
  #shownIn(listed: JsonMap): ValueMap {
    const hidden = this.#life.row.inputs.filter(
      ({ property }) => property === null || (listed[property.split(".")[0] ?? ""] ?? null) === null,
    );
    const names = new Set(hidden.map(({ name }) => inputPath(name)[0]));
    return Object.fromEntries(Object.entries(this.#inputs).filter(([name]) => !names.has(name)));
  }

  async #firstPage(): Promise<JsonMap[]> {
    const entries: JsonMap[] = [];
    for await (const entry of this.#listed()) {
      entries.push(entry);
      if (entries.length >= (this.#life.row.list?.maxPageSize ?? 0)) break;
    }
    return entries;
  }

  get #place(): Place {
    return { life: this.#life, session: this.#session, inputs: this.#inputs };
  }

  #purpose(act: string) {
    return this.#life.purpose(this.#session, act);
  }
}

import { sidPattern, type Operation, type OperationName, type Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { fromPascal, inputPath } from "../shape/names.ts";
import { accountParent, outputName } from "../shape/row-to-shape.ts";
import type { Shape } from "../shape/shape.ts";
import { addressFaults } from "../translate/address-faults.ts";
import { inputsToChanges } from "../translate/diff.ts";
import { inputsToChecked, type Checked } from "../translate/inputs-to-checked.ts";
import {
  fillPath,
  inputsToCreate,
  inputsToUpdate,
  parentParameters,
  plainRequest,
  type PathParameters,
} from "../translate/inputs-to-request.ts";
import { responseToImported, responseToInputs, responseToOutputs } from "../translate/response-to-outputs.ts";
import { textAt } from "../values/place.ts";
import { unknown, type JsonMap, type ValueMap } from "../values/value.ts";
import { done, madeBy } from "./later.ts";
import { importIdToParts, singletonId } from "./import-id.ts";
import type { Difference, Lifecycle, Session, State } from "./lifecycle.ts";
import { entriesOf } from "./list-request.ts";
import { make } from "./make.ts";
import { keepsForever, reasonToStay, sayThatItStays } from "./retained.ts";
import { settled } from "./settled.ts";
import { shapeOf } from "./shapes.ts";

/** Inputs that only one resource of a kind can have in its parent: the old one is in the way of its replacement. */
export const uniqueInputs = ["uniqueName", "key", "address", "identity", "domainSuffix", "senderId"];

/** Outputs that every update changes. */
const changing = ["dateUpdated"];

/** The life of a plain resource, from its row alone. Resources with code of their own keep what of it fits them. */
export class PlainLifecycle implements Lifecycle {
  readonly row: Resource;
  readonly shape: Shape;

  constructor(row: Resource, shape: Shape = shapeOf(row)) {
    this.row = row;
    this.shape = shape;
  }

  async check(inputs: ValueMap, _warn: (message: string) => void): Promise<Checked> {
    const checked = inputsToChecked(this.shape.inputs, inputs, this.row.token);
    const addresses = checked.failures.length === 0 ? addressFaults(this.row.token, checked.inputs) : [];
    return { ...checked, failures: [...checked.failures, ...addresses] };
  }

  diff(state: State, inputs: ValueMap): Difference {
    const changes = inputsToChanges(this.shape.inputs, state.inputs, inputs);
    const parents = this.row.parents.map(({ name }) => fromPascal(name));
    const changed = new Set(changes.map(({ path }) => path[0]));
    const stays = (name: string) => inputs[name] !== undefined && !changed.has(name);
    const samePlace = !parents.some((name) => changed.has(name));
    const goesFirst = samePlace && uniqueInputs.some(stays) && !keepsForever(this.row.token);
    return { changes, deleteBeforeReplace: goesFirst };
  }

  previewCreate(inputs: ValueMap): ValueMap {
    const computed = this.shape.outputs.filter(({ name }) => inputs[name] === undefined);
    const optional = new Set(this.shape.inputs.map(({ name }) => name));
    return {
      ...inputs,
      ...Object.fromEntries(
        computed.filter(({ name }) => !optional.has(name)).map(({ name }) => [name, unknown]),
      ),
    };
  }

  async create(session: Session, inputs: ValueMap): Promise<{ id: string; outputs: ValueMap }> {
    const operation = this.row.operations.create;
    // What exists without being created is taken as it is and changed to what the program says.
    if (operation === undefined) return this.#adopt(session, inputs);
    await session.beforeWrite({ inputs });
    return make(
      this,
      session,
      inputs,
      inputsToCreate(this.row, operation, inputs, this.path(session, inputs)),
    );
  }

  /** Whether an equal one that nobody here knows of is looked for before another is made. */
  get looksForTwins(): boolean {
    return true;
  }

  /** Whether what Twilio shows is what these inputs make: equal in every input that is shown. */
  isMadeOf(body: JsonMap, inputs: ValueMap): boolean {
    const shown = responseToInputs(this.row, this.shown(body), inputs);
    return this.diff({ id: "", inputs: shown, outputs: {} }, inputs).changes.length === 0;
  }

  async read(session: Session, state: State): Promise<State | undefined> {
    const isImport = Object.keys(state.inputs).length === 0;
    const { id, parents } = isImport ? importIdToParts(this.row, state.id) : { id: state.id, parents: {} };
    const { fetch, list } = this.row.operations;
    // What nothing shows again (an attachment of one thing to another) is what the state says.
    if (fetch === undefined && list === undefined) {
      return isImport ? { id, inputs: parents, outputs: parents } : state;
    }
    const known = isImport ? parents : { ...state.outputs, ...state.inputs };
    const body = await settled(session, state.outputs, () => this.fetch(session, id, known));
    if (body === undefined) return undefined;
    const inputs = isImport
      ? responseToImported(this.row, this.shown(body), parents)
      : responseToInputs(this.row, this.shown(body), state.inputs);
    return {
      id: isImport ? this.#importedId(body, inputs, id) : this.#called({ ...known, ...inputs }, id),
      inputs,
      outputs: { ...this.outputs(body, inputs), ...this.shownOnce(state) },
    };
  }

  previewUpdate(state: State, inputs: ValueMap): ValueMap {
    if (this.diff(state, inputs).changes.length === 0) return state.outputs;
    const old = Object.fromEntries(
      Object.entries(state.outputs).filter(([name]) => !(name in state.inputs) && !changing.includes(name)),
    );
    const renewed = changing.filter((name) => name in state.outputs).map((name) => [name, unknown] as const);
    return { ...old, ...Object.fromEntries(renewed), ...inputs };
  }

  async update(session: Session, state: State, inputs: ValueMap): Promise<ValueMap> {
    const operation = this.row.operations.update;
    const path = this.path(session, { ...state.outputs, ...inputs }, state.id);
    const request = operation && inputsToUpdate(this.row, operation, state.inputs, inputs, path);
    if (request === undefined) return { ...state.outputs, ...inputs };
    await session.beforeWrite({ inputs, before: state.inputs });
    const answer = await session.client.send(request, {
      ...this.purpose(session, "Updating"),
      repeatable: true,
    });
    const body = await this.settledBody(
      session,
      answer,
      { ...state.outputs, ...inputs },
      "Updating",
      state.id,
    );
    return { ...this.outputs(body, inputs), ...this.shownOnce(state) };
  }

  async delete(session: Session, state: State): Promise<void> {
    const operation = this.row.operations.delete;
    if (operation === undefined || (await this.stays(session, state))) return;
    const path = this.path(session, { ...state.outputs, ...state.inputs }, state.id);
    const answer = await orGone(
      session.client.send(plainRequest(this.row, operation, path), this.purpose(session, "Deleting")),
    );
    const { later } = this.row;
    if (answer !== undefined && later !== undefined) await done(this, later, session, answer, "Deleting");
  }

  /**
   * The resource as it is after a write: what the answer shows, or, where Twilio answers before it is done, what a
   * fetch shows then.
   *
   * @param id what it is called; without it, what the finished operation says was made
   */
  async settledBody(
    session: Session,
    answer: JsonMap,
    known: ValueMap,
    act: string,
    id?: string,
  ): Promise<JsonMap> {
    const { later } = this.row;
    if (later === undefined) return answer;
    const operation = await done(this, later, session, answer, act);
    const called = id ?? madeBy(this.row, operation) ?? madeBy(this.row, answer);
    if (called === undefined) return operation;
    session.client.made(called);
    return (await this.fetch(session, called, known)) ?? operation;
  }

  /** Whether it stays at Twilio though the stack lets go of it; that is said. */
  async stays(session: Session, state: State): Promise<boolean> {
    const reason = await reasonToStay(session, this.row, state);
    if (reason !== undefined) sayThatItStays(session, this.row, state, reason);
    return reason !== undefined;
  }

  /** The resource as Twilio shows it; undefined when it is gone. */
  async fetch(session: Session, id: string, known: ValueMap): Promise<JsonMap | undefined> {
    const { fetch, list } = this.row.operations;
    const purpose = this.purpose(session, "Reading");
    if (fetch !== undefined) {
      return orGone(
        session.client.send(plainRequest(this.row, fetch, this.path(session, known, id)), purpose),
      );
    }
    if (list === undefined || this.row.list === null) return undefined;
    const request = plainRequest(this.row, list, this.path(session, known));
    for await (const entry of entriesOf(session.client, this.row, request, purpose)) {
      if (this.idOf(entry, known) === id) return entry;
    }
    return undefined;
  }

  /** A response as the program's inputs are written, where Twilio shows them in another form. */
  shown(body: JsonMap): JsonMap {
    return body;
  }

  /** Wire response → outputs. */
  outputs(body: JsonMap, inputs: ValueMap): ValueMap {
    return responseToOutputs(this.row, this.shape, this.shown(body), inputs);
  }

  /** What Twilio showed when it was created and shows no more: the secret of a key. */
  protected shownOnce({ outputs }: State): ValueMap {
    const names = (this.row.shownOnce ?? []).map(outputName);
    return Object.fromEntries(Object.entries(outputs).filter(([name]) => names.includes(name)));
  }

  /** The path parameters of a call: parents from what is known, the account from the configuration. */
  path(session: Session, values: ValueMap, id?: string): PathParameters {
    const parents = parentParameters(this.row, values);
    const account = parents[accountParent] === "" ? { [accountParent]: session.accountSid() } : {};
    const { idParameter } = this.row;
    const own = idParameter === null || id === undefined ? {} : { [idParameter]: this.#called(values, id) };
    return { ...parents, ...account, ...own };
  }

  /**
   * What a path calls it: its id; where that is a SID and paths go by something else (an Entity's identity), what it
   * shows there. Such ids are in states of earlier versions.
   */
  #called(values: ValueMap, id: string): string {
    const { idProperty, sidPrefix } = this.row;
    if (idProperty === null || idProperty === "sid" || sidPrefix === null) return id;
    const name = textAt(values, outputName(idProperty));
    return name !== "" && sidPattern(sidPrefix).test(id) ? name : id;
  }

  purpose(session: Session, act: string, advice?: string) {
    const name = session.urn.split("::").at(-1) ?? "";
    return {
      what: `${act} ${this.row.token} "${name}"`,
      signal: session.signal,
      deadline: session.deadline,
      property: (sent: string) => inputPath(sent).join("."),
      ...(advice !== undefined && { advice }),
    };
  }

  operation(name: OperationName): Operation {
    const operation = this.row.operations[name];
    if (operation === undefined) {
      throw new ProviderError("unexpected", { reason: `${this.row.token} has no ${name}` });
    }
    return operation;
  }

  idOf(body: JsonMap, inputs: ValueMap): string {
    if (this.row.idParameter === null) {
      const parent = this.row.parents.filter(({ name }) => name !== accountParent).at(-1);
      const value = parent === undefined ? undefined : inputs[fromPascal(parent.name)];
      return typeof value === "string" ? value : singletonId(this.row);
    }
    const named = body[this.row.idProperty ?? "sid"];
    return typeof named === "string" || typeof named === "number" ? String(named) : singletonId(this.row);
  }

  /** A SID where somebody imports by a unique name; what was asked for where the answer does not say what it is called. */
  #importedId(body: JsonMap, inputs: ValueMap, asked: string): string {
    const named = this.idOf(body, inputs);
    return this.row.idParameter !== null && named === singletonId(this.row) ? asked : named;
  }

  /** What to do when nobody knows whether a create was done. */
  lostAdvice(inputs: ValueMap): string {
    const path =
      this.row.collectionPath === null
        ? ""
        : fillPath(this.row.collectionPath, parentParameters(this.row, inputs));
    return `Look at https://${this.row.host}${path}: if it is there, take it over with \`pulumi import ${this.row.token} <name> <id>\`; if not, run \`pulumi up\` again.`;
  }

  /** What exists without being created: as it is, changed to what the program says. */
  async #adopt(session: Session, inputs: ValueMap): Promise<{ id: string; outputs: ValueMap }> {
    const id = this.idOf({}, inputs);
    const parents = this.row.parents.map(({ name }) => fromPascal(name));
    const nothing = Object.fromEntries(Object.entries(inputs).filter(([name]) => parents.includes(name)));
    if (Object.keys(inputs).length > Object.keys(nothing).length) {
      return { id, outputs: await this.update(session, { id, inputs: nothing, outputs: {} }, inputs) };
    }
    const body = await this.fetch(session, id, inputs);
    return { id, outputs: this.outputs(body ?? {}, inputs) };
  }
}

/** The answer, or undefined where Twilio says 404. */
export async function orGone(answer: Promise<JsonMap>): Promise<JsonMap | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ProviderError && error.code === "not-found") return undefined;
    throw error;
  }
}

import {
  checkConfiguration,
  configurationFields,
  readConfiguration,
  type Configuration,
  type Environment,
} from "./configuration/configuration.ts";
import {
  deployedAt,
  deployingAt,
  findStack,
  isAnotherLocal,
  moveSwitch,
  placeFault,
  placeToRecord,
  recordedKey,
  resetReason,
} from "./configuration/deployed-at.ts";
import { Preflight } from "./configuration/preflight.ts";
import {
  credentialsOf,
  isCredential,
  recordable,
  stackConfig,
  withCurrentCredentials,
} from "./configuration/stack-credentials.ts";
import { deadlineOf } from "./deadline.ts";
import { EnvironmentRoom } from "./environment-room.ts";
import { resource } from "@support-line/twilio-api";
import { HalfCreated, ProviderError } from "./errors.ts";
import { comparable } from "./journal/comparable.ts";
import { journalFolder } from "./journal/folder.ts";
import { Journal } from "./journal/journal.ts";
import type { KnownResource, Line } from "./left-behind.ts";
import { Once } from "./once.ts";
import { RefreshGuard } from "./refresh-guard.ts";
import { RunEnd } from "./run-end.ts";
import { StackSeen } from "./stack-seen.ts";
import { TwilioClient, type ClientOptions } from "./http/client.ts";
import { lifecycle } from "./lifecycles/lifecycles.ts";
import type { Difference, Lifecycle, Session, Settings, State } from "./lifecycles/lifecycle.ts";
import { inputsToChanges, type Change } from "./translate/diff.ts";
import { canonical, sameMeaning } from "./translate/meaning.ts";
import type { Checked } from "./translate/inputs-to-checked.ts";
import { parentsIn } from "./translate/inputs-to-request.ts";
import { inputsToToday } from "./translate/inputs-to-today.ts";
import { textAt } from "./values/place.ts";
import { reveal, Unknown, type ValueMap } from "./values/value.ts";

/** Where the provider says things to the person at the engine. */
export interface Logger {
  /** `status` shows in the progress line of a resource and goes; `warning` stays. */
  say(urn: string, kind: "status" | "warning", message: string): void;
}

/** A resource the engine talks about. */
export interface Target {
  readonly urn: string;
  readonly token: string;
}

/** How patient the provider is with Twilio. */
export type ProviderOptions = Pick<ClientOptions, "policy" | "concurrency" | "isWanted"> & {
  /** Where journals of creates are kept; without it they are forgotten with the process. */
  readonly journals?: (configured: string | undefined) => string;
  /** What is deployed, in the words of its Git commit. */
  readonly commit?: () => Promise<string | undefined>;
  /** Whether whoever calls Pulumi looks after what dead deployments left, once one has ended well. */
  readonly isCleaned?: boolean;
};

interface Configured {
  readonly configuration: Configuration;
  readonly client: TwilioClient;
  readonly preflight: Preflight;
  readonly guard: RefreshGuard;
  readonly settings: Settings;
  /** Whether the local Twilio is another than the one that was deployed to: nothing of the state is there. */
  readonly isAnother: boolean;
}

/** Whether a local Twilio that was reset gets the stack anew: nothing of it is worth keeping, or somebody says so once. */
const mayBeMadeAnew = ({ deletable, allowEmptyRefresh }: Configuration): boolean =>
  allowEmptyRefresh || isThrowAway(deletable);

/** Nothing of such a stack is worth keeping. */
const isThrowAway = (deletable: readonly string[]): boolean => deletable.includes("*");

/** Fields that a change of configuration is said by; credentials are no part of what a stack is. */
const comparedFields = configurationFields.filter(({ name }) => !isCredential(name));

/** The provider behind its protocol: what the engine asks, on values. */
export class Provider {
  readonly #environment: Environment;
  readonly #logger: Logger;
  readonly #options: ProviderOptions;
  readonly #stop = new AbortController();
  #configured: Configured | undefined;
  /** Whether the configuration names other numbers than the last deployment's did; so it is when nobody knows. */
  #numbersAreNew = true;
  #stackIsNew = false;
  /** Credentials that the program gave and that are not recorded; undefined when the engine knows no program. */
  #given: ValueMap | undefined;
  #journal: Journal | undefined;
  readonly #seen = new StackSeen();
  readonly #room = new EnvironmentRoom();
  readonly #once = new Once();
  readonly #end = new RunEnd();

  constructor(environment: Environment, logger: Logger, options: ProviderOptions = {}) {
    this.#environment = environment;
    this.#logger = logger;
    this.#options = options;
  }

  /** @param olds configuration of the last deployment; empty when there was none */
  async checkConfig(olds: ValueMap, news: ValueMap): Promise<Checked> {
    // An import hands what is recorded back to us; where we deploy is found out anew.
    const given = Object.fromEntries(Object.entries(news).filter(([name]) => name !== recordedKey));
    const checked = checkConfiguration(given, this.#environment);
    const changes = inputsToChanges(comparedFields, olds, checked.inputs);
    this.#stackIsNew = Object.keys(olds).length === 0;
    this.#numbersAreNew = changes.some(({ path }) => path[0] === "phoneNumbers");
    this.#given = recordedKey in news ? undefined : credentialsOf(checked.inputs);
    return checked.failures.length > 0 ? checked : this.#checkPlace(olds, checked.inputs);
  }

  /** Refuses a place where the stack is not, and adds to what is recorded where it is. */
  async #checkPlace(olds: ValueMap, inputs: ValueMap): Promise<Checked> {
    const places = ["endpoint", "region", "edge"].map((name) => reveal(inputs[name] ?? null));
    const known = recordable(inputs, this.#environment);
    if (places.some((value) => value instanceof Unknown)) return { inputs: known, failures: [] };
    const configuration = readConfiguration(inputs, this.#environment);
    const { place } = configuration;
    const before = this.#isMoved(olds, inputs) ? undefined : deployedAt(olds, this.#environment);
    const now = await deployingAt(place);
    const fault =
      before &&
      (await placeFault(before, now, {
        isThrowAway: mayBeMadeAnew(configuration),
        environment: this.#environment,
      }));
    // One that does not answer just now is still the one that it was.
    const identity = now.identity ?? (before?.endpoint === now.endpoint ? before?.identity : undefined);
    return {
      inputs: { ...known, [recordedKey]: placeToRecord({ ...now, identity }) },
      failures: fault === undefined ? [] : [fault],
    };
  }

  #isMoved(olds: ValueMap, news: ValueMap): boolean {
    const account = (inputs: ValueMap) =>
      inputs["accountSid"] ?? this.#environment["TWILIO_ACCOUNT_SID"] ?? null;
    return !sameMeaning(account(olds), account(news), { kind: "json" });
  }

  /** Another account is another world, and so is a local Twilio that was reset: what is in the state does not exist there. */
  diffConfig(olds: ValueMap, news: ValueMap): Difference {
    const isMoved = this.#isMoved(olds, news);
    const changes: Change[] = inputsToChanges(comparedFields, olds, news).map((change) => ({
      ...change,
      replaces: change.path[0] === "accountSid" && isMoved,
    }));
    const [before, now] = [olds, news].map((inputs) => deployedAt(inputs, this.#environment));
    if (isAnotherLocal(before, now) && this.#environment[moveSwitch] !== "true") {
      changes.push({ path: [recordedKey, "identity"], kind: "update", replaces: true });
    }
    return { changes, deleteBeforeReplace: false };
  }

  async configure(given: ValueMap): Promise<void> {
    const { [recordedKey]: recorded, ...said } =
      this.#given === undefined
        ? withCurrentCredentials(given, this.#environment)
        : { ...this.#given, ...given };
    const configuration = readConfiguration(said, this.#environment);
    const { credentials } = configuration;
    // Without a program this is the configuration of the last deployment.
    const before =
      this.#given === undefined && recorded !== undefined ? deployedAt(given, this.#environment) : undefined;
    const { place, isAnother } =
      before === undefined
        ? { place: configuration.place, isAnother: false }
        : await findStack(before, stackConfig(this.#environment)["endpoint"], this.#environment);
    const { policy, concurrency, isWanted, commit } = this.#options;
    const client = new TwilioClient({
      place,
      credentials,
      ...(policy && { policy }),
      ...(concurrency !== undefined && { concurrency }),
      ...(isWanted && { isWanted }),
    });
    const preflight = new Preflight(configuration, client, this.#numbersAreNew, this.#stop.signal);
    const isUnknownLocal = configuration.place.endpoint !== undefined && recorded === undefined;
    const guard = new RefreshGuard(
      configuration.allowEmptyRefresh || (isUnknownLocal && isThrowAway(configuration.deletable)),
    );
    const settings = { ...configuration, commit: commit ?? (async () => undefined) };
    this.#configured = {
      configuration: { ...configuration, place },
      client,
      preflight,
      guard,
      settings,
      isAnother,
    };
  }

  /** @param olds inputs of the last deployment; empty when the engine has none */
  async check({ token, urn }: Target, inputs: ValueMap, olds: ValueMap = {}): Promise<Checked> {
    const life = await lifecycle(token);
    const entry = this.#journalOf(urn)?.left(urn);
    // Something was made of just these inputs and the engine has it in its state.
    if (entry?.id !== undefined && canonical(comparable(olds)) === canonical(entry.inputs)) {
      this.#journalOf(urn)?.close(urn);
    }
    const checked = await life.check(inputs, (message) => this.#logger.say(urn, "warning", message));
    this.#seen.declared(token, urn, checked.inputs);
    const tooMuch = this.#room.check({ token, urn }, checked.inputs);
    const failures = [...checked.failures, ...tooMuch];
    if (failures.length > 0) this.#end.fails();
    return { ...checked, failures };
  }

  async diff({ token, urn }: Target, state: State, inputs: ValueMap): Promise<Difference> {
    this.#recorded({ urn, token }, state);
    this.#seen.known(token, urn, state, inputs);
    const life = await lifecycle(token);
    return life.diff(today(life, state), inputs);
  }

  async create(
    target: Target,
    inputs: ValueMap,
    preview: boolean,
    seconds = 0,
  ): Promise<{ id: string; outputs: ValueMap }> {
    const life = await lifecycle(target.token);
    if (preview) {
      this.#end.foresees(target.urn);
      return { id: "", outputs: life.previewCreate(inputs) };
    }
    const made = await life.create(this.#session(target, seconds), inputs).catch((error: unknown) => {
      // Of what came to half an end the engine keeps the id; of everything else it hears of no id.
      if (!(error instanceof HalfCreated)) this.#journal?.withheld(target.urn);
      throw error;
    });
    this.#seen.made(target.token, target.urn, made.id, made.outputs);
    return made;
  }

  async read(target: Target, state: State): Promise<State | undefined> {
    const life = await lifecycle(target.token);
    const session = this.#session(target);
    this.#recorded(target, state);
    const isImport = Object.keys(state.inputs).length === 0;
    if (isImport) return life.read(session, state);
    if (this.#configuredFor(target.token).isAnother) return this.#goneWithTwilio();
    const known = today(life, state);
    return this.#configuredFor(target.token).guard.watch(() => life.read(session, known));
  }

  async update(
    target: Target,
    state: State,
    inputs: ValueMap,
    preview: boolean,
    seconds = 0,
  ): Promise<ValueMap> {
    const life = await lifecycle(target.token);
    const known = today(life, state);
    if (preview) {
      if (this.#configured !== undefined) await life.foresee?.(this.#session(target), known, inputs);
      return life.previewUpdate(known, inputs);
    }
    const session = this.#session(target, seconds);
    this.#recorded(target, state);
    return life.update(session, known, inputs);
  }

  /** What was at a local Twilio that was reset. */
  #goneWithTwilio(): undefined {
    const { configuration } = this.#configuredFor("a read");
    if (mayBeMadeAnew(configuration)) return undefined;
    const reason = resetReason(configuration.place.endpoint ?? "");
    throw new ProviderError("configuration-invalid", { reason });
  }

  async delete(target: Target, state: State, seconds = 0): Promise<void> {
    if (this.#configuredFor(target.token).isAnother) return;
    const session = this.#session(target, seconds);
    this.#recorded(target, state);
    await (await lifecycle(target.token)).delete(session, state);
  }

  /** A function of the program: looks something up, changes nothing. */
  async invoke(token: string, args: ValueMap): Promise<ValueMap> {
    const { lookUp } = await import("./lookups/lookups.ts");
    return lookUp(this.#session({ urn: token, token }), token, args);
  }

  /** The engine has it in its state. */
  #recorded({ urn, token }: Target, { id, inputs, outputs }: State): void {
    const known = { ...outputs, ...inputs };
    this.#journalOf(urn)?.recorded(urn, id, ({ parent }) => {
      const row = resource(token);
      const parents = row === undefined ? [] : Object.entries(parentsIn(row, parent));
      return parents.every(([name, value]) => textAt(known, name) === value);
    });
  }

  /** The engine ended as it should: it recorded every answer it was given. */
  settle(): void {
    this.#journal?.settle();
  }

  /** Starts nothing more; waits end, requests under way are finished. */
  cancel(): void {
    this.#stop.abort(new ProviderError("cancelled", { what: "What was going on" }));
  }

  /** A call of the engine's about a resource. */
  during<Answer>(call: () => Answer | Promise<Answer>): Promise<Answer> {
    return this.#end.during(call);
  }

  /** At the end of a run: warns of what dead deployments left, and of which this run did not speak. */
  async nameLeft(): Promise<void> {
    const journal = this.#journal;
    if (journal === undefined) return;
    const session = (target: Target) => this.#session(target);
    for (const { urn, text } of await this.#end.left(journal, session, this.#options.isCleaned === true)) {
      this.#logger.say(urn, "warning", text);
    }
  }

  /**
   * Deletes or names what dead deployments left of a stack, outside of any run of the engine.
   *
   * @param stack a URN of the stack, what its state has, and when the deployment that has ended well began
   */
  async settleLeft(stack: {
    readonly urn: string;
    readonly known: readonly KnownResource[];
    readonly began: number;
  }): Promise<Line[]> {
    const journal = this.#journalOf(stack.urn);
    if (journal === undefined) return [];
    const { settleLeft } = await import("./left-behind.ts");
    return settleLeft({ journal, ...stack, session: (entry) => this.#session(entry) });
  }

  /** @param seconds how long it may take (`customTimeouts`); 0 for as long as it takes */
  #session({ urn, token }: Target, seconds = 0): Session {
    const { configuration, client, preflight, settings } = this.#configuredFor(token);
    const deadline = seconds > 0 ? deadlineOf(urn, seconds) : undefined;
    const stop = this.#stop.signal;
    return {
      client,
      urn,
      signal: deadline === undefined ? stop : AbortSignal.any([stop, deadline]),
      ...(deadline && { deadline }),
      journal: this.#journalOf(urn) ?? new Journal(null),
      stackIsNew: this.#stackIsNew,
      settings,
      accountSid: configuration.accountSid,
      seen: this.#seen,
      once: this.#once.look,
      beforeWrite: (write) => preflight.before(write),
      progress: (message) => this.#logger.say(urn, "status", message),
      warn: (message) => this.#logger.say(urn, "warning", message),
    };
  }

  /** The journal of the stack that a resource is of; undefined while there is no account that it could be of. */
  #journalOf(urn: string): Journal | undefined {
    if (this.#journal !== undefined || this.#configured === undefined) return this.#journal;
    const { configuration } = this.#configured;
    let accountSid: string;
    try {
      accountSid = configuration.accountSid();
    } catch {
      return undefined;
    }
    const root = this.#options.journals?.(configuration.journal);
    const folder =
      root === undefined ? null : journalFolder(root, { urn, accountSid, place: configuration.place });
    return (this.#journal = new Journal(folder));
  }

  #configuredFor(what: string): Configured {
    if (this.#configured === undefined) throw new ProviderError("unconfigured", { what });
    return this.#configured;
  }
}

/** A state, whoever wrote it, with its inputs as they are written today. */
function today({ shape }: Lifecycle, state: State): State {
  return { ...state, inputs: inputsToToday(shape.inputs, state.inputs) };
}

import {
  checkConfiguration,
  configurationFields,
  readConfiguration,
  type Configuration,
  type Environment,
} from "./configuration/configuration.ts";
import { Preflight } from "./configuration/preflight.ts";
import { ProviderError } from "./errors.ts";
import { TwilioClient, type ClientOptions } from "./http/client.ts";
import { lifecycle } from "./lifecycles/lifecycles.ts";
import type { Difference, Session, State } from "./lifecycles/lifecycle.ts";
import { inputsToChanges, type Change } from "./translate/diff.ts";
import { sameMeaning } from "./translate/meaning.ts";
import type { Checked } from "./translate/inputs-to-checked.ts";
import type { ValueMap } from "./values/value.ts";

/** Where the provider says things to the person at the engine. */
export interface Voice {
  /** `status` shows in the progress line of a resource and goes; `warning` stays. */
  say(urn: string, kind: "status" | "warning", message: string): void;
}

/** A resource the engine talks about. */
export interface Target {
  readonly urn: string;
  readonly token: string;
}

/** How patient the provider is with Twilio. */
export type ProviderOptions = Pick<ClientOptions, "policy" | "concurrency">;

interface Configured {
  readonly configuration: Configuration;
  readonly client: TwilioClient;
  readonly preflight: Preflight;
}

/** The provider behind its protocol: what the engine asks, on values. */
export class Provider {
  readonly #environment: Environment;
  readonly #voice: Voice;
  readonly #options: ProviderOptions;
  readonly #stop = new AbortController();
  #configured: Configured | undefined;
  /** Whether the configuration names other numbers than the last deployment's did; so it is when nobody knows. */
  #numbersAreNew = true;

  constructor(environment: Environment, voice: Voice, options: ProviderOptions = {}) {
    this.#environment = environment;
    this.#voice = voice;
    this.#options = options;
  }

  /** @param olds configuration of the last deployment; empty when there was none */
  checkConfig(olds: ValueMap, news: ValueMap): Checked {
    const checked = checkConfiguration(news, this.#environment);
    const changes = inputsToChanges(configurationFields, olds, checked.inputs);
    this.#numbersAreNew = changes.some(({ path }) => path[0] === "phoneNumbers");
    return checked;
  }

  /** Another account is another world: what is in the state does not exist there. */
  diffConfig(olds: ValueMap, news: ValueMap): Difference {
    const account = (inputs: ValueMap) =>
      inputs["accountSid"] ?? this.#environment["TWILIO_ACCOUNT_SID"] ?? null;
    const changes = inputsToChanges(configurationFields, olds, news);
    const moved = !sameMeaning(account(olds), account(news), { kind: "json" });
    const replaces = (path: Change["path"]) => path[0] === "accountSid" && moved;
    return {
      changes: changes.map((change) => ({ ...change, replaces: replaces(change.path) })),
      deleteBeforeReplace: false,
    };
  }

  configure(inputs: ValueMap): void {
    const configuration = readConfiguration(inputs, this.#environment);
    const { place, credentials } = configuration;
    const client = new TwilioClient({ place, credentials, ...this.#options });
    const preflight = new Preflight(configuration, client, this.#numbersAreNew, this.#stop.signal);
    this.#configured = { configuration, client, preflight };
  }

  async check({ token, urn }: Target, inputs: ValueMap): Promise<Checked> {
    return (await lifecycle(token)).check(inputs, (message) => this.#voice.say(urn, "warning", message));
  }

  async diff({ token }: Target, state: State, inputs: ValueMap): Promise<Difference> {
    return (await lifecycle(token)).diff(state, inputs);
  }

  async create(
    target: Target,
    inputs: ValueMap,
    preview: boolean,
  ): Promise<{ id: string; outputs: ValueMap }> {
    const life = await lifecycle(target.token);
    if (preview) return { id: "", outputs: life.previewCreate(inputs) };
    return life.create(this.#session(target), inputs);
  }

  async read(target: Target, state: State): Promise<State | undefined> {
    return (await lifecycle(target.token)).read(this.#session(target), state);
  }

  async update(target: Target, state: State, inputs: ValueMap, preview: boolean): Promise<ValueMap> {
    const life = await lifecycle(target.token);
    return preview ? life.previewUpdate(state, inputs) : life.update(this.#session(target), state, inputs);
  }

  async delete(target: Target, state: State): Promise<void> {
    await (await lifecycle(target.token)).delete(this.#session(target), state);
  }

  /** Starts nothing more; waits end, requests under way are finished. */
  cancel(): void {
    this.#stop.abort(new ProviderError("cancelled", { what: "What was going on" }));
  }

  #session({ urn, token }: Target): Session {
    const { configuration, client, preflight } = this.#configuredFor(token);
    return {
      client,
      urn,
      signal: this.#stop.signal,
      accountSid: configuration.accountSid,
      beforeWrite: (write) => preflight.before(write),
      progress: (message) => this.#voice.say(urn, "status", message),
      warn: (message) => this.#voice.say(urn, "warning", message),
    };
  }

  #configuredFor(what: string): Configured {
    if (this.#configured === undefined) throw new ProviderError("unconfigured", { what });
    return this.#configured;
  }
}

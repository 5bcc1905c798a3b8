import { credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { serve, type Serving } from "../rpc/serve.ts";
import type { ProviderOptions } from "../provider.ts";
import { structToValues, valuesToStruct } from "../rpc/struct.ts";
import type { ValueMap } from "../values/value.ts";
import type { HeardLog } from "./engine-log.ts";
import type { PlayedTwilio } from "./played-twilio.ts";

export { HeardLog } from "./engine-log.ts";
export { Asset, Secret } from "../values/value.ts";

export const accountSid = "AC00000000000000000000000000000001";

/** A resource as the engine remembers it between calls. */
export interface Remembered {
  readonly id: string;
  readonly inputs: ValueMap;
  readonly outputs: ValueMap;
}

export interface Difference {
  readonly changes: "none" | "some" | "unknown";
  readonly replaces: readonly string[];
  readonly detailed: Readonly<Record<string, string>>;
  readonly deleteBeforeReplace: boolean;
}

const policy = { attempts: 4, firstWaitMs: 1, longestWaitMs: 5, settleMs: 150 };

/** How the provider is started: its own options, and the log that it says things to. */
export type EngineOptions = ProviderOptions & { readonly log?: HeardLog };

/** Drives the provider as Pulumi's engine does: over real gRPC, with the messages of its protocol. */
export class Engine {
  readonly client: services.ResourceProviderClient;
  readonly #serving: Serving;

  private constructor(serving: Serving) {
    this.#serving = serving;
    this.client = new services.ResourceProviderClient(
      `127.0.0.1:${serving.port}`,
      credentials.createInsecure(),
    );
  }

  /** A provider that has not been configured. */
  static async start(
    environment: Readonly<Record<string, string>> = {},
    options: EngineOptions = {},
  ): Promise<Engine> {
    const { log, ...more } = options;
    return new Engine(await serve(environment, log?.address, { policy, ...more }));
  }

  /** A provider that runs already, in a process of its own. */
  static to(port: number): Engine {
    return new Engine({ port, close: async () => undefined });
  }

  /**
   * A provider at the service of a played Twilio.
   *
   * @param olds configuration of the last deployment; none where there was none
   */
  static async at(
    twilio: Pick<PlayedTwilio, "endpoint">,
    more: ValueMap = {},
    options: EngineOptions = {},
    olds: ValueMap = {},
  ): Promise<Engine> {
    const engine = await Engine.start({}, options);
    const config = { accountSid, authToken: "token", endpoint: twilio.endpoint, ...more };
    await engine.checkConfig(config, olds);
    await engine.configure(config);
    return engine;
  }

  /** Ends the provider as the engine does: it has recorded every answer. */
  async end(): Promise<void> {
    this.client.close();
    await this.#serving.close(true);
  }

  async checkConfig(news: ValueMap, olds: ValueMap = {}) {
    const request = new proto.CheckRequest();
    request.setOlds(valuesToStruct(olds));
    request.setNews(valuesToStruct(news));
    return checked(await call<proto.CheckResponse>((done) => this.client.checkConfig(request, done)));
  }

  async diffConfig(olds: ValueMap, news: ValueMap): Promise<{ readonly replaces: readonly string[] }> {
    const request = new proto.DiffRequest();
    request.setOldInputs(valuesToStruct(olds));
    request.setNews(valuesToStruct(news));
    const answer = await call<proto.DiffResponse>((done) => this.client.diffConfig(request, done));
    return { replaces: answer.getReplacesList() };
  }

  async configure(config: ValueMap): Promise<void> {
    const request = new proto.ConfigureRequest();
    request.setArgs(valuesToStruct(config));
    await call((done) => this.client.configure(request, done));
  }

  async check(token: string, news: ValueMap, olds: ValueMap = {}, name?: string) {
    const request = new proto.CheckRequest();
    request.setUrn(urn(token, name));
    request.setOlds(valuesToStruct(olds));
    request.setNews(valuesToStruct(news));
    return checked(await call<proto.CheckResponse>((done) => this.client.check(request, done)));
  }

  async diff(token: string, old: Remembered, news: ValueMap, name?: string): Promise<Difference> {
    const request = new proto.DiffRequest();
    request.setUrn(urn(token, name));
    request.setId(old.id);
    request.setOlds(valuesToStruct(old.outputs));
    request.setOldInputs(valuesToStruct(old.inputs));
    request.setNews(valuesToStruct(news));
    const answer = await call<proto.DiffResponse>((done) => this.client.diff(request, done));
    const named = Object.entries(proto.PropertyDiff.Kind).map(
      ([name, kind]) => [Number(kind), name] as const,
    );
    const kinds = new Map(named);
    const detailed: Record<string, string> = {};
    answer
      .getDetaileddiffMap()
      .forEach((difference, path) => (detailed[path] = kinds.get(difference.getKind()) ?? ""));
    return {
      changes: (["unknown", "none", "some"] as const)[answer.getChanges()],
      replaces: answer.getReplacesList(),
      detailed,
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  }

  /** @param seconds of `customTimeouts` */
  async create(
    token: string,
    inputs: ValueMap,
    preview = false,
    name?: string,
    seconds = 0,
  ): Promise<Remembered> {
    const request = new proto.CreateRequest();
    request.setUrn(urn(token, name));
    request.setTimeout(seconds);
    request.setProperties(valuesToStruct(inputs));
    request.setPreview(preview);
    const answer = await call<proto.CreateResponse>((done) => this.client.create(request, done));
    return { id: answer.getId(), inputs, outputs: structToValues(answer.getProperties()) };
  }

  async update(
    token: string,
    old: Remembered,
    inputs: ValueMap,
    preview = false,
    name?: string,
  ): Promise<Remembered> {
    const request = new proto.UpdateRequest();
    request.setUrn(urn(token, name));
    request.setId(old.id);
    request.setOlds(valuesToStruct(old.outputs));
    request.setOldInputs(valuesToStruct(old.inputs));
    request.setNews(valuesToStruct(inputs));
    request.setPreview(preview);
    const answer = await call<proto.UpdateResponse>((done) => this.client.update(request, done));
    return { id: old.id, inputs, outputs: structToValues(answer.getProperties()) };
  }

  /** Undefined when the provider says that it is gone. */
  async read(
    token: string,
    old: Partial<Remembered> & { readonly id: string },
    name?: string,
  ): Promise<Remembered | undefined> {
    const request = new proto.ReadRequest();
    request.setUrn(urn(token, name));
    request.setId(old.id);
    if (old.outputs) request.setProperties(valuesToStruct(old.outputs));
    if (old.inputs) request.setInputs(valuesToStruct(old.inputs));
    const answer = await call<proto.ReadResponse>((done) => this.client.read(request, done));
    const [inputs, outputs] = [structToValues(answer.getInputs()), structToValues(answer.getProperties())];
    return answer.getId() === "" ? undefined : { id: answer.getId(), inputs, outputs };
  }

  async delete(token: string, old: Remembered, name?: string): Promise<void> {
    const request = new proto.DeleteRequest();
    request.setUrn(urn(token, name));
    request.setId(old.id);
    request.setProperties(valuesToStruct(old.outputs));
    request.setOldInputs(valuesToStruct(old.inputs));
    await call((done) => this.client.delete(request, done));
  }

  async invoke(token: string, args: ValueMap): Promise<ValueMap> {
    const request = new proto.InvokeRequest();
    request.setTok(token);
    request.setArgs(valuesToStruct(args));
    const answer = await call<proto.InvokeResponse>((done) => this.client.invoke(request, done));
    return structToValues(answer.getReturn());
  }

  async cancel(): Promise<void> {
    await call((done) => this.client.cancel(new empty.Empty(), done));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.close();
    await this.#serving.close();
  }
}

/** What a failed call came to: what the person reads, and what the engine keeps of a resource that is half there. */
export interface Failed {
  readonly message: string;
  readonly half?: { readonly id: string; readonly outputs: ValueMap };
}

/** The error of a call that must fail. */
export async function failure(answer: Promise<unknown>): Promise<Failed> {
  try {
    await answer;
  } catch (thrown) {
    return failureOf(thrown);
  }
  throw new Error("the call did not fail");
}

/** What a call was rejected with, as the engine takes it. */
export async function failureOf(thrown: unknown): Promise<Failed> {
  const error = thrown as ServiceError;
  if (!(error.metadata instanceof Metadata)) throw thrown;
  const [status] = error.metadata.get("grpc-status-details-bin");
  const half = status === undefined ? undefined : await initFailed(status as Buffer);
  return { message: error.details, ...(half && { half }) };
}

async function initFailed(bytes: Buffer) {
  const { default: statuses } = await import("@pulumi/pulumi/proto/status_pb.js");
  const [detail] = statuses.Status.deserializeBinary(bytes).getDetailsList();
  const failed = proto.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  return { id: failed.getId(), outputs: structToValues(failed.getProperties()) };
}

function urn(token: string, name = "it"): string {
  return `urn:pulumi:test::project::${token}::${name}`;
}

function call<Answer>(
  start: (done: (error: ServiceError | null, answer: Answer) => void) => unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    start((error, answer) => (error === null ? resolve(answer) : reject(error)));
  });
}

function checked(answer: proto.CheckResponse) {
  const failures = answer
    .getFailuresList()
    .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
  return { inputs: structToValues(answer.getInputs()), failures };
}

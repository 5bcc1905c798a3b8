import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type proto from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

/** One thing that a provider said to the person at the engine. */
export type Said = proto.LogRequest.AsObject;

interface Waiting {
  readonly isIt: (said: Said) => boolean;
  readonly resolve: (said: Said) => void;
}

/** The engine's log, as a provider sees it: over gRPC, at an address. What was said is kept. */
export class HeardLog {
  readonly said: Said[] = [];
  readonly #server = new Server();
  readonly #waiting: Waiting[] = [];
  #port = 0;

  static async start(): Promise<HeardLog> {
    const heard = new HeardLog();
    heard.#server.addService(services.EngineService, {
      log: (call: ServerUnaryCall<proto.LogRequest, empty.Empty>, answer: sendUnaryData<empty.Empty>) => {
        heard.#hear(call.request.toObject());
        answer(null, new empty.Empty());
      },
    });
    heard.#port = await new Promise<number>((resolve) => {
      heard.#server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_, at) => resolve(at));
    });
    return heard;
  }

  /** Where a provider says things. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** The first thing said of which that is so, now or later. */
  async heard(isIt: (said: Said) => boolean): Promise<Said> {
    const before = this.said.find(isIt);
    return before ?? new Promise((resolve) => this.#waiting.push({ isIt, resolve }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.forceShutdown();
  }

  #hear(said: Said): void {
    this.said.push(said);
    for (const { isIt, resolve } of this.#waiting) if (isIt(said)) resolve(said);
  }
}

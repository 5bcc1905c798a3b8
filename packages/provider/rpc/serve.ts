import { Server, ServerCredentials } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { Provider, type ProviderOptions } from "../provider.ts";
import type { Environment } from "../configuration/configuration.ts";
import { EngineLog } from "./engine-log.ts";
import { service } from "./service.ts";

/** The provider at a port of this machine. */
export interface Serving {
  readonly port: number;
  /**
   * Takes no more calls, lets those under way end, and is over.
   *
   * @param isRecorded whether the engine is known to have recorded every answer it was given
   */
  close(isRecorded?: boolean): Promise<void>;
}

/**
 * Serves the provider protocol on a free port of the loopback address.
 *
 * @param engineAddress where the engine listens, when it said so on the command line
 */
export async function serve(
  environment: Environment,
  engineAddress?: string,
  options: ProviderOptions = {},
): Promise<Serving> {
  const log = new EngineLog();
  log.connect(engineAddress ?? "");
  const provider = new Provider(environment, log, options);
  // A Flow, a Function or a state may be larger than gRPC's 4 MB; the engine's own limit is 400 MB.
  const limit = 400 * 1024 * 1024;
  const server = new Server({
    "grpc.max_receive_message_length": limit,
    "grpc.max_send_message_length": limit,
  });
  server.addService(services.ResourceProviderService, service(provider, log));
  const port = await new Promise<number>((resolve, reject) => {
    const bound = (error: Error | null, at: number) => (error === null ? resolve(at) : reject(error));
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), bound);
  });
  return {
    port,
    close: (isRecorded = false) =>
      new Promise((resolve) => {
        if (isRecorded) provider.settle();
        provider.cancel();
        server.tryShutdown(() => resolve());
      }),
  };
}

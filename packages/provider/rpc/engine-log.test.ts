import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type proto from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { expect, test } from "vitest";
import { EngineLog } from "./engine-log.ts";

test("a status is said for the moment and a warning to stay, each at its resource", async () => {
  const said: proto.LogRequest.AsObject[] = [];
  let twoSaid: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (twoSaid = resolve));
  const server = new Server();
  server.addService(services.EngineService, {
    log: (call: ServerUnaryCall<proto.LogRequest, empty.Empty>, answer: sendUnaryData<empty.Empty>) => {
      said.push(call.request.toObject());
      answer(null, new empty.Empty());
      if (said.length === 2) twoSaid();
    },
  });
  const port = await new Promise<number>((resolve) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_, at) => resolve(at));
  });
  const log = new EngineLog();
  log.say("urn:0", "status", "nobody is there yet");
  log.connect(`127.0.0.1:${port}`);
  log.say("urn:1", "status", "building, 3 s");
  log.say("urn:2", "warning", "kept");
  await done;
  server.forceShutdown();
  expect(said).toMatchObject([
    { urn: "urn:1", message: "building, 3 s", severity: 1, ephemeral: true },
    { urn: "urn:2", message: "kept", severity: 2, ephemeral: false },
  ]);
});

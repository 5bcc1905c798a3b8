/**
 * A provider that does nothing: it takes the place of `twilio` and answers the engine at once, so that what an `up`
 * of a thousand resources costs with it is Pulumi's own share.
 */
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

let made = 0;

/** Inputs as outputs, and the one output that other resources of the program name. */
function shown(inputs: struct.Struct | undefined, sid: string): struct.Struct {
  const outputs = inputs ?? new struct.Struct();
  outputs.getFieldsMap().set("sid", new struct.Value().setStringValue(sid));
  return outputs;
}

const checked = (request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews());

const nothing: UntypedServiceImplementation = {
  handshake: answered(() => new proto.ProviderHandshakeResponse().setAcceptSecrets(true)),
  attach: answered(() => new empty.Empty()),
  getPluginInfo: answered(() => new plugin.PluginInfo().setVersion("0.0.0")),
  checkConfig: answered(checked),
  diffConfig: answered(() => new proto.DiffResponse()),
  configure: answered(() => new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true)),
  check: answered(checked),
  diff: answered(() => new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE)),
  create: answered((request: proto.CreateRequest) => {
    if (request.getPreview()) return new proto.CreateResponse().setProperties(request.getProperties());
    const id = `id-${++made}`;
    return new proto.CreateResponse().setId(id).setProperties(shown(request.getProperties(), id));
  }),
  read: answered((request: proto.ReadRequest) =>
    new proto.ReadResponse()
      .setId(request.getId())
      .setInputs(request.getInputs())
      .setProperties(request.getProperties()),
  ),
  cancel: answered(() => new empty.Empty()),
};

function answered<Request, Response>(answer: (request: Request) => Response) {
  return (call: { request: Request }, done: (error: null, response: Response) => void): void => {
    done(null, answer(call.request));
  };
}

const server = new Server();
server.addService(services.ResourceProviderService, nothing);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
process.once("SIGINT", () => process.exit(0));
process.stdin.once("end", () => process.exit(0)).resume();

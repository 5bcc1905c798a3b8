import { Metadata, status, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { HalfCreated, ProviderError } from "../errors.ts";
import type { ValueMap } from "../values/value.ts";
import { withCommands } from "./commands.ts";
import { valuesToStruct } from "./struct.ts";

/**
 * The edge: a handler becomes a gRPC method, and whatever it throws an answer with a status and a message. An
 * exception that gets past here reaches the person as "Unknown error" and nothing else.
 */
export function method<Request, Response>(handle: (request: Request) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>): void => {
    Promise.resolve(call.request)
      .then(handle)
      .then(
        (response) => answer(null, response),
        async (error: unknown) => answer(await statusOf(error, urnOf(call.request))),
      )
      .catch((error: unknown) => process.stderr.write(`${reasonOf(error)}\n`));
  };
}

const codes = { user: status.FAILED_PRECONDITION, twilio: status.UNAVAILABLE, us: status.INTERNAL } as const;

/** Of the resource that a request is about; empty when it is about none. */
function urnOf(request: unknown): string {
  return hasUrn(request) ? request.getUrn() : "";
}

function hasUrn(request: unknown): request is { getUrn(): string } {
  return typeof request === "object" && request !== null && "getUrn" in request;
}

async function statusOf(error: unknown, urn: string) {
  if (error instanceof HalfCreated) return halfCreated(error as HalfCreated<ValueMap>, urn);
  if (error instanceof ProviderError) {
    const code = error.code === "cancelled" ? status.CANCELLED : codes[error.fault];
    return { code, details: withCommands(error.message, urn), metadata: new Metadata() };
  }
  const reason = reasonOf(error);
  const unexpected = new ProviderError("unexpected", { reason }, { cause: error });
  return { code: status.INTERNAL, details: unexpected.message, metadata: new Metadata() };
}

/** As much of a message as is shown that nobody wrote for a person. */
const longest = 300;

/** The first line of what was thrown, and where in the code it was only for whoever asks: nobody else can read a stack. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return typeof error === "string" ? error.slice(0, longest) : "no error was thrown";
  }
  const [first = ""] = error.message.split("\n");
  const said = `${error.name}: ${first.slice(0, longest)}`;
  const isAsked = !["", "0", undefined].includes(process.env["PULUMI_TWILIO_DEBUG"]);
  if (!isAsked) return `${said} (PULUMI_TWILIO_DEBUG=1 says where it happened)`;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [said, ...frames].join("\n");
}

/**
 * A half-created resource travels as a detail of the status, as `@pulumi/pulumi/provider/server.ts` sends it: the
 * engine stores id and properties and goes on with an update next time.
 */
async function halfCreated(error: HalfCreated<ValueMap>, urn: string) {
  const message = withCommands(error.message, urn);
  const [{ default: statuses }, { default: any }] = await Promise.all([
    import("@pulumi/pulumi/proto/status_pb.js"),
    import("google-protobuf/google/protobuf/any_pb.js"),
  ]);
  const detail = new proto.ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(valuesToStruct(error.properties));
  detail.setReasonsList([message]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new statuses.Status();
  answer.setCode(status.UNKNOWN);
  answer.setMessage(message);
  answer.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}

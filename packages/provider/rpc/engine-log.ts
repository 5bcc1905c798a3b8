import { credentials } from "@grpc/grpc-js";
import type { Logger } from "../provider.ts";
import { withCommands } from "./commands.ts";

/** The engine's log: progress lines and warnings at a resource. Connected to when something is first said. */
export class EngineLog implements Logger {
  #address: string | undefined;
  #send: Promise<Send> | undefined;
  readonly #underWay = new Set<Promise<unknown>>();

  /** Where the engine listens; what is said before that, or to no engine, is lost. */
  connect(address: string): void {
    if (address !== "") this.#address ??= address;
  }

  say(urn: string, kind: "status" | "warning", message: string): void {
    if (this.#address === undefined) return;
    this.#send ??= connected(this.#address);
    // A line that could not be said is no reason to fail: the engine is gone or does not listen.
    const saying = this.#send
      .then((send) => send(urn, kind, withCommands(message, urn)))
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(saying));
    this.#underWay.add(saying);
  }

  /** Over when the engine has heard all that was said. */
  async said(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}

type Send = (urn: string, kind: "status" | "warning", message: string) => Promise<void>;

async function connected(address: string): Promise<Send> {
  const [{ default: services }, { default: proto }] = await Promise.all([
    import("@pulumi/pulumi/proto/engine_grpc_pb.js"),
    import("@pulumi/pulumi/proto/engine_pb.js"),
  ]);
  const engine = new services.EngineClient(address, credentials.createInsecure());
  return (urn, kind, message) => {
    const request = new proto.LogRequest();
    request.setUrn(urn);
    request.setMessage(message);
    request.setSeverity(kind === "status" ? proto.LogSeverity.INFO : proto.LogSeverity.WARNING);
    request.setEphemeral(kind === "status");
    // An engine that is gone answers with an error, which is an answer too.
    return new Promise((resolve) => engine.log(request, () => resolve()));
  };
}

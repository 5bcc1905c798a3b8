/** The process behind `local-twilio start`: runs until it is told to stop, and tells its parent when it is ready. */
import { parseArgs } from "node:util";
import { forgetRunning, noteRunning } from "./cli/running.ts";
import { startLocalTwilio } from "./server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    folder: { type: "string" },
    "webhooks-leave-machine": { type: "boolean" },
  },
});
const folder = values.folder ?? "";

const tell = (message: object): void => {
  if (process.send) process.send(message);
};

try {
  const twilio = await startLocalTwilio({
    folder,
    port: Number(values.port),
    webhooksLeaveMachine: values["webhooks-leave-machine"] ?? false,
  });
  const running = { pid: process.pid, endpoint: twilio.endpoint };
  noteRunning(folder, running);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    twilio.close().then(
      () => {
        forgetRunning(folder);
        process.exit(0);
      },
      (error: unknown) => {
        process.stderr.write(`local-twilio: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  tell({ ready: running });
} catch (error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  tell({ failed: { code, message: error instanceof Error ? error.message : String(error) } });
  process.stderr.write(
    `local-twilio: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
  process.disconnect?.();
}

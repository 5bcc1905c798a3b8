/** The process behind `local-twilio start`: runs until it is told to stop, and tells its parent when it is ready. */
import { parseArgs } from "node:util";
import { forgetRunning, noteRunning } from "./cli/running.ts";
import { startLocalTwilio } from "./server.ts";
import { FolderError } from "./store/folder.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    folder: { type: "string" },
    "webhooks-leave-machine": { type: "boolean" },
  },
});
const folder = values.folder ?? "";

/** Resolves when the parent has it; at once when there is none. */
const tell = (message: object): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

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
  await tell({ ready: running });
} catch (error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `local-twilio: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  await tell({ failed: { code, message, isFolder: error instanceof FolderError } });
  // Whatever was opened before it failed, a port for one, goes with the process.
  process.exit(1);
}

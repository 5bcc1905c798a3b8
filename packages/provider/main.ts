/**
 * The provider's process, started by the Pulumi engine as `pulumi-resource-twilio <engine address>`: prints the port
 * it serves on and lives as long as its engine. As `pulumi-resource-twilio left-behind` it looks once after what dead
 * deployments left.
 */
import { fstatSync } from "node:fs";
import { gitCommit } from "./configuration/git-commit.ts";
import { journalRoot } from "./journal/folder.ts";
import { serve } from "./rpc/serve.ts";

/** How long calls that are under way may take when the provider ends, so that it is gone two seconds after its engine. */
const graceMs = 1_200;

if (process.argv[2] === "left-behind") {
  const { run } = await import("./left-behind-command.ts");
  await run(process.env);
} else {
  await serveEngine(process.argv.slice(2).find((argument) => !argument.startsWith("-")));
}

async function serveEngine(engineAddress: string | undefined): Promise<void> {
  // An engine that was killed sends nothing: its end of our stdin closes, and we get another parent. Whatever waits is
  // given up then, and each request asks once more before it goes out, so that nothing is written for an engine that
  // cannot record it.
  const parent = process.ppid;
  const isOrphan = (): boolean => process.ppid !== parent;

  const serving = await serve(process.env, engineAddress, {
    isWanted: () => !isOrphan(),
    journals: (configured) => journalRoot(configured, process.env),
    commit: gitCommit,
    isCleaned: process.env["PULUMI_TWILIO_CLEANS_UP"] === "true",
  });

  let ending = false;
  /** @param isRecorded an engine that ends us itself has written its state; one that died may not have */
  function end(isRecorded: boolean): void {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), graceMs).unref();
    void serving.close(isRecorded).then(() => process.exit(0));
  }
  process.once("SIGINT", () => end(!isOrphan()));
  process.once("SIGTERM", () => end(!isOrphan()));
  setInterval(() => {
    if (isOrphan()) end(false);
  }, 250).unref();
  if (isPipe(0)) {
    const gone = (): void => end(false);
    process.stdin.once("end", gone).once("error", gone).resume();
  }

  process.stdout.write(`${serving.port}\n`);
}

/** A terminal or /dev/null says nothing about the engine; only a pipe ends when it does. */
function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

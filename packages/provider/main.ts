/**
 * The provider's process, started by the Pulumi engine as `pulumi-resource-twilio <engine address>`: prints the port
 * it serves on and lives as long as its engine.
 */
import { fstatSync } from "node:fs";
import { serve } from "./rpc/serve.ts";

/** How long calls that are under way may take when the provider is asked to end. */
const graceMs = 1_500;

const engineAddress = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
const serving = await serve(process.env, engineAddress);

let ending = false;
function end(): void {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(0), graceMs).unref();
  void serving.close().then(() => process.exit(0));
}
process.once("SIGINT", end);
process.once("SIGTERM", end);

// An engine that was killed sends nothing: its end of our stdin closes, and we get another parent. Whatever waits is
// given up then, so that nothing is written for an engine that cannot record it.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) end();
}, 500).unref();
if (isPipe(0)) process.stdin.once("end", end).once("error", end).resume();

process.stdout.write(`${serving.port}\n`);

/** A terminal or /dev/null says nothing about the engine; only a pipe ends when it does. */
function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

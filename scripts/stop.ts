/** `npm stop`: stops the local Twilio; what it knows is kept for the next start. */
import { fileURLToPath } from "node:url";
import { stopLocalTwilio } from "./start/local-twilio.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

try {
  console.log(
    (await stopLocalTwilio(root)) ? "The local Twilio is stopped." : "No local Twilio was running.",
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** `npm stop`: stops the local Twilio; what it knows is kept for the next start. */
import { fileURLToPath } from "node:url";
import { runMain } from "../packages/cli/edge/run.ts";
import { stopLocalTwilio } from "./start/local-twilio.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

await runMain(async () => {
  console.log(
    (await stopLocalTwilio(root)) ? "The local Twilio is stopped." : "No local Twilio was running.",
  );
});

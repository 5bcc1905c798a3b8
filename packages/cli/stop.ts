/** `npm stop`: stops the local Twilio; what it knows is kept for the next start. */
import { runMain } from "./edge/run.ts";
import { projectHere } from "./project.ts";
import { stopLocalTwilio } from "./start/local-twilio.ts";

await runMain(async () => {
  console.log(
    (await stopLocalTwilio(projectHere().folder))
      ? "The local Twilio is stopped."
      : "No local Twilio was running.",
  );
});

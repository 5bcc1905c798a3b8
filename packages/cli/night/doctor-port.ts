/** Who answers where a stage's local Twilio is to be: it, another one, another program, or nobody. */
import { jsonIn } from "@support-line/studio";
import { z } from "zod";
import { failureOf } from "../edge/failure.ts";
import { send } from "../edge/send.ts";
import { fine, wrong, type Check } from "./doctor-check.ts";

const status = z.object({ version: z.string(), accountSid: z.string() });

/**
 * Asks at the port.
 *
 * @param endpoint `http://127.0.0.1:4010`, as the stage file has it
 */
export async function portCheck(endpoint: string, accountSid: string): Promise<Check> {
  const { port, host } = new URL(endpoint);
  let text: string;
  try {
    ({ text } = await send(`${endpoint}/_local/v1/status`, { method: "GET" }));
  } catch (error) {
    return wrong(
      "port",
      `nobody answers: ${failureOf(error).text ?? host}`,
      "npm start runs the local Twilio.",
    );
  }
  const found = status.safeParse(jsonIn(text));
  if (!found.success) {
    return wrong(
      "port",
      `another program has port ${port}: what answers there is no local Twilio`,
      `End it, or let the stage have another port: npm start -- --port, and twilio:endpoint of the stage.`,
    );
  }
  const { version, accountSid: theirs } = found.data;
  return theirs === accountSid
    ? fine("port", `${port}, a local Twilio ${version}`)
    : wrong(
        "port",
        `the local Twilio at port ${port} has account ${theirs.slice(0, 6)}…${theirs.slice(-4)}, the stage ${accountSid.slice(0, 6)}…${accountSid.slice(-4)}`,
        "Stop it (npm stop in its folder), and npm start here.",
      );
}

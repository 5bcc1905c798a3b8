import type { Twilio } from "twilio";
import { CliError } from "../errors.ts";
import { openClient } from "../twilio/client.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import { stageSetting } from "./outputs.ts";

/**
 * A client of a stage's account: by an API key or the auth token of the environment, or by the stage's own token.
 *
 * @param endpoint of the local Twilio; empty for Twilio itself
 * @throws CliError `no-credentials`
 */
export async function stageClient(stage: string, endpoint: string): Promise<Twilio> {
  const accountSid = await stageSetting(stage, "accountSid");
  const { TWILIO_API_KEY: key, TWILIO_API_SECRET: secret, TWILIO_AUTH_TOKEN: token } = process.env;
  if (accountSid === null) throw new CliError("no-credentials", { stage });
  if (key !== undefined && secret !== undefined) {
    return openClient({ accountSid, user: key, password: secret }, endpoint);
  }
  const own = token ?? (await stageSetting(stage, "twilio:authToken"));
  if (own === null) throw new CliError("no-credentials", { stage });
  return openClient({ accountSid, user: accountSid, password: own }, endpoint);
}

/**
 * Does something at Twilio for a stage; credentials that are refused are named as such.
 *
 * @throws CliError `credentials-refused`, or `twilio-refused` with Twilio's code and message
 */
export async function asking<Result>(stage: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error;
    if (error.status === 401) throw new CliError("credentials-refused", { stage, host: error.host });
    throw new CliError("twilio-refused", { problem: error.sentence });
  }
}

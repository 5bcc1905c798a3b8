import type { Twilio } from "twilio";
import { CliError } from "../errors.ts";
import { openClient } from "../twilio/client.ts";
import { ambientCredentials, loginBy } from "../twilio/login.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import { stageSettings } from "./outputs.ts";

/**
 * A client of a stage's account. What the environment has goes before what the stage's file has, so that a key that only reads is
 * enough; the provider has it the other way round.
 *
 * @param endpoint of the local Twilio; empty for Twilio itself
 * @throws CliError `no-credentials`
 */
export async function stageClient(stage: string, endpoint: string): Promise<Twilio> {
  const own = await stageSettings(stage);
  const accountSid = own["accountSid"];
  if (accountSid === undefined) throw new CliError("no-credentials", { stage });
  const login =
    loginBy(accountSid, ambientCredentials(process.env)) ??
    loginBy(accountSid, {
      key: own["twilio:apiKey"],
      secret: own["twilio:apiSecret"],
      token: own["twilio:authToken"],
    });
  if (login === null) throw new CliError("no-credentials", { stage });
  return openClient(login, endpoint);
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

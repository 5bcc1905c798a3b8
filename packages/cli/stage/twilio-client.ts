import type { Twilio } from "twilio";
import { CliError } from "../errors.ts";
import { openClient } from "../twilio/client.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import { stageSettings } from "./outputs.ts";

/**
 * A client of a stage's account: by an API key or the auth token of the environment, or else by what the stage's file has, as
 * the provider would.
 *
 * @param endpoint of the local Twilio; empty for Twilio itself
 * @throws CliError `no-credentials`
 */
export async function stageClient(stage: string, endpoint: string): Promise<Twilio> {
  const own = await stageSettings(stage);
  const accountSid = own["accountSid"];
  if (accountSid === undefined) throw new CliError("no-credentials", { stage });
  const { TWILIO_API_KEY, TWILIO_API_SECRET, TWILIO_AUTH_TOKEN } = process.env;
  const login =
    loginBy(accountSid, TWILIO_API_KEY, TWILIO_API_SECRET, TWILIO_AUTH_TOKEN) ??
    loginBy(accountSid, own["twilio:apiKey"], own["twilio:apiSecret"], own["twilio:authToken"]);
  if (login === null) throw new CliError("no-credentials", { stage });
  return openClient({ accountSid, ...login }, endpoint);
}

function loginBy(accountSid: string, key?: string, secret?: string, token?: string) {
  if (key !== undefined && secret !== undefined) return { user: key, password: secret };
  return token === undefined ? null : { user: accountSid, password: token };
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

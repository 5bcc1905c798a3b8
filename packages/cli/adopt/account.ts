/** The account that a line is adopted from. Everything in here, and in what uses it, only reads. */
import type { Twilio } from "twilio";
import { CliError } from "../errors.ts";
import { openClient } from "../twilio/client.ts";
import { ambient, ambientCredentials, loginBy } from "../twilio/login.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";

export interface Account {
  readonly client: Twilio;
  readonly accountSid: string;
  /** Of a local Twilio; empty for Twilio itself. */
  readonly endpoint: string;
  /** By which requests for what is protected are signed; absent where only an API key is at hand. */
  readonly authToken?: string;
}

/**
 * Opens the account with the credentials of the environment.
 *
 * @param known the account that the stage's file names; null where it names none
 * @throws CliError when there are no credentials, or the file and the environment name two accounts
 */
export function openAccount(stage: string, endpoint: string, known: string | null): Account {
  const given = ambient(process.env, "TWILIO_ACCOUNT_SID");
  if (known !== null && given !== undefined && known !== given) {
    throw new CliError("other-account", { stage, known, given });
  }
  const accountSid = given ?? known;
  if (accountSid === null) throw new CliError("no-account", { stage });
  const credentials = ambientCredentials(process.env);
  const login = loginBy(accountSid, credentials);
  if (login === null) throw new CliError("no-credentials", { stage });
  const { token } = credentials;
  return {
    client: openClient(login, endpoint),
    accountSid,
    endpoint,
    ...(token === undefined ? {} : { authToken: token }),
  };
}

/**
 * Reads from the account; a refusal says what to do about it.
 *
 * @throws CliError `account-closed` when the credentials do not open it, `twilio-refused` for any other refusal
 */
export async function reading<Result>({ accountSid }: Account, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error;
    if (error.status === 401) {
      throw new CliError("account-closed", { account: accountSid, problem: error.message });
    }
    throw new CliError("twilio-refused", { problem: error.sentence });
  }
}

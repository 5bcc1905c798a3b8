import twilio, { type Twilio } from "twilio";
import { CliError } from "../errors.ts";
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
  const options = { lazyLoading: true, ...(endpoint === "" ? {} : { httpClient: sentTo(endpoint) }) };
  if (accountSid === null) throw new CliError("no-credentials", { stage });
  if (key !== undefined && secret !== undefined) return twilio(key, secret, { ...options, accountSid });
  const own = token ?? (await stageSetting(stage, "twilio:authToken"));
  if (own === null) throw new CliError("no-credentials", { stage });
  return twilio(accountSid, own, options);
}

/** Sends what is for `https://<host>/…` to `<endpoint>/<host>/…`. */
export function sentTo(endpoint: string): InstanceType<typeof twilio.RequestClient> {
  const client = new twilio.RequestClient();
  const send = client.request.bind(client);
  client.request = (request) => send({ ...request, uri: request.uri.replace(/^https:\/\//, `${endpoint}/`) });
  return client;
}

/** Does something at Twilio; a refusal is said with its code and message. */
export async function asking<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof twilio.RestException) {
      throw new CliError("twilio-refused", {
        problem: `${error.status}${error.code === undefined ? "" : ` (${error.code})`}: ${error.message}`,
      });
    }
    throw error;
  }
}

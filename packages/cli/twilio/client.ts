/**
 * Twilio's Node client, as the commands use it. What it throws of itself holds the whole request with its login; nothing of
 * that leaves this file.
 */
import twilio, { type Twilio } from "twilio";
import { keepSecret } from "../edge/secrets.ts";
import { unreachable } from "../edge/send.ts";
import { answerMs } from "../edge/timeout.ts";
import { CliError } from "../errors.ts";
import { TwilioRefusal } from "./refusal.ts";

export interface Login {
  readonly accountSid: string;
  /** An API key, or the account's own SID. */
  readonly user: string;
  /** The key's secret, or the auth token. */
  readonly password: string;
}

/**
 * A client that throws `TwilioRefusal` for what Twilio refuses and `CliError` `unreachable` for what the network does.
 *
 * @param endpoint of the local Twilio; empty for Twilio itself
 * @throws CliError `bad-value` for an account or a proxy that is none
 */
export function openClient({ accountSid, user, password }: Login, endpoint: string): Twilio {
  keepSecret(password, [user, accountSid]);
  if (!/^AC[0-9a-f]{32}$/i.test(accountSid)) {
    // Not shown: people paste a token in its place.
    throw new CliError("bad-value", {
      option: "TWILIO_ACCOUNT_SID",
      value: "as it is set",
      problem: "is not an account SID: it is AC and 32 hexadecimal digits, as the Console shows it",
    });
  }
  return twilio(user, password, { lazyLoading: true, accountSid, httpClient: requests(endpoint) });
}

/** Sends what is for `https://<host>/…` there, or to `<endpoint>/<host>/…`. */
function requests(endpoint: string): InstanceType<typeof twilio.RequestClient> {
  const proxy = endpoint === "" ? proxyHost() : null;
  const client = new twilio.RequestClient({ timeout: answerMs() });
  const ask = client.request.bind(client);
  client.request = async (request) => {
    const uri = endpoint === "" ? request.uri : request.uri.replace(/^https:\/\//, `${endpoint}/`);
    const { host } = new URL(uri);
    const through = proxy === null ? host : `${host}, through the proxy ${proxy} in HTTP_PROXY,`;
    const response = await ask({ ...request, uri }).catch((error: unknown): never => {
      throw unreachable(through, error);
    });
    if (response.statusCode < 400) return response;
    throw TwilioRefusal.from(response.statusCode, host, response.body);
  };
  return client;
}

/** Twilio's client takes this one variable alone. Its login is not shown. */
function proxyHost(): string | null {
  const given = process.env["HTTP_PROXY"];
  if (given === undefined || given === "") return null;
  if (URL.canParse(given) && new URL(given).host !== "") return new URL(given).host;
  throw new CliError("bad-value", {
    option: "HTTP_PROXY",
    value: "as it is set",
    problem: "is not an address of a proxy: write http://host:port",
  });
}

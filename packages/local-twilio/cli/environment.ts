/** `local-twilio env`: what an unmodified Twilio client needs to reach the local Twilio under Twilio's own host names. */
import { caFile } from "../http/ca-file.ts";

/** Who calls: the account, and the token that opens it now. */
export interface Account {
  readonly accountSid: string;
  readonly authToken: string;
}

/** The variables by name. */
export function clientEnvironment(
  endpoint: string,
  folder: string,
  { accountSid, authToken }: Account,
): Record<string, string> {
  return {
    HTTP_PROXY: endpoint,
    HTTPS_PROXY: endpoint,
    NO_PROXY: "",
    NODE_EXTRA_CA_CERTS: caFile(folder),
    TWILIO_CA_BUNDLE: caFile(folder),
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
  };
}

/** As lines for a POSIX shell: `eval "$(npx local-twilio env)"`. */
export function asShell(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`)
    .join("\n");
}

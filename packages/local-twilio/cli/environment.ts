/** `local-twilio env`: what an unmodified Twilio client needs to reach the local Twilio under Twilio's own host names. */
import { defaultAccount } from "../account.ts";
import { caFile } from "../http/ca-file.ts";

/** The variables by name. */
export function clientEnvironment(endpoint: string, folder: string): Record<string, string> {
  return {
    HTTP_PROXY: endpoint,
    HTTPS_PROXY: endpoint,
    NO_PROXY: "",
    NODE_EXTRA_CA_CERTS: caFile(folder),
    TWILIO_CA_BUNDLE: caFile(folder),
    TWILIO_ACCOUNT_SID: defaultAccount.accountSid,
    TWILIO_AUTH_TOKEN: defaultAccount.authToken,
  };
}

/** As lines for a POSIX shell: `eval "$(npx local-twilio env)"`. */
export function asShell(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`)
    .join("\n");
}

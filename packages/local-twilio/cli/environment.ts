/** `local-twilio env`: what an unmodified Twilio client needs to reach the local Twilio under Twilio's own host names. */
import { join } from "node:path";
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
  const certificate = caFile(folder);
  return {
    // Ruby, Go, Python, .NET and curl read either spelling, curl and Ruby the small one alone for plain HTTP.
    HTTP_PROXY: endpoint,
    HTTPS_PROXY: endpoint,
    http_proxy: endpoint,
    https_proxy: endpoint,
    NO_PROXY: "",
    no_proxy: "",
    // Node: whom it trusts beside the usual, and that fetch and https go through the proxy as well.
    NODE_EXTRA_CA_CERTS: certificate,
    NODE_USE_ENV_PROXY: "1",
    TWILIO_CA_BUNDLE: certificate,
    // In place of the usual, which nothing behind this proxy has: OpenSSL (Ruby, .NET, PHP), Go; requests of Python; curl.
    SSL_CERT_FILE: certificate,
    REQUESTS_CA_BUNDLE: certificate,
    CURL_CA_BUNDLE: certificate,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
  };
}

/**
 * Java reads neither these variables nor PEM files: the lines that make a trust store, and name it and the proxy, as comments.
 * Go and .NET on macOS and Windows ask the system whom to trust, whatever the variables say.
 */
export function javaLines(endpoint: string, folder: string): string {
  const { hostname, port } = new URL(endpoint);
  const store = join(folder, "ca.p12");
  const options = [
    ...[
      `-Dhttps.proxyHost=${hostname}`,
      `-Dhttps.proxyPort=${port}`,
      "-Djavax.net.ssl.trustStoreType=PKCS12",
    ],
    ...[`-Djavax.net.ssl.trustStore=${store}`, "-Djavax.net.ssl.trustStorePassword=changeit"],
  ];
  return [
    "# Java (its options are split at spaces: a folder without any):",
    `# keytool -importcert -noprompt -alias local-twilio -storetype PKCS12 -storepass changeit -keystore '${store}' -file '${caFile(folder)}'`,
    `# export JAVA_TOOL_OPTIONS='${options.join(" ")}'`,
  ].join("\n");
}

/** As lines for a POSIX shell: `eval "$(npx local-twilio env)"`. */
export function asShell(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`)
    .join("\n");
}

/** Requests as commands that do the same again, on the local Twilio that this page shows. */
import type { Invocation, RestCall } from "../api/shapes.ts";
import { isSecretName } from "../design/secret.ts";

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A REST call. Credentials come from the environment: `eval "$(npx local-twilio env)"`. */
export function curlOfCall({ method, host, path, form }: RestCall): string {
  const fields = [...new URLSearchParams(form ?? "")].map(([name, value]) =>
    isSecretName(name) ? `${name}=…` : `${name}=${value}`,
  );
  return [
    `curl -X ${method} ${quoted(`${window.location.origin}/${host}${path}`)}`,
    `-u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"`,
    ...fields.map((field) => `--data-urlencode ${quoted(field)}`),
  ].join(" \\\n  ");
}

/** A run of a Function, through the local Twilio, which signs the request as Twilio does. */
export function curlOfInvocation({ domain, path, method, parameters }: Invocation): string {
  const texts = Object.fromEntries(
    Object.entries(formOf(parameters)).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  const body = {
    url: `https://${domain}${path}`,
    method: method === "GET" ? "GET" : "POST",
    parameters: texts,
  };
  return [
    `curl -X POST ${quoted(`${window.location.origin}/_local/v1/functions/invoke`)}`,
    `-H 'content-type: application/json'`,
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(" \\\n  ");
}

/** What a caller gave: a run also knows the request's headers, which are no parameters. */
export function formOf(parameters: Invocation["parameters"]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== "request"));
}

import { resource } from "@support-line/twilio-api";
import type { TwilioClient } from "../http/client.ts";
import { fillPath } from "../translate/inputs-to-request.ts";
import type { JsonMap } from "../values/value.ts";
import type { Configuration } from "./configuration.ts";

/** Where an account keeps one kind of number: the row of its list, and what tells one from another there. */
interface Kind {
  readonly token: string;
  readonly matches: RegExp;
  readonly property: string;
  /** What the list must be asked for beside its path. */
  readonly query: Readonly<Record<string, string>>;
}

const kinds: readonly Kind[] = [
  { token: "twilio:api:IncomingPhoneNumber", matches: /^\+\d+$/, property: "phone_number", query: {} },
  { token: "twilio:api:ShortCode", matches: /^\d{3,8}$/, property: "short_code", query: {} },
  {
    token: "twilio:messaging:ChannelsSender",
    matches: /^whatsapp:/,
    property: "sender_id",
    query: { Channel: "whatsapp" },
  },
];

/** The numbers that the configuration says the account must have and that it does not have; one list a kind. */
export async function missingNumbers(
  configuration: Configuration,
  client: TwilioClient,
  signal: AbortSignal,
): Promise<string[]> {
  const wanted = [...new Set(configuration.phoneNumbers)];
  const missing = await Promise.all(
    kinds.map((kind) => missingOf(kind, wanted, configuration, client, signal)),
  );
  return [
    ...missing.flat(),
    ...wanted.filter((number) => !kinds.some(({ matches }) => matches.test(number))),
  ];
}

async function missingOf(
  kind: Kind,
  wanted: readonly string[],
  configuration: Configuration,
  client: TwilioClient,
  signal: AbortSignal,
): Promise<string[]> {
  const rest = new Set(wanted.filter((number) => kind.matches.test(number)));
  const row = resource(kind.token);
  const operation = row?.operations.list;
  if (rest.size === 0 || row?.list === undefined || row.list === null || operation === undefined) {
    return [...rest];
  }
  const query = new URLSearchParams({ ...kind.query, PageSize: String(row.list.maxPageSize) });
  const path = `${fillPath(operation.path, { AccountSid: configuration.accountSid() })}?${query.toString()}`;
  const purpose = { what: `Looking up the account's numbers`, signal };
  const entries = client.list({ method: "GET", host: row.host, path, form: [] }, row.list.key, purpose);
  for await (const entry of entries) {
    rest.delete(shown(entry, kind.property));
    if (rest.size === 0) break;
  }
  return [...rest];
}

function shown(entry: JsonMap, property: string): string {
  const value = entry[property];
  return typeof value === "string" ? value : "";
}

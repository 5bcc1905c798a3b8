import { ProviderError } from "../errors.ts";
import type { Credentials } from "../http/client.ts";
import type { Place } from "../http/place.ts";
import type { Field } from "../shape/shape.ts";
import { inputsToChecked, type Checked } from "../translate/inputs-to-checked.ts";
import { isList, isMap, reveal, Secret, Unknown, type Value, type ValueMap } from "../values/value.ts";

const text = (name: string, description: string, secret = false): Field => ({
  name,
  type: { kind: "string" },
  required: false,
  replaces: false,
  secret,
  description,
});

function list(name: string, description: string): Field {
  return { ...text(name, description), type: { kind: "array", items: { kind: "string" }, unordered: true } };
}

/** What can be configured: `twilio:<name>` in a stack's configuration, or the arguments of a `twilio.Provider`. */
export const configurationFields: readonly Field[] = [
  text("accountSid", "The account that is deployed to (AC…). Default: TWILIO_ACCOUNT_SID."),
  text("authToken", "The account's auth token. Default: TWILIO_AUTH_TOKEN.", true),
  text("apiKey", "An API key (SK…), instead of the auth token. Default: TWILIO_API_KEY."),
  text("apiSecret", "The API key's secret. Default: TWILIO_API_SECRET.", true),
  text("region", "Twilio region, `ie1`. Default: TWILIO_REGION."),
  text("edge", "Twilio edge, `dublin`. Default: TWILIO_EDGE."),
  text("endpoint", "A URL that stands for all of Twilio's hosts, `http://127.0.0.1:4010`: the local Twilio."),
  {
    name: "phoneNumbers",
    type: { kind: "array", items: { kind: "string" }, unordered: true },
    required: false,
    replaces: false,
    secret: false,
    description:
      "Numbers, short codes and senders (`whatsapp:+…`) that the account must have. Looked up once, before the first write of a deployment; when one is missing nothing is written.",
  },
  list(
    "deletable",
    "Types that may be deleted at Twilio for good, although what they hold cannot be had back (`twilio:studio:Flow`), or `*` for all. Without it phone numbers, Conversations Services, Flows, and Functions that a published Flow calls stay at Twilio when they leave the stack.",
  ),
  {
    ...text(
      "keepBuilds",
      "How many Builds of a Serverless Service that no Environment runs stay at Twilio when one is replaced, so that an earlier one can be deployed again; older ones are deleted. Default: 5.",
    ),
    type: { kind: "integer", minimum: 0, maximum: 1000 },
  },
  text(
    "commitMessage",
    "Why Flows change in this deployment, for their revisions. Default: the Git commit that is deployed, where there is one.",
  ),
  list(
    "overwrite",
    "Revisions of Flows, edited elsewhere, that this deployment may write over: `FW…@7` names revision 7 and no other.",
  ),
  {
    ...text(
      "allowEmptyRefresh",
      "Lets a refresh find nothing of the whole stack. Without it such a refresh stops: most likely it looks in the wrong place.",
    ),
    type: { kind: "boolean" },
  },
  {
    ...text(
      "expectTwins",
      "Creates things also where equal ones are there that this machine knows nothing of.",
    ),
    type: { kind: "boolean" },
  },
  text(
    "journal",
    "Folder of the journal of creates. Default: beside the state where PULUMI_BACKEND_URL is a folder of this machine, else in Pulumi's home.",
  ),
];

/** As Twilio's own Toolkit users ask for: enough to go back, few enough to see through. */
const defaultKeptBuilds = 5;

/**
 * What can also be said by the environment, `PULUMI_TWILIO_DELETABLE`: for one command, without a change of the stack.
 * A destroy knows only the configuration of the last deployment.
 */
const switchable = [
  "deletable",
  "keepBuilds",
  "commitMessage",
  "overwrite",
  "allowEmptyRefresh",
  "expectTwins",
  "journal",
];

/** Those settings, each with its variable of the environment. */
export const switchableVariables: Readonly<Record<string, string>> = Object.fromEntries(
  switchable.map((name) => [name, `PULUMI_TWILIO_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`]),
);

function switches(environment: Environment): ValueMap {
  const given = Object.entries(switchableVariables).map(
    ([name, variable]) => [name, environment[variable] ?? ""] as const,
  );
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/** Who calls what, where. */
export interface Configuration {
  readonly place: Place;
  readonly phoneNumbers: readonly string[];
  /** Types that may be deleted for good, or `*`. */
  readonly deletable: readonly string[];
  readonly keepBuilds: number;
  readonly commitMessage: string | undefined;
  /** Revisions that may be written over, `FW…@7`. */
  readonly overwrite: readonly string[];
  readonly allowEmptyRefresh: boolean;
  readonly expectTwins: boolean;
  readonly journal: string | undefined;
  /** @throws ProviderError when there is none. */
  readonly accountSid: () => string;
  /** @throws ProviderError when there are none. */
  readonly credentials: () => Credentials;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Program configuration → checked configuration. Lists may come as JSON text: stack configuration is text. */
export function checkConfiguration(inputs: ValueMap, environment: Environment): Checked {
  const own = Object.fromEntries(
    Object.entries(inputs)
      .filter(([name]) => name !== "version" && name !== "pluginDownloadURL" && name !== "__internal")
      .map(([name, value]) => [name, typed(name, value)]),
  );
  const checked = inputsToChecked(configurationFields, own, "The provider twilio");
  const failures = [...checked.failures, ...accountFailures(checked.inputs, environment)];
  return { inputs: checked.inputs, failures };
}

function accountFailures(inputs: ValueMap, environment: Environment): { property: string; reason: string }[] {
  const fault = accountFault(textOf(inputs, "accountSid"), inputs, environment);
  const key = textOf(inputs, "apiKey") ?? environment["TWILIO_API_KEY"];
  const keyFault =
    key !== undefined && /^AC/.test(key)
      ? [
          {
            property: "apiKey",
            reason: `${key} is an account's SID; an API key begins with SK. Use the account's SID as accountSid.`,
          },
        ]
      : [];
  return [...(fault === undefined ? [] : [{ property: "accountSid", reason: fault }]), ...keyFault];
}

/** What is wrong with the account, before any call. */
function accountFault(
  configured: string | undefined,
  inputs: ValueMap,
  environment: Environment,
): string | undefined {
  const ambient = environment["TWILIO_ACCOUNT_SID"];
  const account = configured ?? ambient;
  if (account !== undefined && /^SK/.test(account)) {
    return `${account} is an API key, not an account. The account's SID begins with AC; the key belongs in apiKey (TWILIO_API_KEY).`;
  }
  if (account !== undefined && !/^AC[0-9a-fA-F]{32}$/.test(account)) {
    return `${account} is not an account SID: AC and 32 hexadecimal digits.`;
  }
  const tokenHere =
    textOf(inputs, "authToken") !== undefined ||
    textOf(inputs, "apiKey") !== undefined ||
    isUnknownToken(inputs);
  if (configured !== undefined && ambient !== undefined && configured !== ambient && !tokenHere) {
    return `the configuration names account ${configured}, but the credentials of the environment are those of ${ambient} (TWILIO_ACCOUNT_SID). Nothing was read or written. Use the credentials of ${configured}.`;
  }
  return undefined;
}

function isUnknownToken(inputs: ValueMap): boolean {
  return [inputs["authToken"], inputs["apiKey"]].some(
    (value) => value !== undefined && reveal(value) instanceof Unknown,
  );
}

/**
 * Checked configuration and environment → the configuration in force.
 *
 * @throws ProviderError when the account cannot be right; missing credentials only when they are asked for
 */
export function readConfiguration(given: ValueMap, environment: Environment): Configuration {
  const { inputs, failures } = checkConfiguration({ ...switches(environment), ...given }, environment);
  const [failure] = failures;
  if (failure !== undefined) throw new ProviderError("configuration-invalid", { reason: failure.reason });
  const value = (name: string, variable: string) =>
    textOf(inputs, name) ?? (environment[variable] || undefined);
  const where = {
    endpoint: textOf(inputs, "endpoint"),
    region: value("region", "TWILIO_REGION"),
    edge: value("edge", "TWILIO_EDGE"),
  };
  const place = Object.fromEntries(
    Object.entries(where).filter(([, part]) => part !== undefined && part !== ""),
  );
  const accountSid = () => {
    const account = value("accountSid", "TWILIO_ACCOUNT_SID");
    if (account === undefined) throw new ProviderError("account-missing");
    return account;
  };
  return {
    place,
    phoneNumbers: listOf(inputs, "phoneNumbers"),
    deletable: listOf(inputs, "deletable"),
    keepBuilds: Number(reveal(inputs["keepBuilds"] ?? defaultKeptBuilds)),
    commitMessage: textOf(inputs, "commitMessage"),
    overwrite: listOf(inputs, "overwrite"),
    allowEmptyRefresh: reveal(inputs["allowEmptyRefresh"] ?? false) === true,
    expectTwins: reveal(inputs["expectTwins"] ?? false) === true,
    journal: textOf(inputs, "journal"),
    accountSid,
    credentials: () => credentials(inputs, environment, accountSid),
  };
}

/** What the configuration says goes before what the environment says, and a key before a token in either. */
function credentials(inputs: ValueMap, environment: Environment, accountSid: () => string): Credentials {
  const own = {
    key: textOf(inputs, "apiKey"),
    secret: textOf(inputs, "apiSecret"),
    token: textOf(inputs, "authToken"),
  };
  const ambient = {
    key: environment["TWILIO_API_KEY"],
    secret: environment["TWILIO_API_SECRET"],
    token: environment["TWILIO_AUTH_TOKEN"],
  };
  for (const { key, secret, token } of [own, ambient]) {
    if (key && secret) return { user: key, password: secret };
    if (token) return { user: accountSid(), password: token };
  }
  throw new ProviderError("credentials-missing", { accountSid: accountSid() });
}

function listOf(inputs: ValueMap, name: string): readonly string[] {
  const values = reveal(inputs[name] ?? null);
  return isList(values) ? values.filter((value) => typeof value === "string") : [];
}

function textOf(inputs: ValueMap, name: string): string | undefined {
  const value = reveal(inputs[name] ?? null);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A value in the type of its field: stack configuration is text. */
function typed(name: string, value: Value): Value {
  const kind = configurationFields.find((field) => field.name === name)?.type.kind;
  if (kind === "array") return listed(value);
  if (kind === "boolean" && (value === "true" || value === "false")) return value === "true";
  if (kind === "integer" && typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  return value;
}

function listed(value: Value): Value {
  if (value instanceof Secret) return new Secret(listed(value.value));
  if (typeof value !== "string" || isMap(value)) return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value.split(",").map((part) => part.trim());
  }
}

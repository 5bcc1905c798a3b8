/**
 * A request for any operation of any resource, made from its row: values of the types that its parameters have. What no type
 * says, that a path begins with a slash or that a Flow is a Flow, stands in a table.
 */
import type { Operation, OperationName, Parameter, Resource, ValueType } from "@support-line/twilio-api";
import { sample, stringMatching } from "fast-check";
import { indexRows } from "../http/rows.ts";
import type { Json } from "../product.ts";

/** What is there already, and what it is called. */
export interface Known {
  /** The id of an object of this kind; undefined where there is none. */
  ofToken(token: string): string | undefined;
  /** A SID that begins so; undefined where there is none. */
  ofPrefix(prefix: string): string | undefined;
}

/** A body for an operation: a form, JSON as text, or a form with a file. */
export type SampleBody = URLSearchParams | FormData | string | undefined;

/** A Flow that waits for nothing and does nothing. */
export const sampleFlow = {
  description: "sample",
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [
        { event: "incomingMessage" },
        { event: "incomingCall" },
        { event: "incomingConversationMessage" },
        { event: "incomingRequest" },
        { event: "incomingParent" },
      ],
      properties: { offset: { x: 0, y: 0 } },
    },
  ],
} satisfies Json;

/** By parameter, or by token and parameter where the same name means something else there. */
const meant: Readonly<Record<string, (known: Known) => Json>> = {
  Path: () => "/sample",
  From: () => "+15550100001",
  To: () => "+15550100201",
  "twilio:api:IncomingPhoneNumber PhoneNumber": () => "+12025550142",
  "twilio:conversations:AddressConfiguration Address": () => "+15550100001",
  Definition: () => sampleFlow,
  Permission: () => ["sendMessage"],
  TargetWorkers: () => "1==1",
  "twilio:taskrouter:Workflow Configuration": (known) => ({
    task_routing: {
      filters: [],
      default_filter: { queue: known.ofToken("twilio:taskrouter:TaskQueue") ?? "" },
    },
  }),
  Dependencies: () => [],
  FunctionVersions: (known) => [known.ofToken("twilio:serverless:FunctionVersion") ?? ""],
  AssetVersions: () => [],
  sender_id: () => "whatsapp:+15550100177",
  Filters: () => ["onMessageAdded"],
  "Configuration.Filters": () => ["onMessageAdded"],
  "Configuration.Url": () => "https://example.com/hook",
  "Configuration.FlowSid": (known) => known.ofToken("twilio:studio:Flow") ?? "",
  Target: () => "webhook",
  State: () => "active",
  "Timers.Inactive": () => "PT1H",
  "Timers.Closed": () => "P1D",
  memoryStoreId: (known) => known.ofToken("twilio:memory:Store") ?? "",
  "twilio:verify:Verification Channel": () => "sms",
  Identity: () => "ada",
  Method: () => "POST",
  email: () => ["ada@example.com"],
  webhook: () => "https://example.com/hook",
  Twiml: () => "<Response><Say>hello</Say></Response>",
  Rules: () => [{ type: "include", all: true }],
  profile: () => ({ name: "Line" }),
  Attributes: () => "{}",
  "twilio:flex:Interaction Channel": (known) => ({
    type: "web",
    initiated_by: "api",
    properties: { media_channel_sid: known.ofToken("twilio:conversations:Conversation") ?? "" },
  }),
  Routing: (known) => ({
    properties: {
      workspace_sid: known.ofToken("twilio:taskrouter:Workspace") ?? "",
      workflow_sid: known.ofToken("twilio:taskrouter:Workflow") ?? "",
    },
  }),
  ConfigurationId: (known) => known.ofToken("twilio:flex:PluginConfiguration") ?? "",
  Runtime: () => "node22",
  "twilio:studio:Flow Status": () => "published",
};

/** What a request needs although its document does not say so, by the end of the token. */
const needed: readonly (readonly [token: RegExp, parameters: readonly string[]])[] = [
  [/:serverless:Build$/, ["FunctionVersions"]],
  [/ConversationMessage$/, ["Body"]],
  [/ConversationParticipant$/, ["Identity"]],
  [/ConversationScopedWebhook$/, ["Configuration.Url", "Configuration.Filters"]],
  [/:taskrouter:Task$/, ["WorkflowSid"]],
  [/:api:Message$/, ["From", "Body"]],
  [/:api:Call$/, ["Twiml"]],
];

function isNeeded({ token }: Resource, { name, required }: Parameter): boolean {
  return required || needed.some(([of, parameters]) => of.test(token) && parameters.includes(name));
}

/** The form, query or JSON of an operation. `all`: optional parameters too. */
export function sampleValues(
  resource: Resource,
  parameters: readonly Parameter[],
  known: Known,
  all: boolean,
): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    parameters
      .filter((parameter) => all || isNeeded(resource, parameter))
      .map(({ name, type }) => [name, sampleOf(resource, name, type, known)]),
  );
}

/** A body as an operation takes it; uploads bring a file. */
export function sampleBody(operation: Operation, values: Readonly<Record<string, Json>>): SampleBody {
  if (operation.method === "GET") return undefined;
  if (operation.body === "json") return JSON.stringify(values);
  const form = sampleFields(operation.form, values);
  if (operation.host === undefined) return form;
  const upload = new FormData();
  for (const [name, value] of form) upload.append(name, value);
  const content = "exports.handler = (context, event, callback) => callback(null, 'fine');";
  upload.append("Content", new Blob([content], { type: "application/javascript" }), "sample.js");
  return upload;
}

/** Values as a form or a query writes them: a list is a repeated field, unless the whole is JSON. */
export function sampleFields(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, Json>>,
): URLSearchParams {
  const fields = new URLSearchParams();
  const types = new Map(parameters.map(({ name, type }) => [name, type.kind]));
  for (const [name, value] of Object.entries(values)) {
    const items = Array.isArray(value) && types.get(name) === "array" ? value : [value];
    for (const item of items) {
      fields.append(name, typeof item === "object" ? JSON.stringify(item) : String(item));
    }
  }
  return fields;
}

function sampleOf(resource: Resource, name: string, type: ValueType, known: Known): Json {
  const own = meant[`${resource.token} ${name}`] ?? meant[name];
  return own === undefined ? sampleOfType(name, type, known) : own(known);
}

function sampleOfType(name: string, type: ValueType, known: Known): Json {
  switch (type.kind) {
    case "string":
      return sampleText(name, type, known);
    case "integer":
    case "number":
      return Math.min(Math.max(type.minimum ?? 1, 1), type.maximum ?? 1);
    case "boolean":
      return true;
    case "array":
      return [sampleOfType(name, type.items, known)];
    case "object":
      return Object.fromEntries(
        type.properties.map((part) => [part.name, sampleOfType(part.name, part.type, known)]),
      );
    case "json":
      return type.holds === undefined ? {} : sampleOfType(name, type.holds, known);
  }
}

function sampleText(name: string, type: ValueType & { kind: "string" }, known: Known): string {
  const [word] = type.enum ?? [];
  if (word !== undefined) return word;
  if (type.sid !== undefined) return known.ofPrefix(type.sid) ?? type.sid + "0".repeat(32);
  if (type.pattern !== undefined) return fitting(type.pattern, known);
  if (type.holds !== undefined) return JSON.stringify(sampleOfType(name, type.holds, known));
  const byFormat = formats[type.format ?? ""];
  if (byFormat !== undefined) return byFormat;
  if (/Urls?$/i.test(name)) return "https://example.com/hook";
  if (/(?:Number|Address)$/.test(name)) return "+15550100201";
  return "sample".padEnd(type.minLength ?? 0, "x").slice(0, type.maxLength);
}

const formats: Readonly<Record<string, string>> = {
  "date-time": "2026-06-01T00:00:00Z",
  "date-time-rfc-2822": "2026-06-01T00:00:00Z",
  date: "2026-06-01",
  uri: "https://example.com/hook",
  uuid: "12345678-1234-4123-8123-123456789012",
  email: "ada@example.com",
  json: "{}",
  "phone-number": "+15550100201",
};

/** A text that a pattern takes: the SID of something that is there, where it asks for a SID. */
function fitting(pattern: string, known: Known): string {
  const prefix = /^\^?\(?([A-Z]{2})[)|[]/.exec(pattern)?.[1];
  const there = prefix === undefined ? undefined : known.ofPrefix(prefix);
  if (there !== undefined) return there;
  const [text = ""] = sample(stringMatching(new RegExp(pattern)), { seed: 1, numRuns: 1 });
  return text;
}

/** A request that a sample was made for. */
export interface SampleRequest {
  readonly resource: Resource;
  readonly operation: OperationName;
  readonly method: string;
  /** Host and path, as on Twilio. */
  readonly url: string;
  readonly body: SampleBody;
}

/** Makes requests, and remembers what their answers said is there: children are asked for below parents that are. */
export class Samples {
  readonly #accountSid: string;
  readonly #rows = indexRows();
  readonly #byToken = new Map<string, string>();
  readonly #byPrefix = new Map<string, string>();
  readonly known: Known = {
    ofToken: (token) => this.#byToken.get(token),
    ofPrefix: (prefix) => (prefix === "AC" ? this.#accountSid : this.#byPrefix.get(prefix)),
  };

  constructor(accountSid: string) {
    this.#accountSid = accountSid;
  }

  /** How many parents stand above a resource. */
  depth(resource: Resource): number {
    return 1 + Math.max(0, ...this.#rows.parentsOf(resource).map((parent) => this.depth(parent.resource)));
  }

  /** A request for an operation; undefined where the resource has none such. */
  request(resource: Resource, operation: OperationName, all: boolean): SampleRequest | undefined {
    const row = resource.operations[operation];
    if (row === undefined) return undefined;
    const query = sampleFields(row.query, sampleValues(resource, row.query, this.known, all));
    const place = `${row.host ?? resource.host}${this.#filled(resource, row.path)}`;
    return {
      resource,
      operation,
      method: row.method,
      url: query.size === 0 ? place : `${place}?${query.toString()}`,
      body: sampleBody(row, sampleValues(resource, row.form, this.known, all)),
    };
  }

  /** Learns from the answer to a request what is there now. */
  learn(
    { resource, operation }: SampleRequest,
    status: number,
    body: Readonly<Record<string, unknown>>,
  ): void {
    if (status >= 300 || operation === "delete") return;
    const listed = body[resource.list?.key ?? ""];
    const [first] = Array.isArray(listed) ? (listed as (string | typeof body)[]) : [];
    const shown = operation === "list" ? (first ?? {}) : body;
    const id = typeof shown === "string" ? shown : idIn(resource, shown);
    if (id === undefined) return;
    this.#byToken.set(resource.token, id);
    if (resource.sidPrefix !== null && id.startsWith(resource.sidPrefix)) {
      this.#byPrefix.set(resource.sidPrefix, id);
    }
  }

  #filled(resource: Resource, path: string): string {
    const parents = new Map(
      this.#rows.parentsOf(resource).map((parent) => [parent.parameter, parent.resource.token]),
    );
    const own = resource.parents.map((parent) => [parent.name, parent.sid] as const);
    const prefixes = new Map<string, string | null>([
      ...own,
      [resource.idParameter ?? "", resource.sidPrefix],
    ]);
    return path.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (name === "AccountSid") return this.#accountSid;
      const token = name === resource.idParameter ? resource.token : parents.get(name);
      const prefix = prefixes.get(name) ?? "";
      const id = this.#byToken.get(token ?? "") ?? this.known.ofPrefix(prefix ?? "");
      return encodeURIComponent(id ?? `${prefix}${"0".repeat(32)}`);
    });
  }
}

/** What an answer calls its object: by the property that paths name it by, or where an accepted write says it. */
function idIn(resource: Resource, body: Readonly<Record<string, unknown>>): string | undefined {
  const [outer = "", inner = ""] = resource.later?.id.split(".") ?? [];
  const within = body[outer] as typeof body | undefined;
  const found = body[resource.idProperty ?? "sid"] ?? body["sid"] ?? within?.[inner];
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}

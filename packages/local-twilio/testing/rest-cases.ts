/**
 * REST calls, valid and not, in the order in which they are made: a support line's day, and beside it every resource asked
 * for what is not there. Whoever plays Twilio is asked all of them, and all have to answer the same.
 */
import { allResources, type Resource } from "@support-line/twilio-api";

export interface RestCase {
  readonly name: string;
  readonly method: "GET" | "POST" | "DELETE" | "PUT";
  /** With `{name}` for the SID that an earlier case saved. */
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  /** JSON as text, in place of a form. */
  readonly json?: string;
  /** `none`, `wrong`; the account's own unless said otherwise. */
  readonly credentials?: "none" | "wrong";
  /** What the SID of the answer is called in later cases. */
  readonly saves?: string;
}

const conversations = "conversations.twilio.com/v1";
const service = `${conversations}/Services/{service}`;
const conversation = `${service}/Conversations/{conversation}`;
const account = "api.twilio.com/2010-04-01/Accounts/AC10ca1000000000000000000000000001";
const taskrouter = "taskrouter.twilio.com/v1/Workspaces";
const serverless = "serverless.twilio.com/v1/Services";
const studio = "studio.twilio.com/v2/Flows";
const gone = (prefix: string) => `${prefix}${"f".repeat(32)}`;

const get = (name: string, url: string): RestCase => ({ name, method: "GET", url });
const remove = (name: string, url: string): RestCase => ({ name, method: "DELETE", url });
const post = (
  name: string,
  url: string,
  form: Readonly<Record<string, string>> = {},
  saves?: string,
): RestCase => ({ name, method: "POST", url, form, ...(saves === undefined ? {} : { saves }) });

const flow = JSON.stringify({
  description: "cases",
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingRequest", next: "hi" }],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: "hi",
      type: "send-and-wait-for-reply",
      transitions: [{ event: "incomingMessage" }, { event: "timeout" }, { event: "deliveryFailure" }],
      properties: {
        body: "hello",
        from: "{{flow.channel.address}}",
        timeout: "3600",
        offset: { x: 0, y: 200 },
      },
    },
  ],
});

/** A day of a support line. */
const day: readonly RestCase[] = [
  { ...get("no credentials", `${conversations}/Services`), credentials: "none" },
  { ...get("wrong credentials", `${conversations}/Services`), credentials: "wrong" },
  post("a Service", `${conversations}/Services`, { FriendlyName: "line" }, "service"),
  post("a Service without a name", `${conversations}/Services`),
  post("a Conversation", `${service}/Conversations`, { UniqueName: "one" }, "conversation"),
  post("the same unique name again", `${service}/Conversations`, { UniqueName: "one" }),
  get("a Conversation by its unique name", `${service}/Conversations/one`),
  get("a Conversation on the short path of another Service", `${conversations}/Conversations/{conversation}`),
  get("a Conversation that is not there", `${service}/Conversations/${gone("CH")}`),
  post("attributes that are no JSON", conversation, { Attributes: "{" }),
  post("attributes", conversation, { Attributes: '{"a":1}' }),
  post("a state that there is not", conversation, { State: "open" }),
  post("an empty state", conversation, { State: "" }),
  post("a timer that is too short", conversation, { "Timers.Inactive": "PT1S" }),
  post("a timer that is not a duration", conversation, { "Timers.Closed": "soon" }),
  post("timers", conversation, { "Timers.Inactive": "PT1H", "Timers.Closed": "P1D" }),
  post("a participant without anything", `${conversation}/Participants`),
  post(
    "a participant on a phone",
    `${conversation}/Participants`,
    {
      "MessagingBinding.Address": "+15550100201",
      "MessagingBinding.ProxyAddress": "+15550100001",
    },
    "participant",
  ),
  post("the same pair again", `${conversation}/Participants`, {
    "MessagingBinding.Address": "+15550100201",
    "MessagingBinding.ProxyAddress": "+15550100001",
  }),
  post("a proxy address that is not one of the account's", `${conversation}/Participants`, {
    "MessagingBinding.Address": "+15550100202",
    "MessagingBinding.ProxyAddress": "+15550100150",
  }),
  post("an address that is none", `${conversation}/Participants`, {
    "MessagingBinding.Address": "somebody",
    "MessagingBinding.ProxyAddress": "+15550100001",
  }),
  post("an identity and a binding", `${conversation}/Participants`, {
    Identity: "ada",
    "MessagingBinding.Address": "+15550100203",
    "MessagingBinding.ProxyAddress": "+15550100001",
  }),
  post("group texting", `${conversation}/Participants`, {
    Identity: "ada",
    "MessagingBinding.ProjectedAddress": "+15550100001",
  }),
  post("a participant in the chat", `${conversation}/Participants`, { Identity: "ada" }),
  post("the same identity again", `${conversation}/Participants`, { Identity: "ada" }),
  post("a binding that changes", `${conversation}/Participants/{participant}`, {
    "MessagingBinding.ProxyAddress": "+15550100002",
  }),
  get("participants", `${conversation}/Participants`),
  post("a message", `${conversation}/Messages`, { Author: "ada", Body: "hello" }, "message"),
  post("a message without a body", `${conversation}/Messages`, { Author: "ada" }),
  post("a message that is too long", `${conversation}/Messages`, { Body: "x".repeat(1601) }),
  post("media that is not there", `${conversation}/Messages`, { MediaSid: gone("ME") }),
  post("a subject", `${conversation}/Messages`, { Body: "hello", Subject: "mail" }),
  get("messages", `${conversation}/Messages?Order=desc&PageSize=1`),
  get("a page size that is none", `${conversation}/Messages?PageSize=many`),
  remove("a message goes", `${conversation}/Messages/{message}`),
  remove("a message that is gone goes", `${conversation}/Messages/{message}`),
  get("a message that is gone", `${conversation}/Messages/{message}`),
  post("a webhook without a target", `${conversation}/Webhooks`),
  post("a webhook without a URL", `${conversation}/Webhooks`, { Target: "webhook" }),
  post("a studio webhook without a Flow", `${conversation}/Webhooks`, { Target: "studio" }),
  post("a webhook", `${conversation}/Webhooks`, {
    Target: "webhook",
    "Configuration.Url": "https://example.com/hook",
    "Configuration.Filters": "onMessageAdded",
  }),
  get("webhooks", `${conversation}/Webhooks`),
  post("it closes", conversation, { State: "closed" }),
  post("a closed Conversation opens", conversation, { State: "active" }),
  post("a message in a closed Conversation", `${conversation}/Messages`, { Body: "late" }),
  post("a pair that a closed Conversation let go", `${service}/Conversations`, {}, "second"),
  remove("a Conversation goes", conversation),
  get("a Conversation that is gone", conversation),
  remove("a Conversation that is gone goes", conversation),
  post("an address", `${conversations}/Configuration/Addresses`, { Type: "sms", Address: "+15550100001" }),
  post("the same address again", `${conversations}/Configuration/Addresses`, {
    Type: "sms",
    Address: "+15550100001",
  }),
  post("an address of a type that there is not", `${conversations}/Configuration/Addresses`, {
    Type: "pigeon",
    Address: "+15550100002",
  }),
  { ...post("JSON that is none", `${conversations}/Services`), json: "{" },
  { name: "a method that there is not", method: "PUT", url: `${conversations}/Services` },
  post(
    "a text",
    `${account}/Messages.json`,
    { From: "+15550100001", To: "+15550100201", Body: "hello" },
    "sms",
  ),
  get("the text", `${account}/Messages/{sms}.json`),
  post("a text without To", `${account}/Messages.json`, { From: "+15550100001", Body: "hello" }),
  post("a text without From", `${account}/Messages.json`, { To: "+15550100201", Body: "hello" }),
  post("a text from nobody's number", `${account}/Messages.json`, {
    From: "+15550100150",
    To: "+15550100201",
    Body: "hello",
  }),
  post("a text without a body", `${account}/Messages.json`, { From: "+15550100001", To: "+15550100201" }),
  post("a text to no number", `${account}/Messages.json`, { From: "+15550100001", To: "x", Body: "hello" }),
  post("short links", `${account}/Messages.json`, {
    From: "+15550100001",
    To: "+15550100201",
    Body: "hello",
    ShortenUrls: "true",
  }),
  post("a Messaging Service", "messaging.twilio.com/v1/Services", { FriendlyName: "pool" }, "pool"),
  post("a text from an empty pool", `${account}/Messages.json`, {
    MessagingServiceSid: "{pool}",
    To: "+15550100201",
    Body: "hello",
  }),
  post("a text from a pool that is not there", `${account}/Messages.json`, {
    MessagingServiceSid: gone("MG"),
    To: "+15550100201",
    Body: "hello",
  }),
  post("a scheduled text without a pool", `${account}/Messages.json`, {
    From: "+15550100001",
    To: "+15550100201",
    Body: "hello",
    ScheduleType: "fixed",
    SendAt: "2026-01-30T14:00:00Z",
  }),
  post("a call", `${account}/Calls.json`, {
    From: "+15550100001",
    To: "+15550100201",
    Twiml: "<Response><Say>hello</Say></Response>",
  }),
  post("a call without TwiML", `${account}/Calls.json`, { From: "+15550100001", To: "+15550100201" }),
  post("a call that is recorded", `${account}/Calls.json`, {
    From: "+15550100001",
    To: "+15550100201",
    Twiml: "<Response/>",
    Record: "true",
  }),
  get("the account's balance", `${account}/Balance.json`),
  get("another account", "api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000000.json"),
  post("a Flow", studio, { FriendlyName: "cases", Status: "published", Definition: flow }, "flow"),
  post("a Flow that is none", studio, { FriendlyName: "cases", Status: "published", Definition: "{}" }),
  post("a Flow that is not JSON", studio, { FriendlyName: "cases", Status: "published", Definition: "{" }),
  post(
    "an Execution",
    `${studio}/{flow}/Executions`,
    { To: "+15550100201", From: "+15550100001" },
    "execution",
  ),
  post("an Execution for a busy contact", `${studio}/{flow}/Executions`, {
    To: "+15550100201",
    From: "+15550100001",
  }),
  post("an Execution ends", `${studio}/{flow}/Executions/{execution}`, { Status: "ended" }),
  post("an Execution ends otherwise", `${studio}/{flow}/Executions/{execution}`, { Status: "paused" }),
  get("a revision that is none", `${studio}/{flow}/Revisions/first`),
  post("a Workspace", taskrouter, { FriendlyName: "desk" }, "workspace"),
  get("how it stands", `${taskrouter}/{workspace}/RealTimeStatistics`),
  get("what happened there", `${taskrouter}/{workspace}/CumulativeStatistics?Minutes=60`),
  get("both", `${taskrouter}/{workspace}/Statistics`),
  post("a Workflow that is not JSON", `${taskrouter}/{workspace}/Workflows`, {
    FriendlyName: "x",
    Configuration: "{",
  }),
  post("a Serverless Service", serverless, { UniqueName: "cases", FriendlyName: "cases" }, "functions"),
  post("the same name again", serverless, { UniqueName: "cases", FriendlyName: "cases" }),
  post("a Build of nothing", `${serverless}/{functions}/Builds`),
  post("an Environment with a wrong suffix", `${serverless}/{functions}/Environments`, {
    UniqueName: "dev",
    DomainSuffix: "-",
  }),
  get("a number that can be one", "lookups.twilio.com/v2/PhoneNumbers/+12025550123"),
  get("a number that cannot", "lookups.twilio.com/v2/PhoneNumbers/+1202"),
  get("whose number it is", "lookups.twilio.com/v2/PhoneNumbers/+12025550123?Fields=caller_name"),
  post("a Verify Service", "verify.twilio.com/v2/Services", { FriendlyName: "login" }, "verify"),
  post("a check without a code that was sent", "verify.twilio.com/v2/Services/{verify}/VerificationCheck", {
    To: "+15550100201",
    Code: "123456",
  }),
  post(
    "a code goes out",
    "verify.twilio.com/v2/Services/{verify}/Verifications",
    { To: "+15550100201", Channel: "sms", CustomCode: "123456" },
    "verification",
  ),
  post("a wrong code", "verify.twilio.com/v2/Services/{verify}/VerificationCheck", {
    To: "+15550100201",
    Code: "000000",
  }),
  post("the right code", "verify.twilio.com/v2/Services/{verify}/VerificationCheck", {
    To: "+15550100201",
    Code: "123456",
  }),
  get("media that is not there", `mcs.us1.twilio.com/v1/Services/{service}/Media/${gone("ME")}`),
  get("a socket", "tsock.us1.twilio.com/v3/wsconnect"),
  get("a host that nobody knows", "nothing.twilio.com/v1/Things"),
  get("the successor of Conversations", "conversations.twilio.com/v2/ControlPlane/Configurations"),
];

/** Each resource: what is not there, and a create that lacks everything. */
function asked({ token, host, operations }: Resource): RestCase[] {
  const filled = (path: string) =>
    `${host}${path
      .replace("{AccountSid}", "AC10ca1000000000000000000000000001")
      .replace(/\{(\w+)\}/g, (_, name: string) => gone(prefixes[name] ?? "XX"))}`;
  const cases: RestCase[] = [];
  const { list, fetch, create } = operations;
  if (list !== undefined) cases.push(get(`${token}: list`, filled(list.path)));
  if (fetch !== undefined) cases.push(get(`${token}: fetch`, filled(fetch.path)));
  if (create !== undefined) cases.push(post(`${token}: create`, filled(create.path)));
  return cases;
}

const prefixes: Readonly<Record<string, string>> = {
  ServiceSid: "ZS",
  ChatServiceSid: "IS",
  ConversationSid: "CH",
  FlowSid: "FW",
  WorkspaceSid: "WS",
};

const products = ["conversations", "studio", "serverless", "taskrouter", "messaging", "sync", "verify"];

/** All of them. */
export const restCases: readonly RestCase[] = [
  ...day,
  ...allResources()
    .filter(({ product }) => products.includes(product))
    .flatMap(asked),
];

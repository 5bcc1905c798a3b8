/** What Twilio's documents say in prose that a request leaves open: each default is honoured, or named here with why it is not. */
import { allResources, resource as rowOf, type Resource } from "@support-line/twilio-api";
import { proseDefaults, type ProseDefault } from "@support-line/twilio-api/testing/prose-defaults.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTwilio, type OpenedTwilio } from "./index.ts";
import type { Body, Json } from "./product.ts";
import { products } from "./products.ts";
import { parameters, servingOf } from "./served.ts";
import { Samples } from "./testing/samples.ts";

/** Values that a sentence names in other words. */
const inOtherWords: Readonly<Record<string, Json>> = {
  "twilio:api:Application ApiVersion": "2010-04-01",
  "twilio:api:IncomingPhoneNumber FriendlyName": "(202) 555-0100",
  "twilio:api:SipIpAddress CidrPrefixLength": 32,
  "twilio:notify:Binding NotificationProtocolVersion": "3",
  "twilio:notify:Service DeliveryCallbackEnabled": false,
  "twilio:taskrouter:Task IgnoreCapacity": false,
  "twilio:taskrouter:Task Timeout": 86_400,
  "twilio:taskrouter:Workspace MultiTaskEnabled": true,
  "twilio:verify:Service DoNotShareWarningEnabled": false,
  "twilio:verify:Service Totp.Issuer": "sample",
  "twilio:voice:IpRecord CidrPrefixLength": 32,
};

/** Parameters whose default no answer shows, or whose sentence names no value; by token, and what holds them instead. */
const elsewhere: readonly (readonly [token: string, parameters: readonly string[], why: string])[] = [
  [
    "twilio:accounts:AuthTokenPromotion",
    ["SuppressEmailNotification"],
    "nobody here gets e-mail about a token that is rotated",
  ],
  [
    "twilio:accounts:SecondaryAuthToken",
    ["SuppressEmailNotification"],
    "nobody here gets e-mail about a token that is rotated",
  ],
  ["twilio:api:Account", ["FriendlyName"], "the time is in it: facts.test.ts"],
  ["twilio:api:Address", ["AutoCorrectAddress"], "addresses are taken as they are written"],
  [
    "twilio:api:Call",
    ["FallbackMethod", "Method", "StatusCallbackMethod", "Timeout"],
    "a call does by it and does not show it: voice/calls.test.ts",
  ],
  ["twilio:api:Message", ["ContentVariables"], "a template's own values: content/content.test.ts"],
  ["twilio:api:Message", ["ValidityPeriod"], "a message here waits for no carrier"],
  ["twilio:api:ShortCode", ["FriendlyName"], "short codes are seeded with their own number as a name"],
  [
    "twilio:conversations:AddressConfiguration",
    ["AutoCreation.ConversationServiceSid"],
    "I13 in facts.test.ts",
  ],
  [
    "twilio:conversations:Configuration",
    ["DefaultChatServiceSid", "DefaultClosedTimer", "DefaultInactiveTimer", "DefaultMessagingServiceSid"],
    "they are what is called a default, and have none",
  ],
  [
    "twilio:conversations:ConversationWithParticipants",
    ["Bindings.Email.Address", "Bindings.Email.Name"],
    "e-mail is not played, and the sentence names no value",
  ],
  [
    "twilio:conversations:ServiceConversationWithParticipants",
    ["Bindings.Email.Address", "Bindings.Email.Name"],
    "e-mail is not played, and the sentence names no value",
  ],
  ["twilio:conversations:ConversationScopedWebhook", ["Configuration.ReplayAfter"], "not set, and not shown"],
  [
    "twilio:conversations:ServiceConversationScopedWebhook",
    ["Configuration.ReplayAfter"],
    "not set, and not shown",
  ],
  [
    "twilio:flex:FlexFlow",
    ["Integration.Channel", "Integration.Priority", "Integration.RetryCount", "Integration.Timeout"],
    "what an integration has depends on its type: the test below",
  ],
  ["twilio:iam:Key", ["KeyType"], "a key of either kind opens the account, and no answer shows which it is"],
  [
    "twilio:messaging:DestinationAlphaSender",
    ["IsoCountryCode"],
    "a sender for every country: there is none to show",
  ],
  ["twilio:messaging:DomainConfig", ["DisableHttps"], "short links are not played, and no answer shows it"],
  [
    "twilio:messaging:UsAppToPerson",
    ["HelpKeywords", "HelpMessage", "OptOutKeywords", "OptOutMessage"],
    "the sentence speaks of the default opt-out of an account",
  ],
  ["twilio:numbers:HostedNumberOrder", ["AccountSid"], "the account that asks"],
  [
    "twilio:taskrouter:Task",
    ["Priority", "TaskChannel", "VirtualStartTime"],
    "shown by other names, or words of a default that is overridden: taskrouter/tasks.test.ts",
  ],
  ["twilio:taskrouter:Workspace", ["Template"], "a Workspace without one: taskrouter/tasks.test.ts"],
  ["twilio:verify:Service", ["DefaultTemplateSid"], "it is what is called a default, and has none"],
  [
    "twilio:verify:Verification",
    ["Locale", "TemplateSid"],
    "what a message reads by a template is not played",
  ],
  [
    "twilio:video:Room",
    ["TranscribeParticipantsOnConnect", "TranscriptionsConfiguration"],
    "nobody speaks in a room here",
  ],
  [
    "twilio:voice:ByocTrunk",
    ["FromDomainSid"],
    "the domain of a call that goes out over it, and none does here",
  ],
];
const isElsewhere = (token: string, parameter: string): boolean =>
  elsewhere.some(([of, parameters]) => of === token && parameters.includes(parameter));

const behaviours = new Set(Object.values(products).flatMap((product) => Object.keys(product.behaviours)));
const isPlayed = (row: Resource): boolean => servingOf(row, behaviours.has(row.token)) !== "not played";

let local: OpenedTwilio;
/** What one of each resource shows that was made with nothing but what is required. */
const shown = new Map<string, Body>();
beforeAll(async () => {
  local = await openTwilio({ memory: true, report: () => undefined });
  const samples = new Samples(local.accountSid);
  const rows = allResources()
    .filter(isPlayed)
    .sort((one, other) => samples.depth(one) - samples.depth(other));
  for (const again of [false, true]) {
    for (const row of rows) {
      if (again && shown.has(row.token)) continue;
      const operation = row.operations.create === undefined ? "fetch" : "create";
      if (operation === "fetch" && row.idParameter !== null) continue;
      const request = samples.request(row, operation, false);
      if (request === undefined) continue;
      const { method, url, body } = request;
      const { status, text } = await local.request({ method, url, body });
      const answer = (text === "" ? {} : JSON.parse(text)) as Body;
      samples.learn(request, status, answer);
      if (status >= 300) continue;
      shown.set(row.token, answer);
      await local.idle();
      // What is made later says so first, and is seen in the list.
      for (const look of ["list", "fetch"] as const) {
        const read = operation === "create" ? samples.request(row, look, false) : undefined;
        if (read === undefined) continue;
        const seen = await local.request(read);
        if (seen.status >= 300) continue;
        const found = JSON.parse(seen.text) as Body;
        samples.learn(read, seen.status, found);
        if (look === "fetch") shown.set(row.token, { ...answer, ...found });
      }
    }
  }
}, 120_000);
afterAll(() => local.close());

/** What has to be given has no default. */
function isRequired({ operations }: Resource, parameter: string): boolean {
  const forms = [operations.create ?? operations.update].flatMap((operation) => operation?.form ?? []);
  return forms.some(({ name, required }) => name === parameter && required);
}

/** What is not honoured of a default; undefined where it is, or where nothing can be asked for it. */
function missing({ token, operation, parameter, says, value }: ProseDefault): string | undefined {
  const row = rowOf(token);
  const name = `${token} ${parameter}`;
  const isNamed = parameters.some(
    (each) =>
      each.tokens.includes(token) &&
      each.operations.includes(operation) &&
      each.parameters.includes(parameter),
  );
  if (row === undefined || !isPlayed(row) || isNamed) return undefined;
  if (isElsewhere(token, parameter) || isRequired(row, parameter)) return undefined;
  const expected = inOtherWords[name] ?? value;
  const property = row.inputs.find((input) => input.name === parameter)?.property ?? null;
  const about = shown.get(token);
  if (about === undefined) return `${name}: none was made`;
  if (property === null || expected === undefined) return `${name}: ${says}`;
  const is = property
    .split(".")
    .reduce<Json | undefined>(
      (at, part) => (typeof at === "object" && at !== null ? (at as Body)[part] : undefined),
      about,
    );
  // Some documents show a number or a truth value as text.
  const written = (value: Json | undefined) => JSON.stringify(value)?.replaceAll('"', "");
  return written(is) === written(expected)
    ? undefined
    : `${name}: ${JSON.stringify(is)} is not ${JSON.stringify(expected)}`;
}

test("every default that stands in prose is honoured", () => {
  const found = proseDefaults().map(missing);
  expect([...new Set(found.filter((one) => one !== undefined))].sort()).toEqual([]);
});

test("a reason that no default needs any more is taken away", () => {
  const named = new Set(proseDefaults().map(({ token, parameter }) => `${token} ${parameter}`));
  const all = [
    ...Object.keys(inOtherWords),
    ...elsewhere.flatMap(([token, parameters]) => parameters.map((parameter) => `${token} ${parameter}`)),
  ];
  expect(all.filter((name) => !named.has(name))).toEqual([]);
});

test.each<readonly [string, Body]>([
  ["studio", { retry_count: 3 }],
  ["external", { retry_count: 3 }],
  ["task", { channel: "default", timeout: 86_400, priority: 0 }],
])("an integration of a Flex Flow by %s has what its type takes", async (type, usual) => {
  const body = {
    FriendlyName: type,
    ChannelType: "web",
    ChatServiceSid: `IS${"0".repeat(32)}`,
    IntegrationType: type,
  };
  const { text } = await local.request({ method: "POST", url: "flex-api.twilio.com/v1/FlexFlows", body });
  expect((JSON.parse(text) as Body)["integration"]).toEqual(usual);
});

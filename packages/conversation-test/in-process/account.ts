/**
 * The account of a world: its numbers, the Flow, whatever the Flow and the Variables of the Functions name by SID, and the
 * real Functions. All of it is made by Twilio's REST API.
 */
import { defaultSeed, type OpenedTwilio } from "@support-line/local-twilio";
import type { FlowDefinition } from "@support-line/studio";
import { anyDomain, isConversational, usual, type EngineWorldOptions } from "./options.ts";
import { RealFunctions } from "./real-functions.ts";
import { Rest } from "./rest.ts";

/** What a world has to know of its account. */
export interface Account {
  readonly flowSid: string;
  readonly serviceSid: string;
  /** `https://functions-1234.twil.io`; null when no real Functions are deployed. */
  readonly domain: string | null;
}

/** The URL of a Flow as a webhook. */
const webhookOf = (accountSid: string, flowSid: string) =>
  `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${flowSid}`;

/**
 * Makes it on an empty Twilio.
 *
 * @throws ConversationError `twilio-refused` when Twilio would not take the Flow, a number, a Function
 */
export async function makeAccount(twilio: OpenedTwilio, options: EngineWorldOptions): Promise<Account> {
  const { definition, functions, now = usual.now, switches = {}, as } = options;
  const rest = new Rest(twilio);
  twilio.setClock(now);
  twilio.setSwitches({ ...as?.switches, ...switches });
  seedNumbers(twilio, options);
  const real = functions instanceof RealFunctions ? functions : null;
  const named = namedSids(JSON.stringify(definition), Object.values(real?.variables ?? {}));
  const serviceSid = await makeServices(rest, named.of("IS"));
  await makeWorkspace(rest, named, options);
  for (const sid of named.of("HX")) {
    const types = { "twilio/text": { body: "A customer wrote: {{1}}" } };
    const content = JSON.stringify({ friendly_name: sid, language: "en", types });
    await rest.made("content.twilio.com/v1/Content", content, sid);
  }
  const domain = real === null ? null : await real.deployOn(rest);
  const subflows = await makeSubflows(rest, options);
  const flowSid = await makeFlow(
    rest,
    options.flow ?? "Flow",
    definition,
    named.of("FW").find((sid) => !subflows.has(sid)),
  );
  await answerAt(twilio, rest, options, flowSid, serviceSid);
  await rest.idle();
  return { flowSid, serviceSid, domain };
}

/** SIDs that somebody names and that are to be there, by prefix, in their order. */
interface Named {
  of(prefix: string): readonly string[];
}

function namedSids(...texts: readonly (string | readonly string[])[]): Named {
  const all = [
    ...new Set(
      [
        ...texts
          .flat()
          .join(" ")
          .matchAll(/\b[A-Z]{2}[0-9a-f]{32}\b/g),
      ].map(([sid]) => sid),
    ),
  ];
  return { of: (prefix) => all.filter((sid) => sid.startsWith(prefix)) };
}

/** The numbers of the account: those that a local Twilio has, the line, further ones; none of them is a person's. */
function seedNumbers(twilio: OpenedTwilio, options: EngineWorldOptions): void {
  const { line = usual.line, numbers = [], people = usual.people } = options;
  const taken = new Set(Object.values(people));
  const usually = [...(defaultSeed.numbers ?? []).map(({ phoneNumber }) => phoneNumber)];
  const senders = (defaultSeed.senders ?? []).map(({ senderId }) => senderId);
  const own = [...new Set([line, ...numbers, ...usually, ...senders])].filter((each) => !taken.has(each));
  twilio.seed({
    numbers: own.filter((each) => each.startsWith("+")).map((phoneNumber) => ({ phoneNumber })),
    shortCodes: own.filter((each) => /^\d+$/.test(each)).map((shortCode) => ({ shortCode })),
    senders: own.filter((each) => each.includes(":")).map((senderId) => ({ senderId })),
  });
}

/** Services of Conversations and of Sync under the SIDs that are named; the first is the one that messages come into. */
async function makeServices(rest: Rest, [first, ...others]: readonly string[]): Promise<string> {
  const api = "conversations.twilio.com/v1/Services";
  const main = await rest.made(api, { FriendlyName: "line" }, first);
  for (const sid of others) await rest.made(api, { FriendlyName: sid }, sid);
  for (const sid of first === undefined ? [] : [first, ...others]) {
    await rest.made("sync.twilio.com/v1/Services", { FriendlyName: sid }, sid);
  }
  return main;
}

/** The Workspace, Workflow and Task channel that the Flow hands over to, and the Function that hears of Tasks. */
async function makeWorkspace(
  rest: Rest,
  named: Named,
  { definition, taskEvents }: EngineWorldOptions,
): Promise<void> {
  const [workflows, channels] = [named.of("WW"), named.of("TC")];
  const [given] = named.of("WS");
  if (given === undefined && workflows.length + channels.length === 0) return;
  const api = "taskrouter.twilio.com/v1/Workspaces";
  const callback = taskEvents === undefined ? {} : { EventCallbackUrl: `${anyDomain}/${taskEvents}` };
  const workspace = await rest.made(api, { FriendlyName: "Flex", ...callback }, given);
  const queue = await rest.made(`${api}/${workspace}/TaskQueues`, { FriendlyName: "everybody" });
  for (const sid of workflows) {
    const seconds = waitOf(definition, sid);
    const targets = [{ queue, ...(seconds > 0 ? { timeout: seconds } : {}) }];
    const filters = [{ filter_friendly_name: "everybody", expression: "1==1", targets }];
    const form = { FriendlyName: sid, Configuration: JSON.stringify({ task_routing: { filters } }) };
    await rest.made(`${api}/${workspace}/Workflows`, form, sid);
  }
  for (const sid of channels) {
    await rest.made(`${api}/${workspace}/TaskChannels`, { FriendlyName: sid, UniqueName: sid }, sid);
  }
}

/** How long a Task of the Flow's waits in a Workflow, in seconds; 0: for ever. */
function waitOf({ states }: FlowDefinition, workflowSid: string): number {
  const widget = states.find(
    ({ type, properties }) => type === "send-to-flex" && properties["workflow"] === workflowSid,
  );
  return Number(widget?.properties["timeout"] ?? 0) || 0;
}

/** The Flows that Run Subflow names, and those that they name. */
async function makeSubflows(
  rest: Rest,
  { definition, subflows = () => undefined }: EngineWorldOptions,
): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  const make = async ({ states }: FlowDefinition): Promise<void> => {
    for (const { type, properties } of states) {
      const sid = type === "run-subflow" ? properties["flow_sid"] : undefined;
      if (typeof sid !== "string" || made.has(sid)) continue;
      const found = subflows(sid, "LatestPublished");
      if (found === undefined) continue;
      made.add(sid);
      await makeFlow(rest, sid, found.definition, sid);
      await make(found.definition);
    }
  };
  await make(definition);
  return made;
}

function makeFlow(rest: Rest, name: string, definition: FlowDefinition, sid?: string): Promise<string> {
  const whole = { description: name, flags: { allow_concurrent_calls: true }, ...definition };
  const form = { FriendlyName: name, Status: "published", Definition: JSON.stringify(whole) };
  return rest.made("studio.twilio.com/v2/Flows", form, sid);
}

/** The line's messages and calls reach the Flow. */
async function answerAt(
  twilio: OpenedTwilio,
  rest: Rest,
  options: EngineWorldOptions,
  flowSid: string,
  serviceSid: string,
): Promise<void> {
  const { line = usual.line } = options;
  const url = webhookOf(twilio.accountSid, flowSid);
  const takesMessages = !isConversational(options);
  await setWebhooks(twilio, rest, line, url, takesMessages);
  if (takesMessages) return;
  await rest.made("conversations.twilio.com/v1/Configuration/Addresses", {
    Type: line.includes(":") ? (line.split(":")[0] ?? "") : "sms",
    Address: line,
    "AutoCreation.Enabled": "true",
    "AutoCreation.Type": "studio",
    "AutoCreation.ConversationServiceSid": serviceSid,
    "AutoCreation.StudioFlowSid": flowSid,
  });
}

/** The webhooks of a number, or of a sender, which has no calls. */
async function setWebhooks(
  twilio: OpenedTwilio,
  rest: Rest,
  line: string,
  url: string,
  takesMessages: boolean,
): Promise<void> {
  if (line.includes(":")) {
    if (!takesMessages) return;
    const senders = "messaging.twilio.com/v2/Channels/Senders";
    const sid = await rest.found(
      `${senders}?Channel=${line.split(":")[0] ?? ""}`,
      "senders",
      "sender_id",
      line,
    );
    await rest.post(`${senders}/${sid}`, JSON.stringify({ webhook: { callback_url: url } }));
    return;
  }
  const isShort = !line.startsWith("+");
  const api = `api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}`;
  const [folder, key, property] = isShort
    ? (["SMS/ShortCodes", "short_codes", "short_code"] as const)
    : (["IncomingPhoneNumbers", "incoming_phone_numbers", "phone_number"] as const);
  const sid = await rest.found(`${api}/${folder}.json`, key, property, line);
  await rest.post(`${api}/${folder}/${sid}.json`, {
    ...(takesMessages ? { SmsUrl: url } : {}),
    ...(isShort ? {} : { VoiceUrl: url }),
  });
}

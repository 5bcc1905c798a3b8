/** Reads a whole line: what answers an address, and everything that it needs. Only reads. */
import { validate, type FlowDefinition } from "@support-line/studio";
import { secretLines } from "@support-line/twilio-api/looks-secret";
import { CliError } from "../errors.ts";
import type { Stage } from "@support-line/stage";
import { reading, type Account } from "./account.ts";
import {
  readAnswering,
  type Answering,
  type Configuration,
  type Entry,
  type NumberWebhook,
} from "./entries.ts";
import { readFunctions, readPlaces, type DeployedFunctions } from "./functions.ts";
import { lineAt, nameInStage, servicesInStage, type Joined, type Services } from "./joining.ts";
import { placesCalled, toTemplate, type AdoptedTemplate } from "./template.ts";
import { chooseLine, type Wanted } from "./which-line.ts";

export interface AdoptedLine {
  readonly stage: string;
  /** Of the line, its template and the folder of its Functions. */
  readonly name: string;
  readonly accountSid: string;
  readonly endpoint: string;
  readonly entry: Entry;
  readonly configuration: Configuration | null;
  readonly number: NumberWebhook | null;
  readonly flow: {
    readonly sid: string;
    readonly friendlyName: string;
    readonly status: string;
    readonly revision: number;
  };
  readonly template: AdoptedTemplate;
  readonly conversations: { readonly sid: string; readonly friendlyName: string };
  readonly functions: DeployedFunctions | null;
  /** What is talked about at this moment. */
  readonly open: { readonly conversations: number; readonly executions: number };
  /** Its Services in the stack. */
  readonly services: Services;
  /** The stage file that it comes into; null: it gets a file of its own. */
  readonly joins: { readonly file: string } | null;
  /** What is not taken over, and why. */
  readonly left: readonly string[];
}

/** The stage that a line comes into, with its file. */
export interface Into {
  readonly stage: Joined;
  readonly file: string;
}

/** As many Conversations and Executions as are counted. */
const most = 1000;

/**
 * Reads the line that is wanted.
 *
 * @param name of the line; made of the Flow's when absent
 * @param into the stage, where it is there and has adopted something
 * @throws CliError saying why it cannot be adopted, and the way out
 */
export async function readLine(
  account: Account,
  stage: string,
  wanted: Wanted,
  name: string | undefined,
  into: Into | null,
): Promise<AdoptedLine> {
  return reading(account, async () => {
    const { client, accountSid, endpoint } = account;
    const answering = await readAnswering(account);
    const there = into?.stage ?? null;
    const chosen = chooseLine(accountSid, answering, wanted, there);
    const { entry, configuration } = chosen;
    const flow = await client.studio.v2.flows(entry.flowSid).fetch();
    if (flow.accountSid !== accountSid) {
      throw new CliError("credentials-elsewhere", { account: accountSid, actual: flow.accountSid });
    }
    const definition = flow.definition as FlowDefinition;
    const { errors, warnings } = validate(definition);
    if (errors.length > 0) {
      const problems = errors.map(({ widget, message }) => `${widget ?? "the Flow"}: ${message}`).join("; ");
      throw new CliError("not-adoptable", {
        problem: `Flow ${flow.sid} (${flow.friendlyName}) would not be published again as it is: ${problems}. Fix it in Studio's editor, then adopt again.`,
      });
    }
    const called = placesCalled(definition, await readPlaces(account));
    const [place, ...others] = called.keys();
    const functions = place === undefined ? null : await readFunctions(account, place);
    const usual = lineName(flow.friendlyName);
    const own = nameInStage(there, answering, entry, { wanted: name, usual });
    const defaultSid = await defaultService(account);
    const conversations = await conversationsOf(account, configuration, defaultSid);
    const services = servicesInStage(
      there,
      own,
      { conversationsSid: conversations.sid, functions },
      conversationsOfLines(there, answering, defaultSid),
    );
    const template = toTemplate(own, definition, functions);
    const [open, webhooks] = await Promise.all([
      openNow(account, conversations.sid, flow.sid),
      webhooksOf(account, conversations.sid),
    ]);
    return {
      stage,
      name: own,
      accountSid,
      endpoint,
      ...chosen,
      flow: { sid: flow.sid, friendlyName: flow.friendlyName, status: flow.status, revision: flow.revision },
      template,
      conversations,
      functions,
      open,
      services,
      joins: into === null || isAlone(into.stage, own) ? null : { file: into.file },
      left: [
        ...otherAddresses(answering, entry, there),
        ...warnings.map(
          ({ widget, message }) =>
            `${widget === undefined ? "the Flow" : `widget ${widget}`}: ${message} (kept as it is; nobody here can run it)`,
        ),
        ...template.kept.map(
          (what) => `${what} stays as it is: it is this account's, and another stage needs its own`,
        ),
        ...others.map(
          ({ domainName }) =>
            `${domainName}: the Flow runs Functions there too; they are called as before and stay outside the stage`,
        ),
        ...(functions === null ? [] : functionsLeft(functions)),
        ...secretsIn(template, functions),
        ...webhooks,
      ],
    };
  });
}

/** `Support (EU) line` → `support-eu-line`. */
export function lineName(friendlyName: string): string {
  const name = friendlyName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 30)
    .replace(/-+$/, "");
  return name === "" ? "line" : name;
}

/** Whether a stage's file has the short form, and this line in it. */
function isAlone({ adopted, lines }: Joined, name: string): boolean {
  return adopted.isShort && lines.every((line) => line.name === name);
}

async function defaultService({ client }: Account): Promise<string> {
  return (await client.conversations.v1.configuration().fetch()).defaultChatServiceSid;
}

/** Which Conversations Services the lines of a stage have at Twilio. */
function conversationsOfLines(
  stage: Joined | null,
  { configurations }: Answering,
  defaultSid: string,
): ReadonlyMap<string, string> {
  return new Map(
    (stage?.lines ?? []).map(({ name, address }) => {
      const own = configurations.find((each) => each.address === address);
      return [name, own?.serviceSid ?? defaultSid];
    }),
  );
}

async function conversationsOf({ client }: Account, configuration: Configuration | null, defaultSid: string) {
  const sid = configuration?.serviceSid ?? defaultSid;
  const { friendlyName } = await client.conversations.v1.services(sid).fetch();
  return { sid, friendlyName };
}

async function openNow({ client }: Account, serviceSid: string, flowSid: string) {
  const service = client.conversations.v1.services(serviceSid);
  const [active, inactive, executions] = await Promise.all([
    service.conversations.list({ state: "active", limit: most, pageSize: 100 }),
    service.conversations.list({ state: "inactive", limit: most, pageSize: 100 }),
    client.studio.v2.flows(flowSid).executions.list({ limit: most, pageSize: 1000 }),
  ]);
  return {
    conversations: active.length + inactive.length,
    executions: executions.filter(({ status }) => status === "active").length,
  };
}

/** Webhooks beside the Flow hear the line's messages too. */
async function webhooksOf({ client }: Account, serviceSid: string): Promise<string[]> {
  const [account, service] = await Promise.all([
    client.conversations.v1.configuration.webhooks().fetch(),
    client.conversations.v1.services(serviceSid).configuration.webhooks().fetch(),
  ]);
  const said = (
    of: string,
    { preWebhookUrl, postWebhookUrl }: { preWebhookUrl: string; postWebhookUrl: string },
  ) =>
    [preWebhookUrl, postWebhookUrl]
      .filter((url) => (url ?? "") !== "")
      .map((url) => `the webhook ${url} of ${of} goes on; it is not part of the stage`);
  return [...said("the account's Conversations", account), ...said("the Conversations Service", service)];
}

function otherAddresses(
  { configurations, switchedOff, numbers }: Answering,
  { address }: Entry,
  stage: Stage | null,
): string[] {
  const isElsewhere = (other: { readonly address: string }) =>
    other.address !== address && lineAt(stage, other.address) === null;
  return [
    ...switchedOff
      .filter((each) => each.address === address)
      .map(
        ({ sid }) =>
          `address configuration ${sid} of ${address} is switched off: delete it before you switch the number over, Twilio takes one an address`,
      ),
    ...configurations
      .filter(isElsewhere)
      .map(
        ({ address: other, type, flowSid }) =>
          `address ${other} (${flowSid === null ? type : `Flow ${flowSid}`}): adopt it too, into this stage or one of its own`,
      ),
    ...numbers
      .filter((each) => isElsewhere(each) && each.smsUrl !== "")
      .map(({ address: other, smsUrl }) => `number ${other}: its own SMS webhook is ${smsUrl}`),
  ];
}

/** What everybody who may read the repository would read. */
function secretsIn({ template }: AdoptedTemplate, functions: DeployedFunctions | null): string[] {
  const advice =
    "what looks like a secret stands there in plain text: put it into a Variable before you commit";
  return [
    ...(functions?.functions ?? []).flatMap(({ file, code }) =>
      secretLines(code).map((line) => `${file}:${line}: ${advice}`),
    ),
    ...template.states
      .filter((state) => secretLines(JSON.stringify(state, null, 1)).length > 0)
      .map(({ name }) => `widget ${name}: ${advice}`),
  ];
}

function functionsLeft({ assets, hidden, undeployed, environment }: DeployedFunctions): string[] {
  return [
    ...assets
      .filter(({ taken }) => taken === null)
      .map(({ path }) => `Asset ${path}: what is in it cannot be read; it stays in every Build as it is`),
    ...hidden.map((key) => `Variable ${key}: Twilio does not show its value; it stays, outside the stage`),
    ...undeployed.map((path) => `Function ${path}: it is in no Build that ${environment.domainName} runs`),
  ];
}

/**
 * An account that was filled by others: Functions by the Serverless Toolkit, Conversations and a Flow by Twilio's Node
 * client, as the page on Conversations with Studio says
 * (https://www.twilio.com/docs/studio/tutorials/conversations-with-studio).
 */
import { clientEnvironment } from "../../packages/local-twilio/cli/environment.ts";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Twilio } from "twilio";

/** What the Flow names of the Functions. */
export interface FunctionPlace {
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly functionSid: string;
  readonly url: string;
}

/** A project of the Serverless Toolkit: by file, what is in it. */
export const toolkitProject: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    name: "by-hand",
    version: "0.0.0",
    private: true,
    dependencies: { twilio: "6.2.0", "@twilio/runtime-handler": "2.1.0" },
  }),
  ".env": `GREETING=hello\nCRM_TOKEN=not-for-everybody\n`,
  "functions/greet.protected.js": `const { polite } = require(Runtime.getFunctions()["inner/polite"].path);

exports.handler = (context, event, callback) => {
  // By hand, in 2019.
  callback(null, { text: polite(context.GREETING, event.said) });
};
`,
  "functions/inner/polite.private.js": `exports.polite = (greeting, said) => \`\${greeting}, you said: \${said}\`;\n`,
};

/** Deploys a project with the Serverless Toolkit as it is installed. */
export async function deployWithToolkit(
  local: { endpoint: string; accountSid: string; authToken: string; folder: string },
  project: string,
  ...words: string[]
): Promise<string> {
  const bin = resolve("node_modules/twilio-run/bin/twilio-run.js");
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...clientEnvironment(local.endpoint, local.folder, local) };
  const account = ["--username", local.accountSid, "--password", local.authToken];
  const args = [bin, "deploy", ...words, ...account, "--cwd", project];
  return (await promisify(execFile)(process.execPath, args, { env })).stdout;
}

/** Writes the project into a folder of its own and deploys it. */
export async function deployedProject(
  local: Parameters<typeof deployWithToolkit>[0],
  files: Readonly<Record<string, string | Uint8Array>> = toolkitProject,
): Promise<void> {
  const project = await mkdtemp(join(tmpdir(), "by-hand-"));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(project, file)), { recursive: true });
    await writeFile(join(project, file), text);
  }
  await deployWithToolkit(local, project, "--runtime", "node22");
  await rm(project, { recursive: true });
}

/**
 * Where the Function at a path of a Service is.
 *
 * @param of the Service's unique name, where the account has several
 */
export async function functionAt(client: Twilio, path: string, of?: string): Promise<FunctionPlace> {
  const services = await client.serverless.v1.services.list();
  const service = services.find(({ uniqueName }) => of === undefined || uniqueName === of);
  const serviceSid = service?.sid ?? "";
  const [environment] = await client.serverless.v1.services(serviceSid).environments.list();
  const found = await client.serverless.v1.services(serviceSid).functions.list();
  const functionSid = found.find(({ friendlyName }) => friendlyName === path)?.sid ?? "";
  return {
    serviceSid,
    environmentSid: environment?.sid ?? "",
    functionSid,
    url: `https://${environment?.domainName ?? ""}${path}`,
  };
}

const events = [
  "incomingMessage",
  "incomingCall",
  "incomingConversationMessage",
  "incomingRequest",
  "incomingParent",
];

/**
 * A Flow that answers with what a Function says.
 *
 * @param begins at these events
 */
export function greetingFlow(
  greet: FunctionPlace,
  begins: readonly string[] = ["incomingConversationMessage"],
): object {
  return {
    description: "By hand",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: events.map((event) => (begins.includes(event) ? { event, next: "greet" } : { event })),
        properties: { offset: { x: 0, y: 0 } },
      },
      {
        name: "greet",
        type: "run-function",
        transitions: [{ event: "success", next: "answer" }, { event: "fail" }],
        properties: {
          service_sid: greet.serviceSid,
          environment_sid: greet.environmentSid,
          function_sid: greet.functionSid,
          url: greet.url,
          parameters: [{ key: "said", value: "{{trigger.message.Body}}{{trigger.conversation.Body}}" }],
          offset: { x: 0, y: 200 },
        },
      },
      {
        name: "answer",
        type: "send-message",
        transitions: [{ event: "sent" }, { event: "failed" }],
        properties: {
          offset: { x: 0, y: 400 },
          service: "{{trigger.message.InstanceSid}}",
          channel: "{{trigger.message.ChannelSid}}",
          from: "{{flow.channel.address}}",
          to: "{{contact.channel.address}}",
          body: "{{widgets.greet.parsed.text}}",
        },
      },
    ],
  };
}

/**
 * A Flow, and an address configuration that opens Conversations for it: the SID of the Flow.
 *
 * @param entry with the Conversations Service; without one it gets one of its own
 */
export async function conversationEntry(
  client: Twilio,
  {
    address,
    definition,
    friendlyName = "Support line",
    serviceSid,
  }: {
    readonly address: string;
    readonly definition: object;
    readonly friendlyName?: string;
    readonly serviceSid?: string;
  },
): Promise<string> {
  const sid =
    serviceSid ?? (await client.conversations.v1.services.create({ friendlyName: "Support (2019)" })).sid;
  const flow = await client.studio.v2.flows.create({
    friendlyName,
    status: "published",
    commitMessage: "by hand",
    definition,
  });
  await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address,
    friendlyName: "Support number",
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flow.sid,
    "autoCreation.studioRetryCount": 2,
    "autoCreation.conversationServiceSid": sid,
  });
  return flow.sid;
}

/** The account of somebody who did Twilio's page by hand: Functions by `twilio-run`, the rest by Twilio's own client. */
import type { Twilio } from "twilio";
import {
  conversationEntry,
  deployedProject,
  functionAt,
  type FunctionPlace,
} from "../adopted/foreign-account.ts";

/** What is deployed by the Serverless Toolkit: a Function that adds the agent whom a Variable names. */
const project = (line: string, agent: string) => ({
  "package.json": JSON.stringify({
    name: "by-hand",
    version: "0.0.0",
    private: true,
    dependencies: { twilio: "6.2.0", "@twilio/runtime-handler": "2.1.0" },
  }),
  ".env": `AGENT=${agent}\nLINE=${line}\n`,
  "functions/add-agent.protected.js": `exports.handler = async (context, event, callback) => {
  const client = context.getTwilioClient();
  try {
    await client.conversations.v1.services(event.service).conversations(event.conversation).participants.create({
      "messagingBinding.address": context.AGENT,
      "messagingBinding.proxyAddress": context.LINE,
    });
    callback(null, "Success");
  } catch (error) {
    callback(error);
  }
};
`,
});

/** Fills the account; answers the SID of its Flow. */
export async function fillAccount(
  client: Twilio,
  local: Parameters<typeof deployedProject>[0],
  { line, agent }: { readonly line: string; readonly agent: string },
): Promise<string> {
  await deployedProject(local, project(line, agent));
  return conversationEntry(client, {
    address: line,
    definition: drawn(await functionAt(client, "/add-agent")),
  });
}

const events = [
  "incomingMessage",
  "incomingCall",
  "incomingConversationMessage",
  "incomingRequest",
  "incomingParent",
];

/** The page's Flow. */
function drawn({ serviceSid, environmentSid, functionSid, url }: FunctionPlace): object {
  const at = (x: number, y: number) => ({ offset: { x, y } });
  return {
    description: "By hand",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: events.map((event) =>
          event === "incomingConversationMessage" ? { event, next: "check_support" } : { event },
        ),
        properties: at(0, 0),
      },
      {
        name: "check_support",
        type: "split-based-on",
        transitions: [
          { event: "noMatch" },
          {
            event: "match",
            next: "add_agent",
            conditions: [
              {
                friendly_name: "Support",
                arguments: ["{{trigger.conversation.Body}}"],
                type: "equal_to",
                value: "support",
              },
            ],
          },
        ],
        properties: { input: "{{trigger.conversation.Body}}", ...at(0, 200) },
      },
      {
        name: "add_agent",
        type: "run-function",
        transitions: [{ event: "success", next: "confirm" }, { event: "fail" }],
        properties: {
          service_sid: serviceSid,
          environment_sid: environmentSid,
          function_sid: functionSid,
          url,
          parameters: [
            { key: "conversation", value: "{{trigger.conversation.ConversationSid}}" },
            { key: "service", value: "{{trigger.conversation.ChatServiceSid}}" },
          ],
          ...at(0, 400),
        },
      },
      {
        name: "confirm",
        type: "send-message",
        transitions: [{ event: "sent" }, { event: "failed" }],
        properties: {
          service: "{{trigger.message.InstanceSid}}",
          channel: "{{trigger.message.ChannelSid}}",
          from: "{{flow.channel.address}}",
          to: "{{contact.channel.address}}",
          body: "Added support agent",
          ...at(0, 600),
        },
      },
    ],
  };
}

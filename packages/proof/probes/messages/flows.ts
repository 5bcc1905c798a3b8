/** Flows that people write to: by a number, and in a Conversation. What cannot be known without an account is mostly here. */
import type { Seen } from "@support-line/local-twilio/proof";
import { fieldOf, listOf, textOf, type Account } from "../../account.ts";
import { FixtureRefused } from "../../fixtures.ts";
import type { Asked, Probe } from "../../probe.ts";
import { record } from "../deployed.ts";
import { at, flowOf, makeFlow, namesOf, outcomes, readExecution, state } from "../studio/flows.ts";
import { switchQuestion } from "../switches.ts";
import { openLine, settled } from "./line.ts";

const library = "https://www.twilio.com/docs/studio/widget-library/send-wait-reply";
const touches = ["widget:send-and-wait-for-reply"];

/** Asks a question of the run's own, and keeps how it was left. */
function asking(prefix: string, timeout = "3600"): string {
  const left = outcomes("incomingMessage", "timeout", "deliveryFailure");
  const properties = {
    from: "{{flow.channel.address}}",
    to: "{{contact.channel.address}}",
    body: `${prefix} which?`,
    timeout,
  };
  return flowOf(state("ask", "send-and-wait-for-reply", properties, left.next), ...left.states);
}

/** The first Execution of a Flow, once there is one. */
async function firstExecution(account: Account, flow: string): Promise<Seen | null> {
  return account.until(30, async () => {
    const { body } = await account.ask("GET", `studio.twilio.com/v2/Flows/${flow}/Executions`);
    return listOf(body, "executions").at(-1) ?? null;
  });
}

/** Waits until a text that holds `words` came to a number. */
async function came({ account }: Asked, to: string, words: string): Promise<boolean> {
  const api = `api.twilio.com/2010-04-01/Accounts/${account.sid}/Messages.json?To=${encodeURIComponent(to)}&PageSize=50`;
  const found = await account.until(60, async () => {
    const list = listOf((await account.ask("GET", api)).body, "messages");
    return list.some((each) => textOf(each, "body").includes(words)) ? true : null;
  });
  return found === true;
}

export const numberFlowProbe: Probe = {
  name: "messages/flow",
  part: "messages",
  needsNumbers: true,
  texts: 5,
  matters: "a line whose Flow hears texts without Conversations",
  questions: [
    {
      id: "flow-texts.trigger",
      asks: "what a Flow finds of the text that started it",
      source: "https://www.twilio.com/docs/studio/widget-library/trigger-start",
    },
    { id: "flow-texts.outbound", asks: "what Send & Wait keeps of its own text", source: library, touches },
    { id: "flow-texts.inbound", asks: "what Send & Wait keeps of the reply", source: library, touches },
    { id: "flow-texts.left", asks: "by which event Send & Wait was left", source: library, touches },
    {
      id: "flow-texts.channel",
      asks: "flow.channel.address and contact.channel.address",
      source: "https://www.twilio.com/docs/studio/widget-library/trigger-start",
    },
    {
      id: "flow-texts.timeout",
      asks: "by which event a Send & Wait of 5 seconds is left when nobody writes",
      source: library,
      touches,
    },
  ],
  async run(asked) {
    const { account, prefix, saw } = asked;
    const { line, phone, pool, inbound, send } = await openLine(asked);
    const flow = await makeFlow(asked, "texts", asking(prefix));
    const service = `messaging.twilio.com/v1/Services/${pool}`;
    const hookOf = (sid: string) => `https://webhooks.twilio.com/v1/Accounts/${account.sid}/Flows/${sid}`;
    await account.ask("POST", service, { form: { InboundRequestUrl: hookOf(flow) } });
    try {
      await send(phone, line, "begin");
      const execution = await firstExecution(account, flow);
      if (execution === null) throw new Error("no Execution came of a text to the line");
      await came(asked, phone, "which?");
      await send(phone, line, "this one");
      const { context } = await readExecution(
        asked,
        flow,
        { status: 200, headers: new Headers(), text: "", body: execution },
        60,
      );
      saw("flow-texts.trigger", namesOf(at(context, "trigger.message")));
      saw("flow-texts.outbound", namesOf(at(context, "widgets.ask.outbound")));
      saw("flow-texts.inbound", namesOf(at(context, "widgets.ask.inbound")));
      saw("flow-texts.left", at(context, "flow.variables.left_by") ?? "missing");
      saw("flow-texts.channel", {
        flow: at(context, "flow.channel.address") ?? null,
        contact: at(context, "contact.channel.address") ?? null,
      });
      const short = await makeFlow(asked, "texts-short", asking(prefix, "5"));
      await account.ask("POST", service, { form: { InboundRequestUrl: hookOf(short) } });
      await send(phone, line, "begin again");
      const second = await firstExecution(account, short);
      const late = await readExecution(
        asked,
        short,
        { status: 200, headers: new Headers(), text: "", body: second },
        30,
      );
      saw("flow-texts.timeout", at(late.context, "flow.variables.left_by") ?? "missing");
    } finally {
      await account.ask("POST", service, { form: { InboundRequestUrl: inbound.url } });
    }
  },
};

const switched = [
  "channelAddress",
  "replyLocation",
  "studioWebhookOutlivesExecution",
  "serviceWebhookHearsCarrier",
  "numberWebhookHearsConversations",
] as const;

export const conversationFlowProbe: Probe = {
  name: "messages/conversation",
  part: "messages",
  needsNumbers: true,
  texts: 5,
  matters: "a line whose Flow hears a Conversation: the switches of it, and what agents and customers are in",
  questions: [
    ...switched.map(switchQuestion),
    {
      id: "autocreated.conversation",
      asks: "a Conversation that a text opened: fields",
      source: "https://www.twilio.com/docs/conversations-classic/connect-to-studio",
    },
    {
      id: "autocreated.participant",
      asks: "who is in it: fields",
      source: "https://www.twilio.com/docs/conversations/inbound-autocreation",
    },
    {
      id: "autocreated.message",
      asks: "the message in it: fields",
      source: "https://www.twilio.com/docs/conversations/conversations-webhooks",
    },
    {
      id: "autocreated.webhooks",
      asks: "the webhooks that it has: fields",
      source: "https://www.twilio.com/docs/conversations-classic/connect-to-studio",
    },
    {
      id: "autocreated.events",
      asks: "the events of it",
      source: "https://www.twilio.com/docs/conversations/conversations-webhooks",
    },
    {
      id: "autocreated.trigger",
      asks: "what the Flow finds of the message",
      source: "https://www.twilio.com/docs/studio/widget-library/trigger-start",
    },
    {
      id: "autocreated.address",
      asks: "the address configuration: status, fields",
      source: "https://www.twilio.com/docs/conversations/api/address-configuration-resource",
    },
    {
      id: "autocreated.pair-taken",
      asks: "the same pair of addresses in a second Conversation",
      source: "https://www.twilio.com/docs/api/errors/50416",
    },
    {
      id: "autocreated.receipt",
      asks: "a receipt of a message to a phone: fields",
      source: "OpenAPI conversations v1, ConversationMessageReceipt",
    },
  ],
  async run(asked) {
    const { account, prefix, saw } = asked;
    const { line, phone, inbound, send } = await openLine(asked);
    const events = await record(asked, "autocreated");
    const services = "conversations.twilio.com/v1/Services";
    const made = await account.make(services, { form: { FriendlyName: `${prefix}-autocreated` } });
    if (made.status >= 300) throw new FixtureRefused("Conversations Service", made);
    const service = `${services}/${textOf(made.body, "sid")}`;
    const Filters = [
      "onConversationAdded",
      "onParticipantAdded",
      "onMessageAdded",
      "onConversationStateUpdated",
    ];
    await account.ask("POST", `${service}/Configuration/Webhooks`, {
      form: { PostWebhookUrl: events.url, Method: "POST", Filters },
    });
    const flow = await makeFlow(asked, "autocreated", asking(prefix));
    const address = await account.make("conversations.twilio.com/v1/Configuration/Addresses", {
      form: {
        FriendlyName: `${prefix}-address`,
        ...{ Type: "sms", Address: line, "AutoCreation.Enabled": "true", "AutoCreation.Type": "studio" },
        ...{
          "AutoCreation.ConversationServiceSid": textOf(made.body, "sid"),
          "AutoCreation.StudioFlowSid": flow,
        },
      },
    });
    saw("autocreated.address", { status: address.status, fields: address.body });
    await settled(asked, await send(phone, line, "to the Conversation"));
    const conversation = await account.until(
      30,
      async () =>
        listOf((await account.ask("GET", `${service}/Conversations`)).body, "conversations")[0] ?? null,
    );
    if (conversation === null) throw new Error("no Conversation came of a text to the line");
    const place = `${service}/Conversations/${textOf(conversation, "sid")}`;
    const execution = await firstExecution(account, flow);
    if (execution === null) throw new Error("no Execution came of a Conversation");
    await came(asked, phone, "which?");
    saw("autocreated.conversation", (await account.ask("GET", place)).body);
    saw(
      "autocreated.participant",
      listOf((await account.ask("GET", `${place}/Participants`)).body, "participants")[0] ?? "nobody",
    );
    const messages = listOf((await account.ask("GET", `${place}/Messages`)).body, "messages");
    saw("autocreated.message", messages[0] ?? "none");
    saw("autocreated.webhooks", [
      ...listOf((await account.ask("GET", `${place}/Webhooks`)).body, "webhooks"),
    ]);
    const receipts = await account.until(
      20,
      async () =>
        listOf(
          (await account.ask("GET", `${place}/Messages/${textOf(messages[1], "sid")}/Receipts`)).body,
          "delivery_receipts",
        )[0] ?? null,
    );
    saw("autocreated.receipt", namesOf(receipts ?? "none"));
    const heard = await events.wait((all) => all.length >= Filters.length, 15);
    const types = heard.map(({ parameters }) => parameters["EventType"] ?? "");
    // They come at once, and which one is kept first says nothing.
    saw("autocreated.events", types.sort());
    saw(
      "switches.serviceWebhookHearsCarrier",
      heard.some(
        ({ parameters }) => parameters["EventType"] === "onMessageAdded" && parameters["Source"] === "SMS",
      ),
    );
    saw(
      "switches.numberWebhookHearsConversations",
      (await inbound.read()).some(({ parameters: { Body = "" } }) => Body.endsWith("to the Conversation")),
    );
    const second = textOf(
      (await account.ask("POST", `${service}/Conversations`, { form: { FriendlyName: "second" } })).body,
      "sid",
    );
    const taken = await account.ask("POST", `${service}/Conversations/${second}/Participants`, {
      form: { "MessagingBinding.Address": phone, "MessagingBinding.ProxyAddress": line },
    });
    saw("autocreated.pair-taken", {
      status: taken.status,
      code: fieldOf(taken.body, "code") ?? null,
      message: textOf(taken.body, "message"),
    });
    await settled(asked, await send(phone, line, "this one"));
    const { context } = await readExecution(
      asked,
      flow,
      { status: 200, headers: new Headers(), text: "", body: execution },
      60,
    );
    saw("autocreated.trigger", namesOf(at(context, "trigger.conversation")));
    const channel = at(context, "flow.channel.address");
    saw(
      "switches.channelAddress",
      channel === textOf(conversation, "sid")
        ? "conversation"
        : channel === line
          ? "proxy"
          : (channel ?? null),
    );
    const isInbound = textOf(at(context, "widgets.ask.inbound"), "Body").includes("this one");
    const isTrigger = textOf(at(context, "trigger.conversation"), "Body").includes("this one");
    saw(
      "switches.replyLocation",
      isInbound && isTrigger ? "both" : isInbound ? "inbound" : isTrigger ? "trigger" : "neither",
    );
    // The Execution is over; does the next text start another one?
    await settled(asked, await send(phone, line, "and now"));
    const outlives = await account.until(8, async () => {
      const { body } = await account.ask("GET", `studio.twilio.com/v2/Flows/${flow}/Executions`);
      return listOf(body, "executions").length > 1 ? true : null;
    });
    saw("switches.studioWebhookOutlivesExecution", outlives === true);
    await account.remove(
      `conversations.twilio.com/v1/Configuration/Addresses/${textOf(address.body, "sid")}`,
    );
    // The pair of addresses is free again for whoever asks next.
    await account.remove(place);
  },
};

/** What a Conversations Service tells its webhooks of what is done over REST: fields, order, headers. */
import { textOf } from "../../account.ts";
import { FixtureRefused } from "../../fixtures.ts";
import type { Asked, Probe } from "../../probe.ts";
import { deployed, record, type Recorder } from "../deployed.ts";
import { headerQuestions, questionsOf, seeFields, seeHeaders } from "./carried.ts";
import { conversationFields } from "./fields.ts";

const source = "https://www.twilio.com/docs/conversations/conversations-webhooks";
const events = Object.keys(conversationFields);
const services = "conversations.twilio.com/v1/Services";
/** Who asks for webhooks gets them for what is done over REST, too. */
const heard = { headers: { "X-Twilio-Webhook-Enabled": "true" } };

export const conversationWebhooksProbe: Probe = {
  name: "webhooks/conversations",
  part: "webhooks",
  matters: "every Function that a Conversation tells of what happens in it",
  questions: [
    ...events.flatMap((event) => questionsOf(event, conversationFields[event] ?? [], source)),
    ...headerQuestions("conversations"),
    {
      id: "webhooks.order",
      asks: "the order in which events come, and how often each",
      source: "https://www.twilio.com/docs/conversations/conversations-webhooks",
    },
    {
      id: "webhooks.state-updated",
      asks: "how often onConversationStateUpdated comes",
      source: "https://www.twilio.com/docs/conversations/conversations-webhooks",
    },
    {
      id: "webhooks.silent",
      asks: "events of what is done over REST without the header",
      source: "https://www.twilio.com/docs/conversations/conversations-webhooks",
    },
    {
      id: "webhooks.pre-refuses",
      asks: "a pre-event that is answered 403: what the request is answered",
      source: "https://www.twilio.com/docs/conversations/conversations-webhooks",
    },
    {
      id: "webhooks.pre-changes",
      asks: "a pre-event that is answered with another body: what is stored",
      source: "https://www.twilio.com/docs/conversations/conversations-webhooks",
    },
  ],
  async run(asked) {
    const { account, prefix } = asked;
    const recorder = await record(asked, "conversation-events");
    const made = await account.make(services, { form: { FriendlyName: `${prefix}-heard` } });
    if (made.status >= 300) throw new FixtureRefused("Conversations Service", made);
    const service = `${services}/${textOf(made.body, "sid")}`;
    const hook = {
      PreWebhookUrl: recorder.url,
      PostWebhookUrl: recorder.url,
      Method: "POST",
      Filters: events,
    };
    await account.ask("POST", `${service}/Configuration/Webhooks`, { form: hook });
    await play(asked, service, recorder);
    const recorded = await recorder.wait((all) =>
      all.some(({ parameters }) => parameters["EventType"] === "onConversationRemoved"),
    );
    const types = recorded.map(({ parameters }) => parameters["EventType"] ?? "");
    for (const event of events) {
      seeFields(asked, event, conversationFields[event] ?? [], recorded[types.indexOf(event)]);
    }
    seeHeaders(asked, "conversations", recorded[types.indexOf("onConversationUpdated")]);
    const isState = (type: string) => type === "onConversationStateUpdated";
    asked.saw(
      "webhooks.order",
      types.filter((type) => !isState(type)),
    );
    asked.saw("webhooks.state-updated", types.filter(isState).length);
    await account.ask("POST", `${service}/Conversations`, { form: { FriendlyName: "silent" } });
    const after = await recorder.read();
    asked.saw(
      "webhooks.silent",
      after.slice(recorded.length).map(({ parameters }) => parameters["EventType"] ?? ""),
    );
    await seePre(asked, service);
  },
};

/** A day of a Conversation. Each thing is done once the event of the one before it came, so that their order is Twilio's own. */
async function play({ account }: Asked, service: string, recorder: Recorder): Promise<void> {
  const at = `${service}/Conversations`;
  const heardOf = (event: string, times = 1) =>
    recorder.wait(
      (all) => all.filter(({ parameters }) => parameters["EventType"] === event).length >= times,
      10,
    );
  const post = async (url: string, form: Readonly<Record<string, string>>, event: string, times = 1) => {
    const { body } = await account.ask("POST", url, { ...heard, form });
    await heardOf(event, times);
    return textOf(body, "sid");
  };
  const remove = async (url: string, event: string) => {
    await account.ask("DELETE", url, heard);
    await heardOf(event);
  };
  const named = { FriendlyName: "heard", UniqueName: "heard" };
  const conversation = `${at}/${await post(at, named, "onConversationAdded")}`;
  await post(conversation, { Attributes: '{"a":1}' }, "onConversationUpdated");
  const participant = await post(`${conversation}/Participants`, { Identity: "ada" }, "onParticipantAdded");
  const message = await post(`${conversation}/Messages`, { Author: "ada", Body: "hello" }, "onMessageAdded");
  await post(`${conversation}/Messages/${message}`, { Body: "changed" }, "onMessageUpdated");
  await remove(`${conversation}/Messages/${message}`, "onMessageRemoved");
  await remove(`${conversation}/Participants/${participant}`, "onParticipantRemoved");
  await post(conversation, { State: "inactive" }, "onConversationUpdated", 2);
  await heardOf("onConversationStateUpdated");
  await remove(conversation, "onConversationRemoved");
}

/** What a pre-event's answer does. The Function answers as its parameter says. */
async function seePre(asked: Asked, service: string): Promise<void> {
  const { account } = asked;
  const conversation = textOf(
    (await account.ask("POST", `${service}/Conversations`, { form: { FriendlyName: "pre" } })).body,
    "sid",
  );
  const messages = `${service}/Conversations/${conversation}/Messages`;
  const answerWith = async (kind: string) => {
    const functions = await deployed(asked);
    const form = {
      PreWebhookUrl: functions.url(`/pre?kind=${kind}`),
      PostWebhookUrl: "",
      Filters: ["onMessageAdd"],
    };
    await account.ask("POST", `${service}/Configuration/Webhooks`, { form });
    return account.ask("POST", messages, { ...heard, form: { Body: "hello" } });
  };
  const refused = await answerWith("refuse");
  asked.saw("webhooks.pre-refuses", {
    status: refused.status,
    code: (refused.body as { code?: number } | null)?.code ?? null,
  });
  const changed = await answerWith("change");
  asked.saw("webhooks.pre-changes", { status: changed.status, body: textOf(changed.body, "body") });
}

/**
 * A fake of the few Conversations endpoints that the Functions call: one Service, kept in memory, with Twilio's paths,
 * shapes and refusals as far as they matter here. It stands in for `conversations.twilio.com` in unit tests alone; the
 * local Twilio is what the Functions are proved on.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const serviceSid = `IS${"0".repeat(32)}`;

export interface FakeParticipant {
  readonly sid: string;
  readonly address: string | null;
  readonly proxy: string | null;
  readonly attributes: string;
}

export interface FakeWebhook {
  readonly sid: string;
  readonly target: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly replayAfter: string | null;
  readonly created: string;
}

export interface FakeConversation {
  readonly sid: string;
  readonly timers: Record<string, string>;
  participants: FakeParticipant[];
  webhooks: FakeWebhook[];
}

type Form = URLSearchParams;
interface Answer {
  readonly status: number;
  readonly body?: object;
}

export class FakeConversations {
  readonly conversations = new Map<string, FakeConversation>();
  /** Requests in order: `POST /v1/Services/IS…/Conversations/CH…/Participants`, SIDs of the Service and Conversation left out. */
  readonly calls: string[] = [];
  /** Called before a request is answered: to hold one back, or to let something happen in between. */
  before: (call: string) => Promise<void> | void = () => undefined;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #next = 0;

  /** URL to use as a deployment's endpoint. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Forgets everything. */
  reset(): void {
    this.conversations.clear();
    this.calls.length = 0;
    this.before = () => undefined;
  }

  open(): FakeConversation {
    const conversation = { sid: this.#sid("CH"), timers: {}, participants: [], webhooks: [] };
    this.conversations.set(conversation.sid, conversation);
    return conversation;
  }

  join(conversation: FakeConversation, address: string, proxy: string, attributes = "{}"): FakeParticipant {
    const participant = { sid: this.#sid("MB"), address, proxy, attributes };
    conversation.participants.push(participant);
    return participant;
  }

  /** Attaches a webhook; they are a second apart, as Twilio's times go. */
  attach(
    conversation: FakeConversation,
    target: string,
    configuration: FakeWebhook["configuration"],
    replayAfter: string | null = null,
  ): FakeWebhook {
    const sid = this.#sid("WH");
    const created = new Date(Date.UTC(2026, 0, 1) + this.#next * 1000).toISOString();
    const webhook = { sid, target, configuration, replayAfter, created };
    conversation.webhooks.push(webhook);
    return webhook;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname } = new URL(request.url ?? "", "http://fake");
    const [, sid = "", kind = "", part = ""] =
      /\/Conversations(?:\/(CH\w+))?(?:\/(\w+))?(?:\/(\w+))?$/.exec(pathname) ?? [];
    const call = [request.method, kind || "Conversation", part].filter(Boolean).join(" ");
    await this.before(call);
    this.calls.push(call);
    const isInService = pathname.startsWith(
      `/conversations.twilio.com/v1/Services/${serviceSid}/Conversations`,
    );
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const { status, body } = isInService
      ? this.#answer(request.method ?? "", sid, kind, part, form)
      : refused(404, 20404, `The requested resource ${pathname} was not found`);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  #answer(method: string, sid: string, kind: string, part: string, form: Form): Answer {
    if (sid === "") return { status: 201, body: this.#described(this.#timed(this.open(), form)) };
    const conversation = this.conversations.get(sid);
    if (conversation === undefined) return refused(404, 20404, `The requested resource ${sid} was not found`);
    if (kind === "Participants") return this.#participants(conversation, method, part, form);
    if (kind === "Webhooks") return this.#webhooks(conversation, method, part, form);
    if (method === "DELETE") {
      this.conversations.delete(sid);
      return { status: 204 };
    }
    return { status: 200, body: this.#described(this.#timed(conversation, form)) };
  }

  #timed(conversation: FakeConversation, form: Form): FakeConversation {
    for (const [name, value] of form) if (name.startsWith("Timers.")) conversation.timers[name] = value;
    return conversation;
  }

  #described = ({ sid }: FakeConversation): object => ({
    sid,
    chat_service_sid: serviceSid,
    attributes: "{}",
  });

  #participants(conversation: FakeConversation, method: string, part: string, form: Form): Answer {
    if (method === "GET") return listed("participants", conversation.participants.map(participantBody));
    if (method === "DELETE") {
      const { length } = conversation.participants;
      conversation.participants = conversation.participants.filter(({ sid }) => sid !== part);
      return conversation.participants.length < length
        ? { status: 204 }
        : refused(404, 50430, "Participant not found");
    }
    const address = form.get("MessagingBinding.Address") ?? "";
    const proxy = form.get("MessagingBinding.ProxyAddress") ?? "";
    const holder = [...this.conversations.values()].find(({ participants }) =>
      participants.some((each) => each.address === address && each.proxy === proxy),
    );
    if (holder) {
      const message = `A binding for this participant and proxy address already exists in Conversation ${holder.sid}`;
      return refused(409, 50416, message);
    }
    const joined = this.join(conversation, address, proxy, form.get("Attributes") ?? "{}");
    return { status: 201, body: participantBody(joined) };
  }

  #webhooks(conversation: FakeConversation, method: string, part: string, form: Form): Answer {
    if (method === "GET") return listed("webhooks", conversation.webhooks.map(webhookBody));
    if (method === "DELETE") {
      conversation.webhooks = conversation.webhooks.filter(({ sid }) => sid !== part);
      return { status: 204 };
    }
    const target = form.get("Target") ?? "";
    const configuration =
      target === "studio"
        ? { flow_sid: form.get("Configuration.FlowSid") }
        : {
            url: form.get("Configuration.Url"),
            method: form.get("Configuration.Method"),
            filters: form.getAll("Configuration.Filters"),
          };
    const webhook = this.attach(conversation, target, configuration, form.get("Configuration.ReplayAfter"));
    return { status: 201, body: webhookBody(webhook) };
  }

  #sid(prefix: string): string {
    this.#next += 1;
    return `${prefix}${this.#next.toString(16).padStart(32, "0")}`;
  }
}

function participantBody({ sid, address, proxy, attributes }: FakeParticipant): object {
  const binding = address === null ? null : { type: "sms", address, proxy_address: proxy };
  return { sid, messaging_binding: binding, attributes, date_created: "2026-01-01T00:00:00Z" };
}

function webhookBody({ sid, target, configuration, created }: FakeWebhook): object {
  return { sid, target, configuration, date_created: created, date_updated: created };
}

function listed(key: string, rows: readonly object[]): Answer {
  return { status: 200, body: { meta: { page: 0, page_size: 50, next_page_url: null, key }, [key]: rows } };
}

function refused(status: number, code: number, message: string): Answer {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

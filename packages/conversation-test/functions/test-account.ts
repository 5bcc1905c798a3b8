/**
 * The account that Functions act on in their tests: a local Twilio in this process, with one Conversations Service. What a
 * Function asks comes through here, so that a test can hold it back, or let something happen in between.
 */
import { openTwilio, type Mark, type OpenedTwilio } from "@support-line/local-twilio";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { Rest } from "../in-process/rest.ts";

export const serviceSid = `IS${"0".repeat(32)}`;
export const noon = Date.UTC(2026, 0, 30, 12);

const api = `conversations.twilio.com/v1/Services/${serviceSid}/Conversations`;
const webhookToken = "twilio:conversations:ServiceConversationScopedWebhook";

const participants = z.array(
  z.object({
    sid: z.string(),
    attributes: z.string(),
    messaging_binding: z.object({ address: z.string(), proxy_address: z.string() }).nullable(),
  }),
);
const webhooks = z.array(
  z.object({ sid: z.string(), target: z.string(), configuration: z.record(z.string(), z.unknown()) }),
);

export interface TestParticipant {
  readonly sid: string;
  readonly address: string | undefined;
  readonly proxy: string | undefined;
  readonly attributes: string;
}

/** A Conversation, as the REST API tells of it. */
export class TestConversation {
  readonly sid: string;
  readonly #twilio: OpenedTwilio;

  constructor(twilio: OpenedTwilio, sid: string) {
    this.sid = sid;
    this.#twilio = twilio;
  }

  async participants(): Promise<TestParticipant[]> {
    const all = participants.parse((await this.#get("/Participants"))["participants"]);
    return all.map(({ sid, attributes, messaging_binding: binding }) => ({
      sid,
      attributes,
      address: binding?.address,
      proxy: binding?.proxy_address,
    }));
  }

  async webhooks() {
    return webhooks.parse((await this.#get("/Webhooks"))["webhooks"]);
  }

  /** When it becomes inactive and closed. */
  async timers(): Promise<unknown> {
    return (await this.#get(""))["timers"];
  }

  join(address: string, proxy: string, attributes = "{}"): Promise<string> {
    return new Rest(this.#twilio).made(`${api}/${this.sid}/Participants`, {
      "MessagingBinding.Address": address,
      "MessagingBinding.ProxyAddress": proxy,
      Attributes: attributes,
    });
  }

  /** Takes out everybody but those who came first. */
  async keep(count: number): Promise<void> {
    const rest = new Rest(this.#twilio);
    for (const { sid } of (await this.participants()).slice(count)) {
      await rest.remove(`${api}/${this.sid}/Participants/${sid}`);
    }
  }

  /** Attaches a webhook, a second after what was before; answers its SID. Without a Flow it is one that does not tell its own. */
  async attach(how: { readonly flowSid: string | null } | { readonly url: string }): Promise<string> {
    await this.#twilio.pass(1);
    const rest = new Rest(this.#twilio);
    const url = `${api}/${this.sid}/Webhooks`;
    if ("url" in how) {
      return rest.made(url, {
        Target: "webhook",
        "Configuration.Url": how.url,
        "Configuration.Filters": "onMessageAdded",
      });
    }
    const flow = how.flowSid ?? `FW${"2".repeat(32)}`;
    const sid = await rest.made(url, { Target: "studio", "Configuration.FlowSid": flow });
    const { store } = this.#twilio.twilio;
    const stored = store.find(webhookToken, sid);
    if (how.flowSid === null && stored !== undefined) {
      store.replace(webhookToken, sid, { ...stored.body, configuration: {} });
    }
    return sid;
  }

  async #get(part: string): Promise<Record<string, unknown>> {
    const { text } = await this.#twilio.request({ method: "GET", url: `${api}/${this.sid}${part}` });
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  }
}

/** A request of a Function: `POST Participants`, and what it sent. */
export interface TestCall {
  readonly name: string;
  readonly form: Readonly<Record<string, string>>;
}

export class TestAccount {
  readonly twilio: OpenedTwilio;
  /** What Functions asked, in order: `POST Participants`; the SIDs of the Service and the Conversation are left out. */
  calls: TestCall[] = [];
  /** Called before a request is answered: to hold it back, or to let something happen in between. */
  before: (call: string) => Promise<void> | void = () => undefined;
  readonly #mark: Mark;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  private constructor(twilio: OpenedTwilio) {
    this.twilio = twilio;
    this.#mark = twilio.mark();
  }

  static async open(): Promise<TestAccount> {
    const twilio = await openTwilio({ memory: true, clock: "manual", now: noon });
    const rest = new Rest(twilio);
    await rest.made("conversations.twilio.com/v1/Services", { FriendlyName: "line" }, serviceSid);
    const account = new TestAccount(twilio);
    await new Promise<void>((resolve) => account.#server.listen(0, "127.0.0.1", resolve));
    return account;
  }

  /** Where Functions reach it. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Forgets everything that happened. */
  async reset(): Promise<void> {
    this.calls = [];
    this.before = () => undefined;
    await this.#mark.rollBack();
  }

  async openConversation(): Promise<TestConversation> {
    return new TestConversation(this.twilio, await new Rest(this.twilio).made(api, {}));
  }

  /** All that there are. */
  async conversations(): Promise<TestConversation[]> {
    const { text } = await this.twilio.request({ method: "GET", url: api });
    const { conversations } = z
      .object({ conversations: z.array(z.object({ sid: z.string() })) })
      .parse(JSON.parse(text));
    return conversations.map(({ sid }) => new TestConversation(this.twilio, sid));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.twilio.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, host = "", path = ""] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? "") ?? [];
    const [, kind = "", part = ""] =
      /\/Conversations(?:\/CH\w+)?(?:\/(\w+))?(?:\/(\w+))?(?:\?.*)?$/.exec(path) ?? [];
    const name = [request.method, kind || "Conversation", part].filter(Boolean).join(" ");
    const body = Buffer.concat(chunks);
    await this.before(name);
    this.calls.push({ name, form: Object.fromEntries(new URLSearchParams(body.toString())) });
    const answer = await this.twilio.twilio.request({
      method: request.method ?? "GET",
      host,
      path,
      url: `https://${host}${path}`,
      headers: request.headers as Record<string, string>,
      body,
    });
    response.writeHead(answer?.status ?? 502, answer?.headers as Record<string, string>);
    response.end(answer?.body);
  }
}

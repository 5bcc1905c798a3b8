/** A line that answers texts, on a local Twilio in this process, before anything has happened on it. */
import type { OpenedTwilio } from "@support-line/local-twilio";
import type { Twilio } from "twilio";
import type { NightStage } from "../../packages/cli/night/night-stage.ts";
import { openClient } from "../../packages/cli/twilio/client.ts";
import { flowOf } from "./flow.ts";

/** Its number. */
export const line = "+15550100001";

export interface NightLine {
  readonly client: Twilio;
  readonly flowSid: string;
  readonly conversationsServiceSid: string;
  /** Where its Functions are called. */
  readonly domain: string;
  readonly publisher: Publisher;
  /** As the commands of the night see it: no agents, no timers, no Flex, no deployment. */
  readonly night: NightStage;
}

/** Makes one, whose Flow calls Functions that are not deployed yet. */
export async function makeLine(twilio: OpenedTwilio, name: string): Promise<NightLine> {
  const { accountSid, authToken } = twilio;
  const client = openClient({ accountSid, user: accountSid, password: authToken }, await twilio.listen());
  const service = await client.conversations.v1.services.create({ friendlyName: name });
  const functions = await client.serverless.v1.services.create({ uniqueName: name, friendlyName: name });
  const environment = await client.serverless.v1
    .services(functions.sid)
    .environments.create({ uniqueName: name, domainSuffix: name });
  const domain = environment.domainName;
  const flow = await client.studio.v2.flows.create({
    friendlyName: name,
    status: "published",
    commitMessage: "first",
    definition: flowOf(domain, false),
  });
  await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: line,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.conversationServiceSid": service.sid,
    "autoCreation.studioFlowSid": flow.sid,
  });
  return {
    client,
    flowSid: flow.sid,
    conversationsServiceSid: service.sid,
    domain,
    publisher: new Publisher(client, twilio, functions.sid, environment.sid),
    night: {
      stage: name,
      accountSid,
      client,
      lines: [{ name: "support", address: line, flowSid: flow.sid }],
      agents: new Map(),
      conversationsServiceSids: [service.sid],
      functions: [{ serviceSid: functions.sid, environmentSid: environment.sid, domain }],
      flex: null,
      setsTimers: false,
      deployments: [],
      rolledBack: null,
      paused: [],
    },
  };
}

/** Deploys Functions as the Serverless Toolkit does. */
class Publisher {
  readonly #functions = new Map<string, string>();
  readonly #client: Twilio;
  readonly #twilio: OpenedTwilio;
  readonly #service: string;
  readonly #environment: string;

  constructor(client: Twilio, twilio: OpenedTwilio, service: string, environment: string) {
    this.#client = client;
    this.#twilio = twilio;
    this.#service = service;
    this.#environment = environment;
  }

  async deploy(files: Readonly<Record<string, string>>): Promise<string> {
    const place = this.#client.serverless.v1.services(this.#service);
    const functionVersions: string[] = [];
    for (const [path, source] of Object.entries(files)) {
      functionVersions.push(await this.#upload(path, source));
    }
    const build = await place.builds.create({ functionVersions });
    await this.#twilio.pass(60);
    await place.environments(this.#environment).deployments.create({ buildSid: build.sid });
    return build.sid;
  }

  async #upload(path: string, source: string): Promise<string> {
    const place = this.#client.serverless.v1.services(this.#service);
    const sid = this.#functions.get(path) ?? (await place.functions.create({ friendlyName: path })).sid;
    this.#functions.set(path, sid);
    const form = new FormData();
    form.set("Path", path);
    form.set("Visibility", "public");
    form.set("Content", new Blob([source], { type: "application/javascript" }), "function.js");
    const login = Buffer.from(`${this.#twilio.accountSid}:${this.#twilio.authToken}`).toString("base64");
    const url = `serverless-upload.twilio.com/v1/Services/${this.#service}/Functions/${sid}/Versions`;
    const answer = await fetch(`${await this.#twilio.listen()}/${url}`, {
      method: "POST",
      headers: { authorization: `Basic ${login}` },
      body: form,
    });
    const version = (await answer.json()) as { readonly sid: string };
    return version.sid;
  }
}

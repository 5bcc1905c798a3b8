/**
 * What the local Twilio answers has the shape that Twilio's OpenAPI documents give it: every response that Twilio's own
 * client gets while it works through the products is held against the document's schema.
 */
import { matchRoute } from "@support-line/twilio-api";
import { responseFaults } from "@support-line/twilio-api/testing";
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import twilio, { type Twilio } from "twilio";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { trustLocalTwilio } from "./foreign-client.ts";

/** One answer that the client got. */
interface Answer {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly body: unknown;
}

const answers: Answer[] = [];
let folder: string;
let local: LocalTwilio;
let client: Twilio;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "conformance-"));
  local = await startLocalTwilio({ folder, port: 0 });
  trustLocalTwilio(local);
  const httpClient = new twilio.RequestClient();
  const send = httpClient.request.bind(httpClient);
  httpClient.request = async (options) => {
    const response = await send(options);
    const { statusCode: status, body } = response;
    answers.push({ method: options.method.toUpperCase(), url: new URL(options.uri), status, body });
    return response;
  };
  client = twilio(local.accountSid, local.authToken, { httpClient });
});
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every fault in the answers of `work`, with the operation it was found in. */
async function faultsOf(work: () => Promise<unknown>): Promise<string[]> {
  answers.length = 0;
  await work();
  const checked = answers.filter(({ status }) => status < 300 && status !== 204);
  expect(checked.length).toBeGreaterThan(0);
  return checked.flatMap(({ method, url, body }) => {
    const route = matchRoute(url.host, method, url.pathname);
    if (route === null || route === "methodNotAllowed") {
      return [`${method} ${url.pathname} is not a path of the documents`];
    }
    const value: unknown = typeof body === "string" ? JSON.parse(body) : body;
    const { token } = route.resource;
    return responseFaults(token, route.operation, value).map(
      (fault) => `${token} ${route.operation}: ${fault}`,
    );
  });
}

describe("the documents' shapes", () => {
  test("Serverless", async () => {
    const faults = await faultsOf(async () => {
      const { services } = client.serverless.v1;
      const { sid } = await services.create({ uniqueName: "conform", friendlyName: "c" });
      const service = services(sid);
      await services.list();
      await service.fetch();
      await service.update({ friendlyName: "d" });
      const environment = await service.environments.create({ uniqueName: "live" });
      await service.environments(environment.sid).fetch();
      const variables = service.environments(environment.sid).variables;
      const variable = await variables.create({ key: "A", value: "1" });
      await variables(variable.sid).update({ value: "2" });
      await variables.list();
      const made = await service.functions.create({ friendlyName: "f" });
      await service.functions(made.sid).functionVersions.list();
      await service.assets.create({ friendlyName: "a" });
      await service.builds.list();
      await service.environments(environment.sid).deployments.list();
      await service.environments(environment.sid).logs.list();
      await variables(variable.sid).remove();
      await service.remove();
    });
    expect(faults).toEqual([]);
  });

  test("Studio", async () => {
    const definition = {
      initial_state: "Trigger",
      states: [
        { name: "Trigger", type: "trigger", properties: {}, transitions: [{ event: "incomingRequest" }] },
      ],
    };
    const faults = await faultsOf(async () => {
      const { flows } = client.studio.v2;
      const given = { friendlyName: "f", status: "published" as const, definition };
      await client.studio.v2.flowValidate.update(given);
      const { sid } = await flows.create(given);
      const flow = flows(sid);
      await flow.update({ status: "draft", commitMessage: "again" });
      await flow.fetch();
      await flows.list();
      // `revisions.list()` of twilio 6.2.0 fails on any answer: its list passes no revision to its instances.
      await client.request({ method: "get", uri: `https://studio.twilio.com/v2/Flows/${sid}/Revisions` });
      await flow.revisions("LatestRevision").fetch();
      await flow.testUsers().update({ testUsers: ["+15550100299"] });
      const execution = await flow.executions.create({ to: "+15550100201", from: "+15550100001" });
      const run = flow.executions(execution.sid);
      await run.fetch();
      await flow.executions.list();
      await run.executionContext().fetch();
      const [step] = await run.steps.list();
      await run.steps(step?.sid ?? "").fetch();
      await run
        .steps(step?.sid ?? "")
        .stepContext()
        .fetch();
      await flow.remove();
    });
    expect(faults).toEqual([]);
  });

  test("Conversations", async () => {
    const faults = await faultsOf(async () => {
      const { services, addressConfigurations, configuration } = client.conversations.v1;
      await configuration().fetch();
      const { sid } = await services.create({ friendlyName: "c" });
      const service = services(sid);
      await services.list();
      await service.configuration().fetch();
      await service.configuration.webhooks().fetch();
      await service.configuration.notifications().fetch();
      const made = await service.conversations.create({
        uniqueName: "one",
        state: "active",
        "timers.closed": "P1D",
      });
      const conversation = service.conversations(made.sid);
      await conversation.update({ friendlyName: "d", state: "inactive" });
      await service.conversations.list();
      const participant = await conversation.participants.create({
        "messagingBinding.address": "+15550100201",
        "messagingBinding.proxyAddress": "+15550100001",
      });
      await conversation.participants.create({ identity: "ada" });
      await conversation.participants(participant.sid).update({ attributes: "{}" });
      await conversation.participants.list();
      await service.participantConversations.list({ address: "+15550100201" });
      const message = await conversation.messages.create({ author: "ada", body: "hello" });
      await local.twilio.idle();
      await conversation.messages(message.sid).fetch();
      await conversation.messages(message.sid).deliveryReceipts.list();
      await conversation.messages.list();
      const webhook = await conversation.webhooks.create({
        target: "webhook",
        "configuration.url": "https://x-1.twil.io/f",
        "configuration.filters": ["onMessageAdded"],
      });
      await conversation.webhooks(webhook.sid).update({ "configuration.method": "get" });
      await conversation.webhooks.list();
      await service.roles.list();
      await service.users.list();
      const address = await addressConfigurations.create({
        type: "sms",
        address: "+15550100001",
        "autoCreation.enabled": true,
        "autoCreation.type": "default",
      });
      await addressConfigurations(address.sid).update({ friendlyName: "line" });
      await addressConfigurations.list();
      await addressConfigurations(address.sid).remove();
      await conversation.remove();
      await service.remove();
    });
    expect(faults).toEqual([]);
  });

  test("the account, its numbers and messages", async () => {
    const faults = await faultsOf(async () => {
      const account = client.api.v2010.accounts(local.accountSid);
      await account.fetch();
      const [number] = await account.incomingPhoneNumbers.list({ phoneNumber: "+15550100001" });
      await account.incomingPhoneNumbers(number?.sid ?? "").update({ friendlyName: "one" });
      await account.messages.create({ from: "+15550100001", to: "+15550100201", body: "hello" });
      await local.twilio.idle();
      await account.messages.list({ to: "+15550100201" });
    });
    expect(faults).toEqual([]);
  });
});

/** The stack's life, with the real CLI and engine: deployed, previewed, changed, restarted, destroyed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { supportStage, TestStage, type StageFile } from "./stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.create();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** The stage file with the first agent's number or some wording otherwise. */
const withAgent = (address: string): StageFile => ({ ...supportStage, agents: [{ name: "ada", address }] });
const withWording = (agentAdded: string): StageFile => ({ ...supportStage, wordings: { agentAdded } });

const writes = (calls: { method: string }[]) => calls.filter(({ method }) => method !== "GET");
const named = (urn: string) => urn.split("::").slice(2).join(" ");

describe("a stage", () => {
  test("is created with one call an object, two for a Function, one validation and one look at the numbers", async () => {
    const calls = await callsDuring(stage, () => stage.up());
    const polls = calls.filter(({ path }) => path.endsWith("/Status"));
    const reads = calls.filter((call) => call.method === "GET" && !polls.includes(call));
    // Service, Environment, 5 Variables and the Flow's, 4 Functions at 2, Build, Deployment, Conversations Service,
    // Flow and its validation, address configuration.
    expect(writes(calls)).toHaveLength(1 + 1 + 6 + 4 * 2 + 1 + 1 + 1 + 2 + 1);
    expect(reads.map(({ path }) => path)).toEqual([expect.stringContaining("IncomingPhoneNumbers")]);
  });

  test("shows no change right afterwards, and a second up calls nobody", async () => {
    expect(await stage.preview()).toEqual([]);
    expect(await callsDuring(stage, () => stage.up())).toEqual([]);
  });

  test("shows no change after the local Twilio was stopped and started", async () => {
    await stage.restart();
    expect(await stage.preview()).toEqual([]);
    const refreshed = await stage.pulumi("refresh", "--yes", "--skip-preview", "--non-interactive");
    expect(refreshed.code).toBe(0);
    expect(await stage.preview()).toEqual([]);
  });

  test("a changed agent is one Variable written: no Build, the Flow untouched", async () => {
    await stage.configure(withAgent("+15550100102"));
    expect((await stage.preview()).map(({ op, urn }) => `${op} ${named(urn)}`)).toEqual([
      expect.stringMatching(/^update .*Variable functions-SUPPORT_AGENTS$/),
    ]);
    const calls = await callsDuring(stage, () => stage.up());
    expect(
      calls.map(({ method, path }) => `${method} ${path.replace(/[A-Z]{2}[0-9a-f]{32}/g, "*")}`),
    ).toEqual(["POST /v1/Services/*/Environments/*/Variables/*"]);
  });

  test("a changed wording is one text in one widget, and one read and one write", async () => {
    await stage.configure({ ...withAgent("+15550100102"), wordings: { agentAdded: "An agent has joined" } });
    const [change, ...others] = await stage.preview();
    expect(others).toEqual([]);
    expect(Object.keys(change?.detailedDiff ?? {})).toEqual([
      'definition["states"]["support-confirmation-message"]["properties"]["body"]',
    ]);
    const calls = await callsDuring(stage, () => stage.up());
    expect(calls.map(({ method }) => method)).toEqual(["GET", "POST"]);
    expect(calls.every(({ host }) => host === "studio.twilio.com")).toBe(true);
  });

  test("a number that the account does not have is refused by name before anything is written", async () => {
    const [line] = supportStage.lines;
    await stage.configure({ ...supportStage, lines: [{ ...line, address: "+15550100077" }] });
    let run: Awaited<ReturnType<TestStage["pulumi"]>> | undefined;
    const calls = await callsDuring(stage, async () => {
      run = await stage.pulumi("up", "--yes", "--skip-preview", "--non-interactive");
    });
    expect(run?.code).not.toBe(0);
    expect(`${run?.stdout}${run?.stderr}`).toContain("+15550100077");
    expect(writes(calls)).toEqual([]);
  });

  test("a stage file with a fault stops before anything is contacted, and says where", async () => {
    await stage.configure({ ...supportStage, agents: [{ name: "ada", address: 15550100101 }] });
    const calls = await callsDuring(stage, async () => {
      const run = await stage.pulumi("up", "--yes", "--skip-preview", "--non-interactive");
      expect(run.stdout + run.stderr).toContain("agents[0].address 15550100101 is digits without a plus");
    });
    expect(calls).toEqual([]);
  });

  test("credentials of another account are refused before any call, naming both", async () => {
    const other = `AC${"ab".repeat(16)}`;
    await stage.configure(supportStage, { authToken: null });
    const calls = await callsDuring(stage, async () => {
      const run = await stage.pulumiIn({ TWILIO_ACCOUNT_SID: other, TWILIO_AUTH_TOKEN: "x" }, "preview");
      expect(run.code).not.toBe(0);
      expect(run.stdout + run.stderr).toContain(other);
      expect(run.stdout + run.stderr).toContain(stage.twilio.accountSid);
    });
    expect(calls).toEqual([]);
  });

  test("a stage with alerts has a sink and its subscription, and none without", async () => {
    await stage.configure({ ...supportStage, alerts: { address: "https://pager.example/twilio" } });
    await stage.up();
    const { events } = stage.client;
    const [sink] = await events.v1.sinks.list();
    expect(sink?.sinkConfiguration).toMatchObject({ destination: "https://pager.example/twilio" });
    expect((await events.v1.subscriptions.list()).map(({ sinkSid }) => sinkSid)).toEqual([sink?.sid]);
    expect(await stage.preview()).toEqual([]);
    await stage.configure(supportStage);
    await stage.up();
    expect(await events.v1.sinks.list()).toEqual([]);
  });

  test("destroy leaves nothing behind", async () => {
    await stage.configure(withWording("Added support agent"));
    await stage.destroy();
    const { client } = stage;
    expect(await client.serverless.v1.services.list()).toEqual([]);
    expect(await client.studio.v2.flows.list()).toEqual([]);
    expect(await client.conversations.v1.addressConfigurations.list()).toEqual([]);
    const services = await client.conversations.v1.services.list();
    expect(services.map(({ friendlyName }) => friendlyName)).not.toContain("support-line-local");
  });
});

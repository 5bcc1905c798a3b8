/** What else a deployed stage goes through, with the real CLI and engine: restarted, reworded, refused, alerted, destroyed. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { deployedStage } from "./deployed/stage.ts";
import { supportStage, type TestStage } from "./stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const writes = (calls: { method: string }[]) => calls.filter(({ method }) => method !== "GET");

describe("a stage", () => {
  test("shows no change after the local Twilio was stopped and started", async () => {
    await stage.restart();
    expect(await stage.preview()).toEqual([]);
    const refreshed = await stage.pulumi("refresh", "--yes", "--skip-preview", "--non-interactive");
    expect(refreshed.code).toBe(0);
    expect(await stage.preview()).toEqual([]);
  });

  test("a changed wording is one text in one widget, and one read and one write", async () => {
    await stage.configure({ ...supportStage, wordings: { agentAdded: "An agent has joined" } });
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
    await stage.configure(supportStage);
    await stage.destroy();
    const { client } = stage;
    expect(await client.serverless.v1.services.list()).toEqual([]);
    expect(await client.studio.v2.flows.list()).toEqual([]);
    expect(await client.conversations.v1.addressConfigurations.list()).toEqual([]);
    const services = await client.conversations.v1.services.list();
    expect(services.map(({ friendlyName }) => friendlyName)).not.toContain("support-line-local");
  });
});

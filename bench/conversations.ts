/**
 * A conversation of three messages as its test plays it: in this process with stand-ins for Functions and with the real
 * ones, and over HTTP on a stage that is deployed. Opening is told apart.
 */
import { engineAlone, functionsFrom } from "@support-line/conversation-test/engine";
import { onLocalTwilio } from "@support-line/conversation-test/http";
import { play } from "@support-line/conversation-test/play";
import type { Script, WorldKind } from "@support-line/conversation-test";
import { defaultAccount } from "@support-line/local-twilio";
import type { FlowDefinition } from "@support-line/studio";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { percentile, type Measure, type Row } from "./harness/row.ts";
import { BenchStage, root } from "./harness/stage.ts";

const counts = { standIns: 300, real: 60, http: 30 };
const people = { customer: "+15550100201", agent: "+15550100101" };
const line = "+15550100001";
const added = "Added support agent";
const left = "The support agent has left the conversation.";

const script: Script = async ({ customer, agent }) => {
  await customer.says("support");
  await customer.hears(added);
  await agent.hears(added);
  await customer.says("hello");
  await agent.hears("hello");
  await agent.says("done");
  await customer.hears("done", left);
};

export const measure: Measure = async (progress) => {
  const file = join(root, "flow-templates/support.json");
  const definition = JSON.parse(readFileSync(file, "utf8")) as FlowDefinition;
  const common = { flow: "support", definition, people, line };
  progress("with stand-ins");
  const standIns = await timesOf(
    engineAlone({
      ...common,
      functions: {
        "start-conversation": "Success",
        "add-support-agent": ({ conversation }) => {
          conversation.add("agent");
          return "Success";
        },
        "remove-support-agent": ({ conversation }) => ({ removed: conversation.remove("agent") }),
      },
    }),
    counts.standIns,
  );
  progress("with the real Functions");
  const variables = {
    SUPPORT_AGENTS: people.agent,
    SUPPORT_PROXIES: line,
    SUPPORT_FLOW_SID: `FW${"0".repeat(32)}`,
    CONVERSATIONS_SERVICE_SID: `IS${"0".repeat(32)}`,
    INACTIVE_AFTER: "PT4H",
    CLOSED_AFTER: "P1D",
  };
  const functions = functionsFrom(join(root, "functions"), { variables });
  const real = await timesOf(engineAlone({ ...common, functions }), counts.real);
  progress("over HTTP");
  const http = await overHttp();
  return [
    row("three messages with stand-ins for Functions, in this process, median", standIns.rest, 5),
    row("three messages with the real Functions, in this process, median", real.rest, 50),
    row("three messages on a deployed stage, over HTTP, median", http.rest),
    row("opening, with stand-ins: the first conversation", [standIns.first]),
    row("opening, with the real Functions: the first conversation", [real.first]),
  ];
};

function row(what: string, times: readonly number[], atMost?: number): Row {
  const value = Math.round(percentile(times, 0.5) * 10) / 10;
  return { what, value, unit: "ms", ...(atMost === undefined ? {} : { atMost }) };
}

/** How long the first conversation took, which opens what there is to open, and each of the others. */
async function timesOf(world: WorldKind, count: number): Promise<{ first: number; rest: number[] }> {
  try {
    const times: number[] = [];
    for (let at = 0; at <= count; at += 1) {
      const begin = performance.now();
      await play(world, script);
      times.push(performance.now() - begin);
    }
    const [first = NaN, ...rest] = times;
    return { first, rest };
  } finally {
    await world.close?.();
  }
}

/** Each conversation is another customer's: nothing is rolled back there. */
async function overHttp(): Promise<{ rest: number[] }> {
  const stage = await BenchStage.create();
  try {
    const agents = [{ name: "ada", address: people.agent }];
    const lines = [{ name: "support", channel: "sms", address: line, flow: "support", agents: ["ada"] }];
    stage.configure({ lines, agents }, defaultAccount.authToken);
    await stage.pulumi(["up", "--yes", "--skip-preview"]);
    const start = () => Promise.resolve({ endpoint: stage.endpoint, close: () => Promise.resolve() });
    const rest: number[] = [];
    for (let at = 0; at < counts.http; at += 1) {
      const customer = `+1555010${String(2000 + at).slice(-4)}`;
      const world = onLocalTwilio({ start, people: { ...people, customer }, line });
      const begin = performance.now();
      await play(world, script);
      rest.push(performance.now() - begin);
    }
    return { rest };
  } finally {
    await stage.close();
  }
}

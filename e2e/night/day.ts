/**
 * A day of a support line, made by a seed: busy hours, three deployments, somebody's edit in Studio's editor, and ten faults.
 * It is played on a local Twilio in this process, on a clock that is moved by hand.
 */
import { openTwilio } from "@support-line/local-twilio";
import type { NightDeployment, NightStage } from "../../packages/cli/night/night-stage.ts";
import { randomNumbers } from "../random.ts";
import { flowOf, prices } from "./flow.ts";
import { line, makeLine } from "./line.ts";

const agent = "+15550100101";
/** Customers to whom something particular happens. */
export const planted = {
  unreachable: "+15550100230",
  stopped: "+15550100231",
  waiting: "+15550100240",
  stuck: "+15550100241",
} as const;

const begins = Date.UTC(2026, 10, 30, 8);
const hour = 3600;
/** How many customers write in each hour of the day. */
const customersAt = [2, 4, 9, 8, 3, 4, 6, 7, 5, 3];
const words = ["hello", "order", "hours", "price", "menu", "name"];

const fine = "exports.handler = (context, event, callback) => callback(null, { ok: true });";
const broken = `exports.handler = (context, event, callback) => {
  console.error("no order for SMSID");
  callback(new Error("the shop's list has no field 'state'"));
};`;

export interface Day {
  readonly night: NightStage;
  /** Milliseconds since 1970: when somebody is woken. */
  readonly now: number;
  /** Calls to the REST API since the day was made. */
  readonly calls: () => number;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Plays the day. */
export async function playDay(seed: number): Promise<Day> {
  const random = randomNumbers(seed);
  let pricesAnswer = true;
  const twilio = await openTwilio({
    memory: true,
    clock: "manual",
    now: begins,
    report: () => undefined,
    standIns: {
      servers: ({ url }) =>
        Promise.resolve(
          url.startsWith(prices)
            ? { status: pricesAnswer ? 200 : 503, contentType: "text/plain", body: "list", headers: {} }
            : undefined,
        ),
    },
  });
  const made = await makeLine(twilio, "day");
  const { client, publisher, flowSid, conversationsServiceSid, domain } = made;

  const deployments: NightDeployment[] = [];
  const deploy = async (commit: string, files: Readonly<Record<string, string>>): Promise<void> => {
    const buildSid = await publisher.deploy(files);
    deployments.push({
      commit,
      at: twilio.twilio.clock.now(),
      buildSids: [buildSid],
      revisions: { support: 1 },
    });
  };
  await deploy("1111111aaaa", { "/order-status": fine, "/opening-hours": fine });

  /** Somebody writes; unless they are left alone, the desk does what it does: an agent comes, and timers are set. */
  const writes = async (from: string, text: string, isLeftAlone = false): Promise<string> => {
    await twilio.phones.write(from, line, text);
    await twilio.idle();
    const [found] = await client.conversations.v1
      .services(conversationsServiceSid)
      .participantConversations.list({ address: from });
    const sid = found?.conversationSid ?? "";
    if (isLeftAlone) return sid;
    await client.conversations.v1
      .services(conversationsServiceSid)
      .conversations(sid)
      .update({ "timers.closed": "P1D" });
    return sid;
  };
  const { carrier } = twilio.twilio.services;
  let customer = 300;
  for (const [at, customers] of customersAt.entries()) {
    if (at === 4) {
      await client.studio.v2
        .flows(flowSid)
        .update({ status: "published", commitMessage: "new menu", definition: flowOf(domain, true) });
    }
    if (at === 5) await deploy("2222222bbbb", { "/order-status": broken, "/opening-hours": fine });
    if (at === 7) await deploy("3333333cccc", { "/order-status": broken });
    if (at === 6) pricesAnswer = false;
    await twilio.pass(60);
    for (let count = 0; count < customers; count += 1) {
      const word = words[Math.floor(random() * words.length)] ?? "hello";
      await writes(`+15550100${customer}`, word);
      customer += 1;
      await twilio.pass(Math.floor((random() * 0.9 * hour) / customers));
    }
    await twilio.pass(begins / 1000 + (at + 1) * hour - twilio.twilio.clock.now() / 1000);
  }

  // The last half hour: one of each.
  carrier.setRules(planted.unreachable, [
    { from: null, outcome: "undelivered", errorCode: 30003, times: null },
  ]);
  await writes(planted.unreachable, "hello");
  await writes(planted.stopped, "hello");
  await twilio.pass(30);
  await twilio.phones.write(planted.stopped, line, "STOP");
  await twilio.idle();
  await writes(planted.stopped, "hello");
  for (const word of ["order", "hours", "price", "menu", "name", "count"]) {
    await writes(`+15550100${customer}`, word);
    customer += 1;
    await twilio.pass(30);
  }
  const waits = await writes(planted.waiting, "hello");
  const since = twilio.twilio.clock.now();
  await client.conversations.v1
    .services(conversationsServiceSid)
    .conversations(waits)
    .update({ attributes: JSON.stringify({ waiting: { line: "support", queue: "billing", since } }) });
  await writes(planted.stuck, "hello", true);
  await twilio.pass(1500);

  let calls = 0;
  twilio.onRequest(() => (calls += 1));
  return {
    now: twilio.twilio.clock.now(),
    calls: () => calls,
    night: { ...made.night, agents: new Map([[agent, "ada"]]), setsTimers: true, deployments },
    [Symbol.asyncDispose]: () => twilio.close(),
  };
}

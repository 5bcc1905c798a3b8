/** The stage that is photographed: three lines, on which something has happened. */
import { askControl } from "../../e2e/control.ts";
import { TestStage, type StageFile } from "../../e2e/stage.ts";
import { largeFlow } from "./large-flow.ts";

const numbers = { support: "+15550100001", desk: "+15550100004", flex: "+15550100006" } as const;

const file: StageFile = {
  lines: [
    {
      name: "support",
      channel: "sms",
      address: numbers.support,
      flow: "support",
      agents: ["ada"],
      proxies: [numbers.support, "+15550100002", "+15550100003"],
    },
    {
      name: "desk",
      channel: "sms",
      address: numbers.desk,
      flow: "desk",
      agents: ["ben", "cleo"],
      proxies: [numbers.desk, "+15550100005"],
      answerWithin: 10,
    },
    { name: "flex", channel: "sms", address: numbers.flex, flow: "flex", agents: ["dora"] },
  ],
  agents: [
    { name: "ada", address: "+15550100101" },
    { name: "ben", address: "+15550100102" },
    { name: "cleo", address: "+15550100103" },
    { name: "dora", address: "+15550100104" },
  ],
  flex: { answerWithin: 20, inviteAgain: 1 },
};

/** The phones of the newest conversation. */
export const newest = { customer: "+15550100201", agent: "+15550100101" } as const;

/** Deploys the stage on a local Twilio of its own, and lets customers write to it. */
export async function photographedStage(): Promise<TestStage> {
  const stage = await TestStage.create();
  try {
    await stage.configure(file);
    await stage.up();
    await happen(stage);
    return stage;
  } catch (error) {
    await stage[Symbol.asyncDispose]();
    throw error;
  }
}

async function happen({ client, twilio }: TestStage): Promise<void> {
  const control = (path: string, body?: object) => askControl(twilio.endpoint, path, body);
  const write = async (from: string, to: string, text: string): Promise<void> => {
    await control(`handsets/${encodeURIComponent(from)}/messages`, { to, body: text });
    await control("idle");
  };
  await client.studio.v2.flows.create({
    friendlyName: "hotline, 130 widgets",
    status: "published",
    commitMessage: "as it is today",
    definition: largeFlow(),
  });
  // Two of Flex: one Task waits, one is somebody's.
  const [workspace] = await client.taskrouter.v1.workspaces.list();
  const place = client.taskrouter.v1.workspaces(workspace?.sid ?? "");
  await write("+15550100211", numbers.flex, "support");
  const [activity] = await place.activities.list({ available: "true", limit: 1 });
  await place.workers.create({
    friendlyName: "dora",
    activitySid: activity?.sid ?? "",
    attributes: JSON.stringify({ contact_uri: "client:dora" }),
  });
  await control("idle");
  const [reservation] = await place.workers.list({ friendlyName: "dora" });
  const [own] = await place.workers(reservation?.sid ?? "").reservations.list();
  if (own !== undefined) {
    await place
      .workers(reservation?.sid ?? "")
      .reservations(own.sid)
      .update({ reservationStatus: "accepted" });
  }
  await write("+15550100212", numbers.flex, "support");
  // One whom the desk answers, one whose phone is off, and one for whom nobody is free.
  await write("+15550100221", numbers.desk, "support");
  await control(`handsets/${encodeURIComponent("+15550100222")}/rules`, {
    rules: [{ outcome: "undelivered", errorCode: 30003 }],
  });
  await write("+15550100222", numbers.desk, "support");
  await write("+15550100223", numbers.support, "hello");
  await write("+15550100224", numbers.support, "support");
  await write(newest.customer, numbers.support, "support");
  const inbox = (await control(`handsets/${encodeURIComponent(newest.agent)}/messages`)) as {
    readonly inbox: readonly { readonly from: string }[];
  };
  const proxy = inbox.inbox.at(-1)?.from ?? numbers.support;
  await write(newest.agent, proxy, "Hello, this is Ada. How can I help?");
  await write(newest.customer, numbers.support, "My order 4711 has not arrived yet.");
  await write(newest.agent, proxy, "I see it: it is with the carrier, and will be there tomorrow.");
}

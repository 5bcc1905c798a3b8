/** What runs of a stage whose Flow somebody has saved as a draft: Twilio's own client reads no list of revisions. */
import { openTwilio } from "@support-line/local-twilio";
import type { FlowDefinition } from "@support-line/studio";
import { nothingRemembered } from "@support-line/stage/memory";
import { expect, test } from "vitest";
import { liveStage } from "../../packages/cli/stage/rollback-live.ts";
import { openClient } from "../../packages/cli/twilio/client.ts";
import { flowOf } from "./flow.ts";

test("a draft on top of what is published: what customers meet is read, and the draft is drift", async () => {
  const twilio = await openTwilio({ memory: true, clock: "manual", report: () => undefined });
  const client = openClient(
    { accountSid: twilio.accountSid, user: twilio.accountSid, password: twilio.authToken },
    await twilio.listen(),
  );
  const published = flowOf("day-0000.twil.io", false);
  const flow = await client.studio.v2.flows.create({
    friendlyName: "day",
    status: "published",
    commitMessage: "first",
    definition: published,
  });
  for (const commitMessage of ["half a menu", "most of a menu"]) {
    const definition = flowOf("day-0000.twil.io", true);
    await client.studio.v2.flows(flow.sid).update({ status: "draft", commitMessage, definition });
  }
  const live = await liveStage("day", client, {
    memory: nothingRemembered,
    memoryUrn: "",
    endpoint: "",
    serviceSid: "",
    environmentSid: "",
    deploymentUrn: "",
    buildSid: "",
    flows: { support: { urn: "", sid: flow.sid, revision: 1 } },
    variables: {},
    others: {},
  });
  await twilio.close();
  expect(live.deployment.flows).toEqual({ support: { sid: flow.sid, revision: 1 } });
  expect(live.newest).toEqual({ support: 3 });
  expect(namesOf(live.definitions["support"])).toEqual(namesOf(published));
  expect(live.drift).toEqual([
    'somebody saved the Flow of line support as revision 3 (draft, "most of a menu"), the stack knows 1',
  ]);
});

const namesOf = (definition: FlowDefinition | undefined) => definition?.states.map(({ name }) => name);

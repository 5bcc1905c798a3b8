import { expect, test } from "vitest";
import { clientOf } from "../testing/client.ts";
import { askFor, flowOf } from "../testing/flows.ts";
import { startForTest } from "../testing/local.ts";

const day = 24 * 3600;

test("an Execution that still waits after thirty days is ended", async () => {
  await using local = await startForTest();
  const { studio } = clientOf(local);
  const { sid } = await studio.v2.flows.create({
    friendlyName: "waits",
    status: "published",
    definition: flowOf(askFor("ask", "Ready?", 60 * day)),
  });
  const executions = studio.v2.flows(sid).executions;
  const { sid: execution } = await executions.create({ to: "+15550100201", from: "+15550100001" });
  const pass = (seconds: number) => local.control("POST", "clock/advance", { seconds });
  await pass(30 * day - 60);
  expect(await executions(execution).fetch()).toMatchObject({ status: "active" });
  await pass(120);
  expect(await executions(execution).fetch()).toMatchObject({ status: "ended" });
});

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { localAccountSid, readStage, type Stage } from "../stage.ts";
import { projectWith } from "../testing/projects.ts";
import { flowFaults } from "../flow-faults.ts";
import { adoptedStageFaults, answeredTwice } from "./check.ts";

const project = projectWith({});

const values = {
  accountSid: localAccountSid,
  lines: [{ name: "helpline", channel: "sms", address: "+15550100004", flow: "support" }],
  adopted: {
    flow: { friendlyName: "Support" },
    conversations: { friendlyName: "Default" },
    functions: {
      folder: "helpline",
      uniqueName: "by-hand",
      friendlyName: "by-hand",
      includeCredentials: true,
      uiEditable: false,
      environment: "dev-environment",
    },
  },
};
const stage = (name: string, keys: object = {}): Stage => readStage("my-line", name, { ...values, ...keys });
const faults = (of: Stage) => (of.adopted === null ? [] : adoptedStageFaults(project, of, of.adopted));

test("Functions that the Flow runs have to be in the folder, and the folder there", async () => {
  expect(await faults(stage("prod"))).toEqual([
    expect.stringContaining("no folder functions/adopted/helpline"),
  ]);
  const folder = join(project.folder, "functions/adopted/helpline");
  mkdirSync(folder, { recursive: true });
  const ofFlow = async (of: Stage) =>
    (await Promise.all(of.lines.map((line) => flowFaults(project, of, line)))).flatMap((each) => each.faults);
  expect(await ofFlow(stage("prod"))).toEqual([
    expect.stringContaining(
      "runs the Function add-support-agent, and functions/adopted/helpline has no such Function",
    ),
  ]);
  writeFileSync(join(folder, "add-support-agent.protected.js"), "");
  expect([...(await faults(stage("prod"))), ...(await ofFlow(stage("prod")))]).toEqual([]);
});

test("a switch to what the Flow does not begin at is a fault", async () => {
  const { flow, conversations } = values.adopted;
  const adopted = { flow, conversations, answeredBy: "webhook", number: {} };
  const switched = stage("prod", { adopted });
  expect((await faults(switched)).at(-1)).toMatch(
    /^adopted.answeredBy "webhook": the Flow support does nothing at incomingMessage/,
  );
});

test("a number of two stages of one account is a fault of both", () => {
  const twice = answeredTwice([stage("prod"), stage("old")]);
  expect(twice.get("prod")).toEqual([expect.stringContaining("line helpline of stage old")]);
  expect(twice.get("old")).toHaveLength(1);
  const [line] = values.lines;
  const other = stage("old", { lines: [{ ...line, address: "+15550100005" }] });
  expect(answeredTwice([stage("prod"), other]).size).toBe(0);
});

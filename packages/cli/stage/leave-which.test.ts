import { readStage } from "@support-line/stage";
import { expect, test } from "vitest";
import { whatLeaves } from "./leave-which.ts";

const functions = (folder: string) => ({
  folder,
  uniqueName: folder,
  friendlyName: folder,
  includeCredentials: true,
  uiEditable: false,
  environment: "dev-environment",
});
const line = (name: string, digit: number) => ({
  name,
  channel: "sms",
  address: `+1555010000${digit}`,
  flow: name,
});
const described = (service: string) => ({
  flow: { friendlyName: "Flow" },
  conversations: "conversations",
  functions: service,
});
const stage = readStage("my-line", "prod", {
  accountSid: "AC10ca1000000000000000000000000001",
  lines: [line("helpline", 4), line("returns", 6), line("repairs", 7)],
  adopted: {
    lines: {
      helpline: described("functions"),
      returns: described("returns"),
      repairs: described("returns"),
    },
    conversations: { conversations: { friendlyName: "Default" } },
    functions: { functions: functions("helpline"), returns: functions("returns") },
  },
});

test("one line of several leaves with what is its alone", () => {
  expect(whatLeaves(stage, "helpline")).toMatchObject({
    line: "helpline",
    functions: "functions",
    own: { conversations: null, functions: "functions" },
    sharing: [],
  });
  expect(whatLeaves(stage, "returns")).toMatchObject({
    functions: "returns",
    own: { conversations: null, functions: null },
    sharing: ["repairs"],
  });
});

test("which one is asked where several could be meant", () => {
  expect(() => whatLeaves(stage, undefined)).toThrow(
    "Stage prod has Functions in several Services, and a folder holds one Service: say with --line which line leaves: helpline, returns, repairs.",
  );
  expect(() => whatLeaves(stage, "nobody")).toThrow("has no line nobody; it has helpline, returns, repairs.");
  expect(() => whatLeaves({ ...stage, adopted: null }, "returns")).toThrow(
    "--line is for a stage with several adopted lines, and the lines of stage prod are the project's own: leave out --line.",
  );
});

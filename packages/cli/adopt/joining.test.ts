import { readStage } from "@support-line/stage";
import { expect, test } from "vitest";
import type { Entry } from "./entries.ts";
import type { DeployedFunctions } from "./functions.ts";
import { nameInStage, servicesInStage, type Joined } from "./joining.ts";

const read = readStage("my-line", "prod", {
  accountSid: "AC10ca1000000000000000000000000001",
  lines: [{ name: "helpline", channel: "sms", address: "+15550100004", flow: "helpline" }],
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
});
const stage: Joined = { ...read, adopted: read.adopted as Joined["adopted"] };

const entry = (address: string, flowSid: string): Entry => ({
  address,
  flowSid,
  channel: "sms",
  answeredBy: "conversations",
});
const [first, second] = [entry("+15550100004", "FW1"), entry("+15550100006", "FW2")];
const named = (of: Entry, wanted?: string, entries = [first, second]) =>
  nameInStage(stage, { entries }, of, { wanted, usual: "support" });

test("a line that is there has its name; another gets its own", () => {
  expect(named(first)).toBe("helpline");
  expect(named(second)).toBe("support");
  expect(named(second, "returns")).toBe("returns");
  expect(nameInStage(null, { entries: [] }, first, { wanted: undefined, usual: "support" })).toBe("support");
});

test("each refusal says which line it means, and the way out", () => {
  expect(() => named(first, "other")).toThrow(
    "+15550100004 is line helpline of stage prod already: leave out --name, and add --force to read it again.",
  );
  expect(() => named(second, "helpline")).toThrow(
    "Stage prod has a line helpline already (+15550100004), and nothing was written: give the line of +15550100006 another name with --name.",
  );
  const twice = entry("+15550100006", "FW1");
  expect(() => named(twice, "returns", [first, twice])).toThrow(
    "Flow FW1 belongs to line helpline (+15550100004) of stage prod already, and a Flow can be adopted only once: copy it in Studio's editor, let the copy answer +15550100006, then adopt it.",
  );
});

const functions = (uniqueName: string, environment = "dev-environment") =>
  ({ service: { uniqueName }, environment: { uniqueName: environment } }) as DeployedFunctions;
const conversationsOf = new Map([["helpline", "IS1"]]);

test("what two lines have in common at Twilio they share in the stack", () => {
  const found = { conversationsSid: "IS1", functions: functions("by-hand") };
  expect(servicesInStage(stage, "returns", found, conversationsOf)).toEqual({
    conversations: { name: "conversations", isShared: true },
    functions: { name: "functions", isShared: true },
  });
});

test("what is a line's own is called by its name", () => {
  const found = { conversationsSid: "IS2", functions: functions("returns") };
  const own = (name: string) => ({ name, isShared: false });
  expect(servicesInStage(stage, "returns", found, conversationsOf)).toEqual({
    conversations: own("returns"),
    functions: own("returns"),
  });
  expect(servicesInStage(stage, "functions", found, conversationsOf).functions).toEqual(own("functions-own"));
  expect(
    servicesInStage(stage, "helpline", { ...found, functions: functions("by-hand") }, conversationsOf),
  ).toEqual({
    conversations: own("conversations"),
    functions: own("functions"),
  });
  expect(servicesInStage(null, "returns", { ...found, functions: null }, new Map())).toEqual({
    conversations: own("conversations"),
    functions: null,
  });
});

test("another Environment of a Service that is there is refused", () => {
  const found = { conversationsSid: "IS1", functions: functions("by-hand", "stage-environment") };
  expect(() => servicesInStage(stage, "returns", found, conversationsOf)).toThrow(
    "The Flow runs Environment stage-environment of Service by-hand, and stage prod has dev-environment of it: adopt this line as a stage of its own.",
  );
});

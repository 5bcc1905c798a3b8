import { describe, expect, test } from "vitest";
import { readCommandLine } from "./command-line.ts";
import { needsStack, stageOf, type Surroundings } from "./stage-of.ts";

const nothing: Surroundings = { environment: undefined, selected: undefined };
const stage = (call: string, around: Partial<Surroundings> = {}) =>
  stageOf(readCommandLine(call === "" ? [] : call.split(" ")), { ...nothing, ...around });

describe("the stage of a call", () => {
  test.each([
    ["up -s dev", "dev"],
    ["-s dev up", "dev"],
    ["up --stack dev", "dev"],
    ["up --stack=dev", "dev"],
    ["up -sdev", "dev"],
    ["up -s=dev", "dev"],
    ["up -ys dev", "dev"],
    ["up -yfsdev", "dev"],
    ["preview --diff -s acme/support-line/prod", "prod"],
    ["config set --secret twilio:authToken x -s dev", "dev"],
  ])("%s: the flag names it", (call, expected) => {
    expect(stage(call, { environment: "prod", selected: "prod" })).toBe(expected);
  });

  test.each([
    ["stack select dev", "dev"],
    ["stack init dev --secrets-provider passphrase", "dev"],
    ["stack init --secrets-provider passphrase dev", "dev"],
    ["-C /tmp stack --color never rm -y dev", "dev"],
    ["stack new organization/support-line/local", "local"],
    ["cancel local", "local"],
  ])("%s: the argument names it", (call, expected) => {
    expect(stage(call, { environment: "prod", selected: "prod" })).toBe(expected);
  });

  test("PULUMI_STACK goes before the selection, and both before local", () => {
    expect(stage("up", { environment: "dev", selected: "prod" })).toBe("dev");
    expect(stage("up", { selected: "organization/support-line/prod" })).toBe("prod");
    expect(stage("up")).toBe("local");
  });

  test("a word that is the value of a flag names nothing", () => {
    expect(stage("up -m dev")).toBe("local");
    expect(stage("up --message -s")).toBe("local");
    expect(stage("up --target dev --parallel 4")).toBe("local");
  });

  test("nothing after -- is Pulumi's", () => {
    expect(stage("up -- -s dev")).toBe("local");
  });

  test.each(["", "login", "whoami", "plugin ls", "help up", "up --help", "up -h", "stack init", "--version"])(
    '"%s" is about no stage',
    (call) => {
      expect(stage(call, { selected: "local" })).toBeNull();
    },
  );
});

describe("whether the stack has to be there", () => {
  test.each([
    ["up", true],
    ["preview", true],
    ["stack", true],
    ["stack output", true],
    ["stack select local", true],
    ["stack init local", false],
    ["stack rm local", false],
    ["stack ls", false],
  ])("%s: %s", (call, expected) => {
    expect(needsStack(readCommandLine(call.split(" ")))).toBe(expected);
  });
});

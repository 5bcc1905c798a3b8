import { firstNames, readStage } from "@support-line/stage";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { LineValues } from "./files.ts";
import { withLine, withoutLine } from "./stage-file.ts";

const account = "AC10ca1000000000000000000000000001";
const text = `# Stage prod, as it was read.
config:
  twilio:accountSid: ${account}
  twilio:phoneNumbers:
    - "+15550100004"
  my-line:accountSid: ${account}
  my-line:lines:
    - { name: helpline, channel: sms, address: "+15550100004", flow: helpline } # the old number
  my-line:agents: []
  my-line:adopted:
    answeredBy: conversations
    flow: { friendlyName: Support, status: published }
    conversations: { friendlyName: Default }
    functions:
      folder: helpline
      uniqueName: by-hand
      friendlyName: by-hand
      includeCredentials: true
      uiEditable: false
      environment: dev-environment
      variables:
        GREETING: hello # until Easter
  my-line:secrets:
    CRM_TOKEN: { secure: "v1:abc" }
encryptionsalt: v1:salt
`;
const functions = {
  folder: "returns",
  uniqueName: "returns",
  friendlyName: "returns",
  includeCredentials: true,
  uiEditable: false,
  environment: "dev-environment",
};
const returns: LineValues = {
  line: { name: "returns", channel: "sms", address: "+15550100006", flow: "returns" },
  described: {
    ...{ answeredBy: "conversations", flow: { friendlyName: "Returns" } },
    ...{ conversations: firstNames.conversations, functions: "returns" },
  },
  conversations: { name: firstNames.conversations, values: null },
  functions: { name: "returns", values: functions },
};

/** The file as a stage, beside its text. */
function stageOf(file: string) {
  const { config } = parse(file) as { config: Record<string, unknown> };
  const own = Object.entries(config).filter(([key]) => key.startsWith("my-line:"));
  return readStage("my-line", "prod", Object.fromEntries(own.map(([key, value]) => [key.slice(8), value])));
}

test("a second line comes in: the first is as it was, with its comments, secrets and salt", () => {
  const file = withLine(text, "my-line", returns);
  const before = stageOf(text);
  const { adopted, lines } = stageOf(file);
  expect(lines.map(({ name }) => name)).toEqual(["helpline", "returns"]);
  expect(adopted?.lines["helpline"]).toEqual(before.adopted?.lines["helpline"]);
  expect(adopted?.functions["functions"]).toEqual(before.adopted?.functions["functions"]);
  expect(adopted?.functions["returns"]).toMatchObject(functions);
  for (const kept of ["# Stage prod", "# the old number", "# until Easter", 'secure: "v1:abc"', "v1:salt"]) {
    expect(file).toContain(kept);
  }
  expect((parse(file) as { config: Record<string, unknown> }).config["twilio:phoneNumbers"]).toEqual([
    "+15550100004",
    "+15550100006",
  ]);
});

test("a line that is read once more takes its own place, and keeps its secrets", () => {
  const secret = "\n          CRM_TOKEN: { secure: v1:own }";
  const first = withLine(text, "my-line", returns).replace(
    "folder: returns\n",
    `folder: returns\n        secrets:${secret}\n`,
  );
  const described = { ...returns.described, flow: { friendlyName: "Returns and repairs" } };
  const again = withLine(first, "my-line", { ...returns, described });
  expect(stageOf(again).adopted?.lines["returns"]?.flow.friendlyName).toBe("Returns and repairs");
  expect(again.match(/name: returns/g)).toHaveLength(1);
  expect(again).toContain("secure: v1:own");
});

test("a line goes out with the Services that are its alone", () => {
  const file = withoutLine(withLine(text, "my-line", returns), "my-line", "returns");
  const { adopted, lines } = stageOf(file);
  expect(lines.map(({ name }) => name)).toEqual(["helpline"]);
  expect(Object.keys(adopted?.functions ?? {})).toEqual(["functions"]);
  expect(file).not.toContain("+15550100006");
  expect(adopted?.functions).toEqual(stageOf(text).adopted?.functions);
  const other = stageOf(withoutLine(withLine(text, "my-line", returns), "my-line", "helpline"));
  expect(Object.keys(other.adopted?.conversations ?? {})).toEqual([firstNames.conversations]);
  expect(Object.keys(other.adopted?.functions ?? {})).toEqual(["returns"]);
});

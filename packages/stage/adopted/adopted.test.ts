/** A stage of several adopted lines: what its file says, and what is wrong with it. */
import { expect, test } from "vitest";
import { StageError } from "../errors.ts";
import { localAccountSid, readStage } from "../stage.ts";
import { functionsOfLine, nameOfPart } from "./adopted.ts";

const functions = (folder: string, uniqueName = folder) => ({
  folder,
  uniqueName,
  friendlyName: uniqueName,
  includeCredentials: true,
  uiEditable: false,
  environment: "dev-environment",
});
const values = {
  accountSid: localAccountSid,
  lines: [
    { name: "helpline", channel: "sms", address: "+15550100004", flow: "helpline" },
    { name: "returns", channel: "sms", address: "+15550100006", flow: "returns" },
  ],
  adopted: {
    lines: {
      helpline: { flow: { friendlyName: "Support" }, conversations: "conversations", functions: "functions" },
      returns: {
        flow: { friendlyName: "Returns" },
        answeredBy: "webhook",
        number: {},
        conversations: "conversations",
        functions: "returns",
      },
    },
    conversations: { conversations: { friendlyName: "Default" } },
    functions: {
      functions: { ...functions("helpline"), variables: { GREETING: "hello" } },
      returns: { ...functions("returns"), secrets: { TOKEN: { secure: "v1:a" }, KEY: "open" } },
    },
  },
};
const { adopted } = values;

function faultsOf(keys: object): string[] {
  try {
    readStage("my-line", "prod", { ...values, ...keys });
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return error.faults.map(({ key, problem }) => `${key} ${problem}`);
  }
  return [];
}

test("each line has its way and its Services, and two may share one", () => {
  const stage = readStage("my-line", "prod", values);
  expect(stage.adopted).toMatchObject({
    isShort: false,
    lines: { helpline: { answeredBy: "conversations" }, returns: { answeredBy: "webhook" } },
  });
  if (stage.adopted === null) return;
  expect(functionsOfLine(stage.adopted, "returns")).toMatchObject({
    folder: "returns",
    secrets: { TOKEN: "", KEY: "open" },
  });
  expect(functionsOfLine(stage.adopted, "nobody")).toBeNull();
});

test("a part of the first Service is called as it always was, and no part of another as one of it", () => {
  expect(nameOfPart("functions", "returns-greet")).toBe("functions-returns-greet");
  expect(nameOfPart("functions-returns", "greet")).toBe("functions-returns:greet");
});

const withoutReturns = { helpline: adopted.lines.helpline };
test.each<[string, object, string]>([
  [
    "a line that is not described",
    { adopted: { ...adopted, lines: withoutReturns, functions: { functions: functions("helpline") } } },
    "lines[1].name is not a line of adopted.lines, which has helpline",
  ],
  [
    "a description of no line",
    { lines: values.lines.slice(0, 1) },
    "adopted.lines.returns is described, but lines has no line of that name",
  ],
  [
    "a Service of no name",
    {
      adopted: {
        ...adopted,
        lines: { ...adopted.lines, helpline: { ...adopted.lines.helpline, conversations: "talks" } },
      },
    },
    "adopted.lines.helpline.conversations is not a name in adopted.conversations, which has conversations",
  ],
  [
    "a Service that no line has",
    { adopted: { ...adopted, conversations: { ...adopted.conversations, old: { friendlyName: "Old" } } } },
    "adopted.conversations.old belongs to no line any more",
  ],
  [
    "a Service that stands twice",
    {
      adopted: { ...adopted, functions: { ...adopted.functions, returns: functions("returns", "helpline") } },
    },
    "adopted.functions.returns.uniqueName is that of functions too",
  ],
  [
    "secrets of no Service",
    { secrets: { TOKEN: { secure: "v1:a" } } },
    "secrets are of no Service, since the stage has several lines; write them under adopted.functions.<name>.secrets",
  ],
  [
    "a Variable open and encrypted",
    {
      adopted: {
        ...adopted,
        functions: {
          ...adopted.functions,
          returns: { ...adopted.functions.returns, variables: { TOKEN: "1" } },
        },
      },
    },
    "adopted.functions.returns.secrets.TOKEN is also in adopted.functions.returns.variables",
  ],
  [
    "a webhook of no number",
    {
      adopted: {
        ...adopted,
        lines: { ...adopted.lines, helpline: { ...adopted.lines.helpline, answeredBy: "webhook" } },
      },
    },
    "adopted.lines.helpline.number is missing",
  ],
  [
    "agents, whom nothing calls",
    {
      lines: [values.lines[0], { ...values.lines[1], agents: ["ada"] }],
      agents: [{ name: "ada", address: "+15550100101" }],
    },
    "lines[1].agents is for the project's own Functions",
  ],
  [
    "a misspelt key",
    {
      adopted: {
        ...adopted,
        lines: { ...adopted.lines, helpline: { ...adopted.lines.helpline, flows: {} } },
      },
    },
    "adopted.lines.helpline.flows is a key that nothing uses",
  ],
])("refuses %s", (_name, keys, fault) => {
  expect(faultsOf(keys)).toEqual([expect.stringContaining(fault)]);
});

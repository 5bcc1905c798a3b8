import { describe, expect, test } from "vitest";
import { localAccountSid, readStage } from "./config.ts";
import { StageError } from "./errors.ts";

const simple = {
  accountSid: localAccountSid,
  lines: [{ name: "support", channel: "sms", address: "+15550100001", flow: "support", agents: ["ada"] }],
  agents: [{ name: "ada", address: "+15550100101" }],
};
type Values = Record<string, unknown>;

/** The simple stage with the first line's or first agent's keys replaced. */
const line = (keys: Values): Values => ({ ...simple, lines: [{ ...simple.lines[0], ...keys }] });
const agent = (keys: Values): Values => ({ ...simple, agents: [{ ...simple.agents[0], ...keys }] });

function faultsOf(values: Values): string[] {
  try {
    readStage("dev", values);
  } catch (error) {
    if (error instanceof StageError) return error.faults.map(({ key, problem }) => `${key} ${problem}`);
    throw error;
  }
  return [];
}

describe("readStage", () => {
  test("gives a line its agents, and its own address as proxy where none is named", () => {
    expect(readStage("local", simple)).toEqual({
      name: "local",
      accountSid: localAccountSid,
      wordings: {},
      keywords: {},
      lines: [
        {
          name: "support",
          channel: "sms",
          address: "+15550100001",
          flow: "support",
          agents: [{ name: "ada", address: "+15550100101" }],
          proxies: ["+15550100001"],
          conversations: [],
        },
      ],
    });
  });

  test("takes short codes, and WhatsApp agents on an SMS line that has a WhatsApp proxy", () => {
    const stage = readStage("local", {
      ...line({ address: "54321", proxies: ["whatsapp:+15550100001"] }),
      agents: [{ name: "ada", address: "whatsapp:+15550100101" }],
    });
    expect(stage.lines[0]).toMatchObject({ address: "54321", proxies: ["whatsapp:+15550100001"] });
  });

  test.each<[string, Values, string]>([
    [
      "a number without quotes",
      line({ address: 15550100001 }),
      "lines[0].address is digits without a plus, most likely a YAML number without quotes",
    ],
    [
      "a number without plus",
      agent({ address: "15550100101" }),
      "agents[0].address is digits without a plus",
    ],
    ["a number of no length", line({ address: "+1555010" }), "lines[0].address has a length that no number"],
    ["letters", line({ address: "+1555HELP" }), "lines[0].address is no E.164 number"],
    [
      "WhatsApp on an SMS line",
      line({ address: "whatsapp:+15550100001" }),
      "lines[0].address is a WhatsApp address",
    ],
    ["SMS on a WhatsApp line", line({ channel: "whatsapp" }), "lines[0].address is no WhatsApp address"],
    [
      "an agent on a Twilio number",
      agent({ address: "+15550100001" }),
      "agents[0].address is also a Twilio number",
    ],
    [
      "an agent nobody is",
      line({ agents: ["eve"] }),
      "lines[0].agents[0] is no agent of this stage; the agents are ada",
    ],
    [
      "an agent named twice",
      line({ agents: ["ada", "ada"] }),
      "lines[0].agents[1] is the same as lines[0].agents[0]",
    ],
    [
      "an agent no proxy reaches",
      agent({ address: "whatsapp:+15550100101" }),
      "lines[0].agents[0] is reached by whatsapp",
    ],
    ["no agents", line({ agents: [] }), "lines[0].agents names no agent"],
    ["no lines", { ...simple, lines: [] }, "lines names no line"],
    [
      "two lines on one number",
      { ...simple, lines: [simple.lines[0], { ...simple.lines[0], name: "sales" }] },
      "lines[1].address is the same as lines[0].address",
    ],
    ["a misspelt key", { ...simple, agnets: [] }, "agnets is a key that nothing uses"],
    [
      "a misspelt key in a line",
      line({ adress: "+15550100001" }),
      "lines[0].adress is a key that nothing uses",
    ],
    ["a missing key", { accountSid: localAccountSid, agents: simple.agents }, "lines is missing"],
    [
      "an API key for an account",
      { ...simple, accountSid: "SK10ca1000000000000000000000000000" },
      "accountSid is no account SID",
    ],
    [
      "a keyword taken by opt-out",
      { ...simple, keywords: { done: "END" } },
      "keywords.done is a word that Twilio takes",
    ],
    [
      "one keyword for two things",
      { ...simple, keywords: { support: "help me", done: "Help me" } },
      "keywords.done is the same as keywords.support",
    ],
    ["an empty wording", { ...simple, wordings: { agentAdded: " " } }, "wordings.agentAdded is empty"],
  ])("refuses %s", (_, values, fault) => {
    expect(faultsOf(values)).toEqual([expect.stringContaining(fault)]);
  });

  test("refuses the placeholders that real stages ship with, by name", () => {
    expect(faultsOf({ ...simple, accountSid: `AC${"0".repeat(32)}` })).toEqual([
      "accountSid is a placeholder; put in the SID of this stage's own account",
      "lines[0].address is a placeholder, a number nobody has; put in your own",
      "agents[0].address is a placeholder, a number nobody has; put in your own",
    ]);
  });

  test("names stage file, key and value, and finds every fault at once", () => {
    const values = { ...line({ address: 15550100001 }), typo: 1 };
    expect(() => readStage("dev", values)).toThrow(
      /Pulumi\.dev\.yaml has .*\n {2}support-line:typo 1 is a key/,
    );
    expect(() => readStage("dev", line({ address: 15550100001, proxies: ["x"] }))).toThrow(
      /address 15550100001 is digits[^]*proxies\[0\] "x"/,
    );
  });
});

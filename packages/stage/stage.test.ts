import { describe, expect, test } from "vitest";
import { localAccountSid, readStage } from "./stage.ts";
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
    readStage("my-line", "dev", values);
  } catch (error) {
    if (error instanceof StageError) return error.faults.map(({ key, problem }) => `${key} ${problem}`);
    throw error;
  }
  return [];
}

describe("readStage", () => {
  test("gives a line its agents, and its own address as proxy where none is named", () => {
    expect(readStage("my-line", "local", simple)).toEqual({
      project: "my-line",
      name: "local",
      accountSid: localAccountSid,
      wordings: {},
      keywords: {},
      languages: [],
      briefingTemplate: null,
      alertAddress: null,
      elsewhere: [],
      adopted: null,
      secrets: {},
      variables: {},
      flex: null,
      timers: { inactive: "PT4H", closed: "P1D" },
      lines: [
        {
          name: "support",
          channel: "sms",
          address: "+15550100001",
          flow: "support",
          agents: [{ name: "ada", address: "+15550100101", languages: [] }],
          proxies: ["+15550100001"],
          conversations: [],
          queues: [],
          hours: null,
          answerWithin: 5,
        },
      ],
    });
  });

  test("gives a stage with Flex what it leaves unsaid", () => {
    expect(readStage("my-line", "local", { ...simple, flex: {} }).flex).toEqual({
      answerWithin: 30,
      inviteAgain: 0,
      afterCompletion: "close",
      workers: "1==1",
      conversationsServiceSid: null,
    });
  });

  test("refuses a Task that outlives its Conversation, and what is no Service of Conversations", () => {
    const flex = { answerWithin: 90, conversationsServiceSid: "CH1" };
    expect(faultsOf({ ...simple, flex })).toEqual([
      expect.stringMatching(/^flex.conversationsServiceSid is not a SID of a Conversations Service/),
    ]);
    const timers = { inactive: "PT1H", closed: "PT1H30M" };
    expect(faultsOf({ ...simple, timers, flex: { answerWithin: 90 } })).toEqual([
      expect.stringMatching(/^flex.answerWithin is as long as timers.closed \(PT1H30M\) or longer/),
    ]);
  });

  test("takes short codes, and WhatsApp agents on an SMS line that has a WhatsApp proxy", () => {
    const stage = readStage("my-line", "local", {
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
    ["letters", line({ address: "+1555HELP" }), "lines[0].address is not an E.164 number"],
    [
      "WhatsApp on an SMS line",
      line({ address: "whatsapp:+15550100001" }),
      "lines[0].address is a WhatsApp address",
    ],
    ["SMS on a WhatsApp line", line({ channel: "whatsapp" }), "lines[0].address is not a WhatsApp address"],
    [
      "an agent on a Twilio number",
      agent({ address: "+15550100001" }),
      "agents[0].address is also a Twilio number",
    ],
    [
      "an agent nobody is",
      line({ agents: ["eve"] }),
      "lines[0].agents[0] is not an agent of this stage; the agents are ada",
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
      "accountSid is not an account SID",
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
    [
      "a queue's word that is another's",
      line({ queues: [{ name: "billing", keyword: "Support", agents: ["ada"] }] }),
      "lines[0].queues[0].keyword is the same as keywords.support",
    ],
    [
      "a queue of nobody",
      line({ queues: [{ name: "billing", keyword: "bill", agents: ["eve"] }] }),
      "lines[0].queues[0].agents[0] is not an agent of this stage",
    ],
    [
      "a language's word that is taken",
      { ...simple, languages: [{ name: "de", keyword: "done" }] },
      "languages[0].keyword is the same as keywords.done",
    ],
    [
      "a language that is none",
      { ...simple, languages: [{ name: "German", keyword: "deutsch" }] },
      "languages[0].name is not a language tag",
    ],
    [
      "an agent of a language that the stage does not have",
      agent({ languages: ["de"] }),
      "agents[0].languages[0] is not a language of this stage; the languages are none",
    ],
    ["opening hours that are not there", line({ hours: "office" }), "lines[0].hours names no opening hours"],
    ["an answer within no time", line({ answerWithin: 0 }), "lines[0].answerWithin is less than a minute"],
    [
      "a briefing template by its name",
      { ...simple, briefingTemplate: "briefing" },
      "briefingTemplate is not a content template's SID",
    ],
    [
      "alerts to nowhere",
      { ...simple, alerts: { address: "http://pager.example" } },
      "alerts.address is not an https:// address",
    ],
    [
      "a timer in words",
      { ...simple, timers: { closed: "a day" } },
      "timers.closed is not an ISO 8601 duration",
    ],
    ["an empty wording", { ...simple, wordings: { agentAdded: " " } }, "wordings.agentAdded is empty"],
  ])("refuses %s", (_, values, fault) => {
    expect(faultsOf(values)).toEqual([expect.stringContaining(fault)]);
  });

  /** A stage whose line has these opening hours. */
  const withHours = (keys: Values): Values => ({
    ...line({ hours: "office" }),
    hours: [{ name: "office", timeZone: "Europe/Berlin", week: { mon: ["09:00-17:00"] }, ...keys }],
  });

  test("reads opening hours, with holidays and exceptions by their dates", () => {
    const stage = readStage(
      "my-line",
      "local",
      withHours({
        week: { mon: ["13:00-17:00", "09:00-12:00"] },
        holidays: ["2026-12-25"],
        exceptions: { "2026-12-24": ["09:00-12:00"] },
      }),
    );
    expect(stage.lines[0]?.hours).toEqual({
      timeZone: "Europe/Berlin",
      week: {
        mon: [
          [540, 720],
          [780, 1020],
        ],
      },
      dates: { "2026-12-25": [], "2026-12-24": [[540, 720]] },
    });
  });

  test.each<[string, Values, string]>([
    [
      "an unknown time zone",
      { timeZone: "Europe/Bonn" },
      "hours[0].timeZone is not a time zone of the IANA list",
    ],
    [
      "hours that end before they begin",
      { week: { mon: ["17:00-09:00"] } },
      "hours[0].week.mon[0] is not a span",
    ],
    [
      "hours that overlap",
      { week: { mon: ["09:00-13:00", "12:00-17:00"] } },
      "hours[0].week.mon[1] overlaps another span",
    ],
    [
      "a day that is not a date",
      { holidays: ["2026-02-30"] },
      "hours[0].holidays[0] is not a day of the calendar",
    ],
    [
      "a holiday with hours",
      { holidays: ["2026-12-24"], exceptions: { "2026-12-24": ["09:00-12:00"] } },
      "hours[0].holidays[0]",
    ],
  ])("refuses opening hours with %s", (_, keys, fault) => {
    expect(faultsOf(withHours(keys))).toEqual([expect.stringContaining(fault)]);
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
    expect(() => readStage("my-line", "dev", values)).toThrow(
      /Pulumi\.dev\.yaml has .*\n {2}my-line:typo 1 is a key/,
    );
    expect(() => readStage("my-line", "dev", line({ address: 15550100001, proxies: ["x"] }))).toThrow(
      /address 15550100001 is digits[^]*proxies\[0\] "x"/,
    );
  });
});

describe("readStage of an adopted line", () => {
  const adopted = {
    flow: { friendlyName: "Support" },
    conversations: { friendlyName: "Default Conversations Service" },
  };
  const own = {
    accountSid: localAccountSid,
    lines: [{ name: "support", channel: "sms", address: "+15550100001", flow: "prod" }],
  };
  test("needs no agents of its own", () => {
    const stage = readStage("my-line", "prod", { ...own, adopted });
    expect(stage.adopted).toEqual({
      isShort: true,
      lines: {
        support: {
          answeredBy: "conversations",
          flow: { friendlyName: "Support", status: "published" },
          address: {},
          conversations: "conversations",
        },
      },
      conversations: { conversations: { friendlyName: "Default Conversations Service" } },
      functions: {},
    });
    expect(stage.lines[0]?.agents).toEqual([]);
  });
  const functions = {
    folder: "prod",
    uniqueName: "prod",
    friendlyName: "prod",
    includeCredentials: true,
    uiEditable: false,
    environment: "dev-environment",
    variables: { TOKEN: "1" },
  };
  const line = own.lines[0];
  test.each<[string, Values, string]>([
    [
      "a second line",
      { lines: [line, { ...line, name: "b", address: "+15550100002" }] },
      "lines[1] is a second",
    ],
    [
      "agents, whom nothing calls",
      { lines: [{ ...line, agents: ["ada"] }], agents: [{ name: "ada", address: "+15550100101" }] },
      "lines[0].agents is for the project's own Functions",
    ],
    [
      "a misspelt key",
      { adopted: { ...adopted, anweredBy: "webhook" } },
      "adopted.anweredBy is a key that nothing uses",
    ],
    [
      "a webhook of no number",
      { adopted: { ...adopted, answeredBy: "webhook" } },
      "adopted.number is missing",
    ],
    [
      "a webhook on WhatsApp",
      {
        lines: [{ ...line, channel: "whatsapp", address: "whatsapp:+15550100001" }],
        adopted: { ...adopted, answeredBy: "webhook", number: {} },
      },
      "adopted.answeredBy is for SMS numbers",
    ],
    [
      "a Variable open and encrypted",
      { adopted: { ...adopted, functions }, secrets: { TOKEN: { secure: "v1:a" } } },
      "secrets.TOKEN is also in adopted.functions.variables",
    ],
    ["secrets of no Functions", { secrets: { TOKEN: { secure: "v1:a" } } }, "secrets are Variables"],
  ])("refuses %s", (_, keys, fault) => {
    expect(faultsOf({ ...own, adopted, ...keys })).toEqual([expect.stringContaining(fault)]);
  });
});

import { textsOf } from "@support-line/conversation-test";
import type { FlowDefinition } from "@support-line/studio";
import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { answerOf, pairsOf } from "./answers.ts";
import { cover } from "./cover-command.ts";
import { runFlow, type Typist } from "./run-command.ts";
import { readLine } from "./talk-lines.ts";
import { folderOf, ofProject, small } from "./testing/folder.ts";

const support = ofProject("flow-templates/support.json");
/** What the line says today when somebody has been added. */
const agentAdded = textsOf(JSON.parse(readFileSync(support, "utf8")) as FlowDefinition)(
  "support-confirmation-message",
);
const people = ["customer", "agent"];
const act = (line: string) => readLine(line, people, "line 1");

describe("lines", () => {
  test("are what somebody says or does", () => {
    expect(act("  support ")).toEqual({ person: "customer", act: { does: "says", text: "support" } });
    expect(act("agent: on my way: 5 min")).toEqual({
      person: "agent",
      act: { does: "says", text: "on my way: 5 min" },
    });
    expect(act("note: this")).toEqual({ person: "customer", act: { does: "says", text: "note: this" } });
    expect(act("//home")).toEqual({ person: "customer", act: { does: "says", text: "/home" } });
    expect(act("agent: /pickup")).toEqual({ person: "agent", act: { does: "picksUp" } });
    expect(act("/keys 12#")?.act).toEqual({ does: "presses", keys: "12#" });
    expect(act("/speak yes please")?.act).toEqual({ does: "speaks", words: "yes please" });
    expect(act("/wait 1h 30m")?.act).toEqual({ does: "waits", seconds: 5400 });
    expect(act('/rest {"name":"Ada"}')?.act).toEqual({ does: "starts", parameters: { name: "Ada" } });
    expect(act("/answers find-agent 500")?.act).toEqual({ does: "answers", of: "find-agent", answer: 500 });
    expect(act("/lose")?.act).toEqual({ does: "refuses", how: "undelivered" });
    expect(act("# a comment")).toBeNull();
    expect(act("  ")).toBeNull();
  });

  test.each([
    ["/frob", "line 1: there is no /frob; /help lists what there is."],
    ["/wait soon", "line 1: /wait takes a time, as in /wait 1h 30m."],
    ["/keys abc", "line 1: /keys takes 0 to 9, # and *"],
    ["/speak", "line 1: /speak takes what is said"],
    ["/answers", "line 1: /answers takes a name and an answer"],
    ["/rest 5", "line 1: /rest takes an object of JSON"],
  ])("%s is refused with what it takes", (line, message) => {
    expect(() => act(line)).toThrow(message);
  });

  test("answers are JSON, a status, a text or none", () => {
    expect(answerOf('{"a":1}')).toEqual({ a: 1 });
    expect(answerOf("503")).toBe(503);
    expect(answerOf("good day")).toBe("good day");
    expect(answerOf("{broken")).toBe("{broken");
    expect(answerOf(" ")).toBeNull();
    expect(pairsOf("--answer", ['find={"a":"b=c"}', "https://x.com/?q=1=200"])).toEqual([
      ["find", '{"a":"b=c"}'],
      ["https://x.com/?q=1", "200"],
    ]);
    expect(() => pairsOf("--answer", ["find"])).toThrow("--answer find: write it as name=value.");
  });
});

/** Types these lines, and answers what is asked. */
function typist(
  lines: readonly string[],
  answers?: readonly string[],
): Typist & { readonly asked: string[] } {
  const left = [...lines];
  const replies = [...(answers ?? [])];
  const asked: string[] = [];
  return {
    isPerson: answers !== undefined,
    asked,
    next: async () => left.shift() ?? null,
    ask: async (question) => {
      asked.push(question);
      return replies.shift() ?? "";
    },
    close: () => undefined,
  };
}
const silent = () => undefined;
const added = ['add-support-agent={"added":true}', "start-conversation=200"];

describe("run", () => {
  test("shows what everybody hears, and what was asked behind", async () => {
    const report = await runFlow(support, { answer: added }, typist(["support", "/quit", "never"]), silent);
    expect(report.lines).toEqual([
      { who: "customer", what: "> support" },
      { who: "Function", what: 'add-support-agent → 200 {"added":true}' },
      { who: "Function", what: "start-conversation → 200" },
      { who: "customer", what: agentAdded },
      { who: "customer", what: "> /quit" },
    ]);
    expect(report.transitions.reached).toBeGreaterThan(3);
  });

  test("a person is asked for what nothing answers, and forgiven what cannot be done", async () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    onTestFinished(() => said.mockRestore());
    const person = typist(["agent: /hangup", "support"], ['{"added":true}', "200"]);
    const shown: string[] = [];
    await runFlow(support, {}, person, (who, what) => shown.push(`${who} ${what}`));
    expect(said.mock.calls.map(([text]) => text)).toEqual([
      "agent is on no call, so there is nobody to hang up on.\n",
    ]);
    expect(person.asked[0]).toMatch(/^The Function add-support-agent \{.*\} answers$/);
    expect(shown).toContain(`customer ${String(agentAdded)}`);
  });

  test("a script ends at what nothing answers, with the way out", async () => {
    await expect(runFlow(support, {}, typist(["support"]), silent)).rejects.toThrow(
      /The Function add-support-agent was asked, and there is no answer for it: give --answer 'add-support-agent=/,
    );
    const before = typist([
      '/answers add-support-agent {"added":true}',
      "/answers start-conversation 200",
      "support",
    ]);
    const report = await runFlow(support, {}, before, silent);
    expect(report.lines.at(-1)).toEqual({ who: "customer", what: agentAdded });
  });

  test("the real Functions run when their folder is named", async () => {
    const flags = {
      functions: ofProject("functions"),
      answer: ["start-conversation=200"],
      var: ["CONVERSATIONS_SERVICE_SID=IS00000000000000000000000000000001"],
    };
    const report = await runFlow(support, flags, typist(["support"]), silent);
    expect(report.lines[1]?.what).toMatch(/^add-support-agent → \d{3}/);
  });

  test("a web server that nothing answers for is named with its option", async () => {
    const [trigger, hi] = small().states;
    const ask = {
      ...hi,
      type: "make-http-request",
      transitions: [{ event: "success" }, { event: "failed" }],
      properties: { url: "https://example.com/x", method: "GET" },
    };
    const at = folderOf({ "a.json": { ...small(), states: [trigger, ask] } });
    await expect(runFlow(at("a.json"), {}, typist(["hello"]), silent)).rejects.toThrow(
      "GET https://example.com/x was asked, and there is no answer for it: give --http 'https://example.com/x=",
    );
    const answered = await runFlow(
      at("a.json"),
      { http: ["https://example.com=200"] },
      typist(["hello"]),
      silent,
    );
    expect(answered.lines.at(-1)).toEqual({ who: "server", what: "GET https://example.com/x → 200" });
  });
});

describe("cover", () => {
  test("adds up conversations, and what other runs counted", async () => {
    const at = folderOf({
      "a.json": small(),
      "talk.txt": "# nobody\n/quit\n",
      "more.txt": "hello\n---\n/refuse\nhello\n",
    });
    const reached = async (flags: Parameters<typeof cover>[1]) =>
      (await cover(at("a.json"), flags)).summary().transitions.reached;
    expect(await reached({ talk: [at("talk.txt")] })).toBe(0);
    expect(await reached({ talk: [at("more.txt")] })).toBe(3);
    const counted = await cover(at("a.json"), { talk: [at("more.txt")] });
    const folder = folderOf({ "one.json": counted.summary() });
    expect(await reached({ from: [folder("one.json")] })).toBe(3);
  });

  test("wants something to count", async () => {
    await expect(cover(support, {})).rejects.toThrow("Give one of --talk, --from and --explore.");
  });

  test("names the line that cannot be done, and the file that is not a coverage", async () => {
    const at = folderOf({
      "a.json": small(),
      "talk.txt": "hello\n/hangup\n",
      "other.json": { counts: { widgets: { x: 1 }, transitions: {} } },
    });
    await expect(cover(at("a.json"), { talk: [at("talk.txt")] })).rejects.toThrow(
      /talk\.txt:2: customer is on no call/,
    );
    await expect(cover(at("a.json"), { talk: [at("gone.txt")] })).rejects.toThrow(
      /--talk .*gone\.txt: ENOENT/,
    );
    await expect(cover(at("a.json"), { from: [at("a.json")] })).rejects.toThrow(
      /it is not a coverage of a Flow/,
    );
    await expect(cover(at("a.json"), { from: [at("other.json")] })).rejects.toThrow(
      /this one has no widget "x"/,
    );
  });
});

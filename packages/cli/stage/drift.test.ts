import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { markerOf, reportDrift } from "./drift-issue.ts";
import { readDrift, type Drift } from "./drift-read.ts";
import { driftMarkdown, driftText } from "./drift-text.ts";

const urn = (type: string, name: string) => `urn:pulumi:prod::support-line::a$twilio:${type}::${name}`;
const update = (type: string, name: string, before: object, after: object) => ({
  op: "update",
  urn: urn(type, name),
  detailedDiff: Object.fromEntries(Object.keys(after).map((key) => [key, { kind: "update" }])),
  oldState: { inputs: before },
  newState: { inputs: { ...before, ...after } },
});
const read = (...steps: object[]) => readDrift(JSON.stringify({ steps }), "", 0);
const wordsOf = (drift: Drift) =>
  "drifted" in drift ? drift.drifted.flatMap(({ words }) => words) : [drift.failed];

test("what is the same is no drift; what is gone is named", () => {
  expect(read({ op: "refresh", urn: urn("studio:Flow", "support") })).toEqual({ drifted: [] });
  expect(read({ op: "delete", urn: urn("conversations:AddressConfiguration", "support") })).toEqual({
    drifted: [
      { deed: "gone", type: "twilio:conversations:AddressConfiguration", name: "support", words: [] },
    ],
  });
});

test("what the stack leaves to others is no drift", () => {
  const number = (after: object) => read(update("api:IncomingPhoneNumber", "line", { smsUrl: "a" }, after));
  expect(number({ voiceUrl: "https://voice.example/" })).toEqual({ drifted: [] });
  expect(wordsOf(number({ voiceUrl: "https://voice.example/", smsUrl: "b" }))).toEqual([
    'smsUrl is "b" instead of "a"',
  ]);
});

test("a line that takes calls is its number's voice webhook, and nothing else of the number", () => {
  const number = (after: object) => {
    const step = update("api:IncomingPhoneNumber", "snow", { voiceUrl: "a" }, after);
    return read({ ...step, urn: step.urn.replace("::a$", "::support-line:index:CallEntry$") });
  };
  expect(number({ smsUrl: "https://sms.example/" })).toEqual({ drifted: [] });
  expect(wordsOf(number({ smsUrl: "https://sms.example/", voiceUrl: "b" }))).toEqual([
    'voiceUrl is "b" instead of "a"',
  ]);
});

test("a property is said before and after, with the last digits of a number", () => {
  const drift = read(
    update(
      "serverless:Variable",
      "agents",
      { key: "SUPPORT_AGENTS", value: "ada,+15550100101" },
      { value: "ada,+15550100177" },
    ),
  );
  expect(wordsOf(drift)).toEqual(['value is "ada,…0177" instead of "ada,…0101"']);
});

test.each([
  [{ key: "API_TOKEN", value: "one" }, "two"],
  [{ key: "CRM", value: "[secret]" }, "[secret]"],
])("a secret's value is not shown: %j", (before, value) => {
  expect(wordsOf(read(update("serverless:Variable", "v", before, { value })))).toEqual([
    "value is another value, which is a secret",
  ]);
});

test("an edited Flow is said widget by widget, with what it was saved as", () => {
  const flow = (body: string) => ({
    initial_state: "Trigger",
    states: {
      Trigger: {
        type: "trigger",
        transitions: [{ event: "incomingMessage", next: "hello" }],
        properties: {},
      },
      hello: { type: "send-message", transitions: [{ event: "sent" }], properties: { body } },
    },
  });
  const drift = read(
    update(
      "studio:Flow",
      "support",
      { definition: flow("Hello") },
      { definition: flow("Hi"), commitMessage: "friendlier" },
    ),
  );
  expect(wordsOf(drift)).toEqual(['"hello" says "Hi" instead of "Hello"', 'saved as "friendlier"']);
  const text = driftText({ stage: "prod", drift });
  expect(text).toContain("prod  one resource differs\n  support (twilio:studio:Flow) is otherwise at Twilio");
  expect(text).toContain("npx studio pull <template> --stage prod");
});

test("a comparison that fails shows its complaint and nothing of what it got to", () => {
  const half = JSON.stringify({
    steps: [{ op: "delete", urn: urn("studio:Flow", "support") }],
    diagnostics: [{ severity: "error", message: "401 for +15550100001" }],
  });
  expect(readDrift(half, "", 255)).toEqual({ failed: "401 for …0001" });
  expect(readDrift("", "no stack named 'prod'", 255)).toEqual({ failed: "no stack named 'prod'" });
  expect(readDrift('{"steps": [{"token": "hush"}]}', "", 0)).toEqual({
    failed: "what it printed is not understood",
  });
});

test("a thousand resources stay within an issue, which calls nobody", () => {
  const steps = Array.from({ length: 1000 }, (_, at) =>
    update("sync:Document", `d${at}`, { data: "-" }, { data: `@everyone ${"and so on ".repeat(30)}` }),
  );
  const text = driftMarkdown({ stage: "prod", drift: read(...steps) });
  expect(text.length).toBeLessThan(65_000);
  expect(text).toMatch(/…and \d+ more; the run's log has them\./);
  expect(text).not.toContain("@everyone");
});

interface Issue {
  number: number;
  state: string;
  title: string;
  body: string;
  user: { type: string };
  pull_request?: object;
}

/** A fake GitHub: issues, no more. Answers what was asked of it that changed something. */
async function withGithub(play: (api: string, issues: Issue[]) => Promise<void>): Promise<string[]> {
  const asked: string[] = [];
  const others = Array.from({ length: 150 }, (_, at) => ({
    number: at + 1,
    state: "open",
    title: "Another",
    body: at === 0 ? `${markerOf("prod")} quoted` : "",
    user: { type: at === 0 ? "User" : "Bot" },
  }));
  const issues: Issue[] = [...others];
  const github = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://github");
      const given = (text === "" ? {} : JSON.parse(text)) as Partial<Issue>;
      const issue = issues.find(({ number }) => url.pathname.endsWith(`/issues/${number}`));
      if (request.method !== "GET") asked.push(`${request.method} ${url.pathname.replace("/repos/a/b", "")}`);
      const page = Number(url.searchParams.get("page"));
      let answer: unknown = issues.toReversed().slice((page - 1) * 100, page * 100);
      if (request.method === "POST" && url.pathname.endsWith("/issues")) {
        const made = { number: issues.length + 1, state: "open", title: "", body: "", user: { type: "Bot" } };
        issues.push({ ...made, ...given });
        answer = made;
      }
      if (request.method === "PATCH" && issue !== undefined) answer = Object.assign(issue, given);
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => github.listen(0, "127.0.0.1", resolve));
  try {
    await play(`http://127.0.0.1:${(github.address() as AddressInfo).port}`, issues);
  } finally {
    github.close();
  }
  return asked;
}

test("one issue for a stage is made, kept up to date, closed, and opened again", async () => {
  const gone = (name: string) => read({ op: "delete", urn: urn("studio:Flow", name) });
  const asked = await withGithub(async (api, issues) => {
    const place = { api, repository: "a/b", token: "none" };
    const report = (drift: Drift, stage = "prod") => reportDrift(place, { stage, drift });
    expect(await report({ drifted: [] })).toBeNull();
    expect(await report(gone("one"))).toEqual({ deed: "made", number: 151 });
    expect(await report(gone("one"))).toEqual({ deed: "same", number: 151 });
    expect(await report(gone("two"))).toEqual({ deed: "changed", number: 151 });
    expect(issues[150]).toMatchObject({
      title: "Drift: stage prod is not as it was deployed",
      state: "open",
    });
    expect(await report(gone("one"), "dev")).toEqual({ deed: "made", number: 152 });
    await expect(report({ failed: "401" })).rejects.toThrow("Not compared: prod: 401");
    expect(await report({ drifted: [] })).toEqual({ deed: "closed", number: 151 });
    expect(issues.slice(150).map(({ state }) => state)).toEqual(["closed", "open"]);
    expect(await report({ drifted: [] })).toBeNull();
    expect(await report(gone("three"))).toEqual({ deed: "opened again", number: 151 });
    expect(issues[150]).toMatchObject({ state: "open", body: expect.stringContaining("three") as string });
  });
  expect(asked).toEqual([
    "POST /issues",
    "PATCH /issues/151",
    "POST /issues",
    "POST /issues/151/comments",
    "PATCH /issues/151",
    "PATCH /issues/151",
  ]);
});

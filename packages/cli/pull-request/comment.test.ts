import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { FlowDefinition } from "@support-line/studio";
import { agentChanges } from "./agents.ts";
import { flowReport, touchedStages } from "./change.ts";
import { marker, mostCharacters, renderComment, type PullRequest } from "./comment.ts";
import { postComment } from "./github.ts";
import { readPreview } from "./preview.ts";

const step = (op: string, name: string, inputs: object = {}) => ({
  op,
  urn: `urn:pulumi:dev::support-line::a$twilio:studio:Flow::${name}`,
  detailedDiff: { friendlyName: { kind: "update" } },
  newState: { inputs },
});
const printed = (...steps: object[]) => JSON.stringify({ steps });
const pull = (given: Partial<PullRequest>): PullRequest => ({
  commit: "0123456789abcdef",
  stages: [],
  flows: [],
  tests: { passed: 12, failed: [] },
  ...given,
});
const stage = (stdout: string, stderr = "", code = 0) => ({
  stage: "dev",
  preview: readPreview(stdout, stderr, code),
  faults: [],
  agents: [],
});

test("replacements and deletions come first, and no value is shown", () => {
  const text = renderComment(
    pull({
      stages: [
        stage(
          printed(
            step("create", "one", { token: "hush" }),
            step("same", "none"),
            step("delete", "two"),
            step("replace", "three"),
          ),
        ),
      ],
    }),
  );
  expect(text).toContain("1 replaced, 1 deleted, 1 created.");
  expect(text.indexOf("three")).toBeLessThan(text.indexOf("two"));
  expect(text.indexOf("two")).toBeLessThan(text.indexOf("one (twilio"));
  expect(text).not.toContain("hush");
  expect(text).not.toContain("none (");
});

test("a preview that fails half-way shows its error and none of the steps it got to", () => {
  const half = JSON.stringify({
    steps: [step("create", "half")],
    diagnostics: [{ severity: "error", message: "no Flow answers +15550100001" }],
  });
  const text = renderComment(pull({ stages: [stage(half, "", 1)] }));
  expect(text).toContain("**The preview failed**");
  expect(text).toContain("no Flow answers …0001");
  expect(text).not.toContain("half (");
});

test("a fork's comment has the check and the Flow's difference, and says why it has no preview", () => {
  const flow = { name: "support", words: ["another text"], before: null, after: null };
  const fork = { stage: "dev", preview: null, faults: ["a number twice"], agents: [] };
  const text = renderComment(pull({ stages: [fork], flows: [flow] }));
  expect(text).toContain("12 tests passed.");
  expect(text).toContain("**To fix:** a number twice");
  expect(text).toContain("No preview: this run has no credentials");
  expect(text).toContain("- another text");
});

test("where no tests are given, nothing is said of them; a report that is not there was cut off", () => {
  expect(renderComment(pull({ tests: null }))).not.toMatch(/tests? /i);
  expect(renderComment(pull({ tests: "cut off" }))).toContain("**The tests did not come to their end.**");
});

test("every Function that changes is named, 40 of them as one", () => {
  const functions = Array.from({ length: 40 }, (_, at) => ({
    path: `/function_${at}`,
    how: "changed" as const,
    through: at === 7 ? ["functions/shared/a.ts", "b.ts", "c.ts", "d.ts"] : [],
  }));
  const one = renderComment(pull({ functions: functions.slice(7, 8) }));
  expect(one).toContain("### One Function");
  expect(one).toContain(
    "- **/function\\_7** changed, by what it imports: functions/shared/a.ts, b.ts, c.ts, 1 more",
  );
  const all = renderComment(pull({ functions }));
  for (const { path } of functions) expect(all).toContain(`**${path.replace("_", "\\_")}**`);
});

test("a preview that refuses leads to what customers meet meanwhile, and to what keeps it from being deployed", () => {
  const text = renderComment(pull({ stages: [stage("", "the Build has no /find-agent", 1)] }));
  expect(text).toContain("`npm run stage -- why dev last`");
  expect(text).toContain("docs/how-to/at-night.md#why");
  expect(text).toContain("`npm run stage -- doctor dev`");
  expect(renderComment(pull({ stages: [stage(printed())] }))).not.toContain("#why");
});

test("a preview that is cut off is a failed one", () => {
  expect(readPreview('{"steps": [', "killed", 1)).toEqual({ failed: "killed" });
});

test("JSON that is not understood is not shown", () => {
  expect(readPreview('{"steps": [{"token": "hush"}]}', "", 0)).toEqual({
    failed: "what it printed is not understood",
  });
});

test("the digest tells previews apart by what is applied, not by the order of steps and keys", () => {
  const digest = (...steps: object[]) => {
    const found = readPreview(printed(...steps), "", 0);
    return "digest" in found ? found.digest : "";
  };
  const [a, b] = [step("update", "a", { x: 1, y: 2 }), step("update", "b")];
  expect(digest(a, b)).toBe(digest(b, step("update", "a", { y: 2, x: 1 })));
  expect(digest(a)).not.toBe(digest(step("update", "a", { x: 1, y: 3 })));
});

test("200 changes, and 2,000, stay under GitHub's limit with every deletion before the rest", () => {
  for (const count of [200, 2000]) {
    const steps = Array.from({ length: count }, (_, at) =>
      step(at % 50 === 0 ? "delete" : "update", `r${at}`),
    );
    const text = renderComment(pull({ stages: [stage(printed(...steps))] }));
    expect(text.length).toBeLessThanOrEqual(mostCharacters);
    expect(text.indexOf("**deleted**")).toBeLessThan(text.indexOf("| changed |"));
  }
});

const support = JSON.parse(readFileSync("flow-templates/support.json", "utf8")) as FlowDefinition;

test("a Flow of 130 widgets is under 65,000 characters and still a picture", () => {
  const names = Array.from({ length: 130 }, (_, at) => `say-${at}`);
  const large = (word: string): FlowDefinition => ({
    description: "large",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [{ event: "incomingMessage", next: "say-0" }],
        properties: {},
      },
      ...names.map((name, at) => ({
        name,
        type: "send-message",
        transitions: [{ event: "sent", next: names[at + 1] ?? "say-0" }, { event: "failed" }],
        properties: { body: `${at === 60 ? word : "Hello"} ${"and so on ".repeat(30)}` },
      })),
    ],
  });
  const text = renderComment(pull({ flows: [flowReport("large", large("Hello"), large("Good day"))] }));
  expect(text.length).toBeLessThanOrEqual(mostCharacters);
  expect(text).toContain("```mermaid");
  expect(text).toContain("say-60");
});

test("a Flow that is only written another way says so", () => {
  expect(flowReport("support", support, structuredClone(support)).after).toBeNull();
});

const file = (agent: string, address: string, flow = "support") =>
  `config:\n  support-line:agents:\n    - {name: ${agent}, address: "${address}"}\n  support-line:lines:\n    - {name: support, flow: ${flow}, agents: [${agent}]}\n`;

test("a changed agent is who is reached instead of whom", () => {
  expect(agentChanges("support-line", file("ada", "+15550100101"), file("bob", "+15550100102"))).toEqual([
    "Line support reaches bob (…0102) instead of ada (…0101).",
  ]);
});

test("a change touches stages by their file, by their lines' Flows, or all", () => {
  const stages = new Map([
    ["dev", file("ada", "+15550100101")],
    ["prod", file("ada", "+15550100101", "desk")],
  ]);
  expect(touchedStages("support-line", ["Pulumi.dev.yaml"], stages)).toEqual(["dev"]);
  expect(touchedStages("support-line", ["flow-templates/desk.json"], stages)).toEqual(["prod"]);
  expect(touchedStages("support-line", ["functions/shared/hours.ts"], stages)).toEqual(["dev", "prod"]);
  expect(
    touchedStages("support-line", ["docs/reference/stage-file.md", "functions/shared/hours.test.ts"], stages),
  ).toEqual([]);
});

/** A fake GitHub: three endpoints of comments, no more. */
test("one comment is kept up to date, and a person's that quotes the marker is left alone", async () => {
  const comments = [{ id: 1, body: `${marker} quoted`, user: { type: "User" } }];
  const github = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const { body } = (text === "" ? {} : JSON.parse(text)) as { body?: string };
      if (request.method === "POST") comments.push({ id: 2, body: body ?? "", user: { type: "Bot" } });
      const changed = comments.find(({ id }) => request.url?.endsWith(`/comments/${id}`));
      if (request.method === "PATCH" && changed !== undefined) changed.body = body ?? "";
      response.end(JSON.stringify(request.method === "GET" ? comments : {}));
    });
  });
  await new Promise<void>((resolve) => github.listen(0, "127.0.0.1", resolve));
  try {
    const api = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
    const place = { api, repository: "a/b", number: 7, token: "none" };
    expect(await postComment(place, `${marker} first`)).toBe("made");
    expect(await postComment(place, `${marker} second`)).toBe("changed");
    expect(comments.map(({ body }) => body)).toEqual([`${marker} quoted`, `${marker} second`]);
  } finally {
    github.close();
  }
});

test("says how much of the Flows that change their conversations walk, and of all when none changes", () => {
  const walk = (flow: string) => ({ flow, transitions: { reached: 17, of: 18 } });
  const coverage = [walk("support"), walk("desk")];
  expect(renderComment(pull({ coverage }))).toContain("walk: support 17 of 18, desk 17 of 18.");
  const flows = [flowReport("support", support, null)];
  expect(renderComment(pull({ coverage, flows }))).toContain("walk: support 17 of 18.");
  expect(renderComment(pull({}))).not.toContain("Ways through");
});

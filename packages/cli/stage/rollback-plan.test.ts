import { expect, test } from "vitest";
import type { Deployment, Memory } from "@support-line/stage/memory";
import { deploymentOf, differenceOf, previousDeployment, wordsOf, type Side } from "./rollback-plan.ts";

const deployment = (revision: number, changes: Partial<Deployment> = {}): Deployment => ({
  commit: `c${revision}`,
  at: `2026-11-2${revision}T10:00:00.000Z`,
  flows: { support: { sid: "FW1", revision } },
  buildSid: "ZB1",
  variables: { SUPPORT_AGENTS: "ada,+15550100101" },
  ...changes,
});
const [first, second, third] = [deployment(1), deployment(2), deployment(3)];
const memory: Memory = { deployments: [first, second, third], rolledBack: null, paused: {} };

test("goes to the deployment before the one that runs", () => {
  expect(previousDeployment(memory, { ...third, commit: null, at: "" })).toBe(second);
});

test("goes to the last deployment when something else runs than it left", () => {
  expect(previousDeployment(memory, deployment(4))).toBe(third);
  expect(previousDeployment(memory, { ...third, buildSid: "ZB9" })).toBe(third);
});

test("goes nowhere from the first deployment, and from none", () => {
  expect(previousDeployment({ ...memory, deployments: [first] }, first)).toBeNull();
  expect(previousDeployment({ ...memory, deployments: [] }, first)).toBeNull();
});

test("a commit that deployed nothing of its own is in the deployment of the commit before it", async () => {
  const history = ["c1", "between", "c2", "c3"];
  const isAncestor = (older: string, newer: string) =>
    Promise.resolve(history.includes(newer) && history.indexOf(older) < history.indexOf(newer));
  expect(await deploymentOf(memory, "c2", isAncestor)).toBe(second);
  expect(await deploymentOf(memory, "between", isAncestor)).toBe(first);
  expect(await deploymentOf(memory, "elsewhere", isAncestor)).toBeNull();
});

const says = (body: string) => ({
  initial_state: "Trigger",
  states: [{ name: "hello", type: "send-message", transitions: [], properties: { body } }],
});
const side = (body: string, changes: Partial<Deployment>, versions: Record<string, string>): Side => ({
  deployment: deployment(1, changes),
  definitions: { support: says(body) },
  builds: { functions: { sid: changes.buildSid ?? "ZB1", at: "2026-11-21T10:00:00.000Z", versions } },
});
const now = side(
  "new +15550100105",
  { buildSid: "ZB2", variables: { A: "+15550100102", S: "x", T: "1" } },
  {
    "/one": "ZN1",
    "/two": "ZN2",
  },
);
const then = side(
  "old",
  { variables: { A: "+15550100101", S: "y", U: "2" } },
  { "/one": "ZN1", "/two": "ZN0" },
);

test("says what changes, by Flow, Build and Variable, with nobody's number and no secret", () => {
  expect(wordsOf(differenceOf(now, then, { functions: new Set(["S"]) }))).toEqual([
    'Flow of line support: "hello" says "old" instead of "new …0105"',
    "Build ZB1 of 2026-11-21T10:00:00.000Z instead of ZB2 of 2026-11-21T10:00:00.000Z; Functions that differ: /two",
    "Variable A is …0101 instead of …0102",
    "Variable S has another value, which is secret",
    "Variable T is gone",
    "Variable U is 2, which was not there",
  ]);
});

test("what is the same is not said", () => {
  expect(wordsOf(differenceOf(now, now, {}))).toEqual([]);
});

test("further Services of Functions are named; one that the target does not know is left as it is", () => {
  const others = (buildSid: string, GREETING: string) => ({
    others: { returns: { buildSid, variables: { GREETING } } },
  });
  const build = (sid: string) => ({ sid, at: "2026-11-20T10:00:00.000Z", versions: { "/back": sid } });
  const before: Side = {
    ...now,
    deployment: deployment(2, others("ZB5", "hi")),
    builds: { returns: build("ZB5") },
  };
  const after: Side = {
    ...now,
    deployment: deployment(2, others("ZB4", "hey")),
    builds: { returns: build("ZB4") },
  };
  expect(wordsOf(differenceOf(before, after, {}))).toEqual([
    "Build ZB4 of 2026-11-20T10:00:00.000Z instead of ZB5 of 2026-11-20T10:00:00.000Z, of returns; Functions that differ: /back",
    "Variable GREETING of returns is hey instead of hi",
  ]);
  expect(wordsOf(differenceOf(before, { ...now, deployment: deployment(2) }, {}))).toEqual([]);
  const without = { ...now, deployment: deployment(2, { buildSid: "", variables: {} }) };
  expect(wordsOf(differenceOf(now, without, {}))).toEqual([]);
  expect(wordsOf(differenceOf(without, now, {}))).toEqual([]);
  expect(previousDeployment({ ...memory, deployments: [second, before.deployment] }, after.deployment)).toBe(
    before.deployment,
  );
});

import { expect, test } from "vitest";
import { nothingRemembered, readMemory, remember, sameDeployment, type Deployment } from "./memory.ts";

const sid = "FW00000000000000000000000000000001";
const deployment = (revision: number, changes: Partial<Deployment> = {}): Deployment => ({
  commit: "a".repeat(40),
  at: "2026-11-23T22:00:00.000Z",
  flows: { support: { sid, revision } },
  buildSid: "ZB1",
  variables: { ONE: "1", TWO: "2" },
  ...changes,
});

test("a deployment that changed nothing is no other, whoever made it when", () => {
  const known = remember(nothingRemembered, deployment(1));
  const again = deployment(1, { commit: null, at: "later", variables: { TWO: "2", ONE: "1" } });
  expect(remember(known, again)).toBe(known);
});

test.each([
  ["a revision", deployment(2)],
  ["a Build", deployment(1, { buildSid: "ZB2" })],
  ["a Variable", deployment(1, { variables: { ONE: "1", TWO: "3" } })],
])("%s makes another deployment", (_, other) => {
  const known = remember(nothingRemembered, deployment(1));
  expect(remember(known, other).deployments).toEqual([deployment(1), other]);
  expect(sameDeployment(deployment(1), other)).toBe(false);
});

test("the oldest are forgotten", () => {
  const known = Array.from({ length: 30 }, (_, at) => deployment(at + 1)).reduce(remember, nothingRemembered);
  expect(known.deployments.map(({ flows }) => flows.support?.revision)).toEqual(
    Array.from({ length: 10 }, (_, at) => at + 21),
  );
});

test("a paused line is meant to run what it ran before", () => {
  const known = {
    ...remember(nothingRemembered, deployment(1)),
    paused: { support: { at: "2026-11-23T23:00:00.000Z", revision: 1, definition: {} } },
  };
  expect(remember(known, deployment(2))).toBe(known);
  expect(remember(known, deployment(2, { buildSid: "ZB2" })).deployments.at(-1)).toMatchObject({
    flows: { support: { revision: 1 } },
    buildSid: "ZB2",
  });
});

test("what was written down is read again", () => {
  const known = remember(nothingRemembered, deployment(1));
  expect(readMemory(JSON.stringify(known))).toEqual(known);
  expect(() => readMemory('{"deployments": 1}')).toThrow();
});

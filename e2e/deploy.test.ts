/** A deployment with the real CLI and engine: made, unchanged, and changed in one thing. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { supportStage, TestStage } from "./stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.create();
});
afterAll(() => stage[Symbol.asyncDispose]());

const writes = (calls: { method: string }[]) => calls.filter(({ method }) => method !== "GET");
const named = (urn: string) => urn.split("::").slice(2).join(" ");

describe("a stage", () => {
  test("is created with one call an object, two for a Function, one validation and one look at the numbers", async () => {
    const calls = await callsDuring(stage, () => stage.up());
    const polls = calls.filter(({ path }) => path.endsWith("/Status"));
    const reads = calls.filter((call) => call.method === "GET" && !polls.includes(call));
    // Service, Environment, 5 Variables and the Flow's, 4 Functions at 2, Build, Deployment, Conversations Service,
    // Flow and its validation, address configuration.
    expect(writes(calls)).toHaveLength(1 + 1 + 6 + 4 * 2 + 1 + 1 + 1 + 2 + 1);
    expect(reads.map(({ path }) => path)).toEqual([expect.stringContaining("IncomingPhoneNumbers")]);
  });

  test("shows no change right afterwards, and a second up calls nobody", async () => {
    expect(await stage.preview()).toEqual([]);
    expect(await callsDuring(stage, () => stage.up())).toEqual([]);
  });

  test("a changed agent is one Variable written: no Build, the Flow untouched", async () => {
    await stage.configure({ ...supportStage, agents: [{ name: "ada", address: "+15550100102" }] });
    expect((await stage.preview()).map(({ op, urn }) => `${op} ${named(urn)}`)).toEqual([
      expect.stringMatching(/^update .*Variable functions-SUPPORT_AGENTS$/),
    ]);
    const calls = await callsDuring(stage, () => stage.up());
    expect(
      calls.map(({ method, path }) => `${method} ${path.replace(/[A-Z]{2}[0-9a-f]{32}/g, "*")}`),
    ).toEqual(["POST /v1/Services/*/Environments/*/Variables/*"]);
  });
});

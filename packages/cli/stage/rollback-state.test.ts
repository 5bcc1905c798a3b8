import type { Deployment } from "@support-line/stage/memory";
import { expect, test } from "vitest";
import { servicesOf, stateIn, type StateResource } from "./rollback-state.ts";

const urn = (type: string, name: string) => `urn:pulumi:prod::project::${type}::${name}`;
const stack: StateResource = {
  urn: urn("pulumi:pulumi:Stack", "project-prod"),
  type: "pulumi:pulumi:Stack",
  outputs: { lines: [] },
};
const type = "twilio:serverless:Deployment";
/** A stage of adopted lines with these Services of Functions. */
const stageWith = (...services: readonly string[]) =>
  stateIn("prod", [
    stack,
    ...services.map((name) => ({
      urn: urn(type, name),
      type,
      parent: stack.urn,
      outputs: { serviceSid: `ZS ${name}`, environmentSid: `ZE ${name}`, buildSid: `ZB ${name}` },
    })),
  ]);
const built = { buildSid: "ZB1", variables: {} };
const deployment = (changes: Partial<Deployment>): Deployment => ({
  ...{ commit: null, at: "", flows: {}, buildSid: "", variables: {} },
  ...changes,
});

test("a rollback leaves a Service alone that only one side has, the first as well as others", () => {
  const both = deployment({ ...built, others: { returns: built } });
  expect(servicesOf(stageWith("functions", "returns"), both)).toEqual({ functions: built, returns: built });
  expect(servicesOf(stageWith("functions"), both)).toEqual({ functions: built });
  expect(servicesOf(stageWith("returns"), both)).toEqual({ returns: built });
  // Deployed before the first line with Functions was adopted.
  expect(servicesOf(stageWith("functions"), deployment({}))).toEqual({});
});

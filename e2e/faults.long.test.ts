/** A few of the deployments with the real CLI that `npm run bench -- faults` tries; a seed brings each back. */
import { expect, test } from "vitest";
import { deployForReal, killAtACall } from "../bench/faults/real-cli.ts";

test("after deployments under faults, one clean up with refresh makes state and Twilio agree", async () => {
  const { problems, faults } = await deployForReal(2001, "nobody");
  expect(problems).toEqual([]);
  // A seed under which nothing ever fails would prove nothing.
  expect(faults).toBeGreaterThan(0);
});

test("after a killed CLI, one clean up with refresh finds what nobody recorded", async () => {
  const { problems, died } = await deployForReal(4016, "CLI");
  expect(problems).toEqual([]);
  expect(died).toBe(true);
});

test.each([
  ["a CLI that is killed at the first call of an update", 6000],
  ["a provider that is killed at the second call of an update", 6006],
  ["a CLI that is killed at the third call of a replacement", 6009],
  ["a provider that is killed at the first call of a replacement", 6003],
])("after %s, one clean up with refresh makes state and Twilio agree", async (_, seed) => {
  const { problems, died } = await killAtACall(seed);
  expect(problems).toEqual([]);
  expect(died).toBe(true);
});

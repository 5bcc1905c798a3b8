/** Two of the hundred deployments with the real CLI that `npm run bench -- faults` tries; a seed brings each back. */
import { expect, test } from "vitest";
import { deployForReal } from "../bench/faults/real-cli.ts";

test("after deployments under faults, one clean up with refresh makes state and Twilio agree", async () => {
  const { problems, faults } = await deployForReal(2041, "nobody");
  expect(problems).toEqual([]);
  // A seed under which nothing ever fails would prove nothing.
  expect(faults).toBeGreaterThan(0);
});

test("after a killed CLI, one clean up with refresh finds what nobody recorded", async () => {
  const { problems, died } = await deployForReal(4016, "CLI");
  expect(problems).toEqual([]);
  expect(died).toBe(true);
});

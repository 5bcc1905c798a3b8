import { expect, test } from "vitest";
import { openDisturbances } from "./disturbances.ts";

const always = { probability: 1, seed: 1 };

test("a rule hits what it matches, as often as it says", () => {
  const disturbances = openDisturbances();
  disturbances.add({ ...always, method: "POST", path: "^/v1/Services$", times: 2, fault: "dropAfter" });
  const hits = [1, 2, 3].map(() => disturbances.draw("POST", "serverless.twilio.com", "/v1/Services"));
  expect(hits).toEqual(["dropAfter", "dropAfter", null]);
  expect(disturbances.draw("GET", "serverless.twilio.com", "/v1/Services")).toBeNull();
  expect(disturbances.rules()[0]?.times).toBe(0);
});

test("the same seed draws the same faults, another one others", () => {
  const draws = (seed: number) => {
    const disturbances = openDisturbances();
    disturbances.add({ probability: 0.5, seed, fault: { status: 500 } });
    return Array.from({ length: 40 }, () => disturbances.draw("GET", "h", "/p") !== null);
  };
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
  expect(draws(7).filter(Boolean).length).toBeGreaterThan(10);
  expect(draws(7).filter(Boolean).length).toBeLessThan(30);
});

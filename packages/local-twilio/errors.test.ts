import { expect, test } from "vitest";
import { errors } from "./errors.ts";

/**
 * Refusals whose HTTP status is not 400, as Twilio's REST API answers them
 * (https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions; each by its page below /docs/api/errors).
 * Clients branch on the status: 404 is gone, 409 is there already, 429 and 5xx are tried again.
 */
const otherwise: Readonly<Record<string, readonly number[]>> = {
  401: [20003],
  403: [10001, 20006, 50107],
  404: [20404, 50200, 50350, 50360, 50430, 50500],
  405: [20004],
  409: [20409, 45353, 50201, 50353, 50404, 50416, 50425, 50433, 50438, 54301],
  413: [20413],
  422: [20422],
  429: [20429, 60202, 60203],
  500: [20500, 82002],
  503: [20503],
};

test("each refusal has the HTTP status that goes with its code", () => {
  const byStatus: Record<string, number[]> = {};
  for (const [code, { status }] of Object.entries(errors)) {
    if (status !== 400) (byStatus[status] ??= []).push(Number(code));
  }
  expect(byStatus).toEqual(otherwise);
});

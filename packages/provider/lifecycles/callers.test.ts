import { expect, test } from "vitest";
import { hasUrl } from "./callers.ts";

const domain = "line-1234.twil.io";

test.each([
  [`"url":"https://${domain}/join"`, true],
  [`"url":"https://${domain}/join?line=1"`, true],
  [`https://${domain}/join#rc=2`, true],
  [`https://${domain}/join-queue https://${domain}/join`, true],
  [`https://${domain}/join-queue`, false],
  [`https://${domain}/join/now`, false],
  [`https://x${domain}/join`, false],
  [`https://${domain}`, false],
])("whether %s has the URL of /join: %s", (text, has) => {
  expect(hasUrl(text, domain, "/join")).toBe(has);
});

import { expect, test } from "vitest";
import { secret, type ValueMap } from "../values/value.ts";
import { recordable, withCurrentCredentials } from "./stack-credentials.ts";

const accountSid = "AC00000000000000000000000000000001";
const other = "AC00000000000000000000000000000002";
const config = (values: Readonly<Record<string, string>>) => ({ PULUMI_CONFIG: JSON.stringify(values) });

test.each<[string, ValueMap, Readonly<Record<string, string>>, readonly string[]]>([
  ["the stack's own token", { authToken: secret("t") }, config({ authToken: "t" }), []],
  ["the environment's token", { authToken: secret("t") }, { TWILIO_AUTH_TOKEN: "t" }, []],
  [
    "a token that the program has from elsewhere",
    { authToken: secret("sub") },
    config({ authToken: "t" }),
    ["authToken"],
  ],
  [
    "a key of which the program has one half from elsewhere",
    { apiKey: "SK1", apiSecret: secret("s") },
    config({ apiKey: "SK1" }),
    ["apiKey", "apiSecret"],
  ],
])("%s is recorded as it must be", (_, inputs, environment, expected) => {
  expect(Object.keys(recordable(inputs, environment))).toEqual(expected);
});

test.each<[string, ValueMap, Readonly<Record<string, string>>, ValueMap]>([
  ["a stale token", { authToken: secret("old") }, config({ authToken: "new" }), { authToken: "new" }],
  [
    "a stale token whose place a key took",
    { authToken: secret("old") },
    config({ apiKey: "SK1", apiSecret: "s" }),
    { apiKey: "SK1", apiSecret: "s" },
  ],
  ["a stale token, and none in the configuration", { authToken: secret("old") }, {}, {}],
  [
    "a stale token, and one of another account",
    { authToken: secret("old") },
    config({ accountSid: other, authToken: "x" }),
    {},
  ],
  [
    "the program's own, in a state that keeps no other",
    { authToken: secret("sub"), deployedAt: { region: "us1" } },
    config({ authToken: "t" }),
    { authToken: secret("sub") },
  ],
])("%s in the state", (_, inputs, environment, expected) => {
  const now = withCurrentCredentials({ accountSid, ...inputs }, environment);
  const said = Object.entries(now).filter(([name, value]) => /^(auth|api)/.test(name) && value !== null);
  expect(Object.fromEntries(said)).toEqual(expected);
});

/** Variables of an Environment: live for the next invocation, no deployment needed. */
import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import type { Behaviour, Body } from "../product.ts";
import { textOf } from "../json.ts";
import { tokens } from "./tokens.ts";

/** https://www.twilio.com/docs/serverless/api/resource/variable */
const { key: longestKey, value: longestValue } = limits.variable;

export const variable: Behaviour = {
  create(call, draft) {
    const key = checked(draft.body);
    refuseTaken(
      call.twilio.store.list(tokens.variable, draft.parents, { key: draft.body["key"] ?? null }).length > 0,
      key,
    );
    return { body: draft.body };
  },
  update(call, current, draft) {
    const key = checked(draft);
    const others = call.twilio.store.list(tokens.variable, current.parents, { key });
    refuseTaken(
      others.some(({ sid }) => sid !== current.sid),
      key,
    );
    return { body: draft };
  },
};

function checked(body: Body): string {
  const key = textOf(body["key"]);
  const value = textOf(body["value"]);
  // Live accounts take keys with dashes, and keys that begin with a digit. What no process can have in its environment is refused.
  if (key.length > longestKey || !/^[^\s=\0]+$/.test(key)) {
    const reason = `Invalid Key '${key}': 1 to ${longestKey} characters, no space and no =`;
    throw new TwilioError(20001, { reason });
  }
  const bytes = Buffer.byteLength(value);
  if (bytes > longestValue) {
    throw new TwilioError(20001, {
      reason: `Value of ${key} has ${bytes} bytes: at most ${longestValue} are allowed`,
    });
  }
  return key;
}

function refuseTaken(taken: boolean, key: string): void {
  if (taken) {
    throw new TwilioError(20409, { reason: `Variable with Key ${key} already exists in this Environment` });
  }
}

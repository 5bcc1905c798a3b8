import { isObject } from "./json.ts";
import type { Execution } from "./types.ts";

/** Whether an Execution is on a call: one came in, or one was made that was answered; in a subflow, also by its caller. */
export function isOnCall({ trigger, context, caller }: Execution): boolean {
  if (trigger === "incomingCall") return true;
  const left = [...Object.values(context.widgets), ...Object.values(caller?.context.widgets ?? {})];
  return left.some(
    (each) => isObject(each) && each["CallSid"] !== undefined && each["CallStatus"] === "in-progress",
  );
}

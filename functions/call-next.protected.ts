/** Tells the customer of a line who waits longest that somebody is free: `{called}`, whether anybody waited. */
import { callNext } from "./shared/call-next.ts";
import { forms } from "./shared/forms.ts";
import { handlerOf } from "./shared/handler.ts";
import { nowOf } from "./shared/now.ts";

export const handler = handlerOf("call-next", async (run) => {
  const freed = run.optional("agent", forms.address);
  return { called: (await callNext(run, run.parameter("line", forms.line), freed, nowOf(run))) !== null };
});

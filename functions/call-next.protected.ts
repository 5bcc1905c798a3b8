/** Gives an agent who is free now to the customer of the line who waits longest: `{called}`, whether anybody was. */
import { callNext } from "./shared/call-next.ts";
import { forms } from "./shared/forms.ts";
import { handlerOf } from "./shared/handler.ts";

export const handler = handlerOf("call-next", async (run) => {
  const freed = run.optional("agent", forms.address);
  return { called: (await callNext(run, run.parameter("line", forms.line), freed)) !== null };
});

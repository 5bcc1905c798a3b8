/** Brings a florist of the queue whose word was written: `{state: "added" | "closed" | "none", agent}`. */
import { agentsOf, calledBy } from "@support-line/functions/variables-v1/desk";
import { openingAt, readHours } from "@support-line/functions/variables-v1/hours";
import { lineKey, readList } from "@support-line/functions/variables-v1/lists";
import { joinFirstFree } from "@support-line/functions/join";
import { nowOf } from "@support-line/functions/now";
import { handlerOf } from "@support-line/functions/handler";
import { forms } from "@support-line/functions/forms";

export const handler = handlerOf("call-florist", async (run) => {
  const { context, parameter, optional } = run;
  const line = parameter("line", forms.line);
  const hours = readHours(readList(context, lineKey(line, "HOURS")));
  if (hours !== null && !openingAt(hours, nowOf(run)).open) return { state: "closed", agent: null };
  const conversation = parameter("conversation", forms.conversation);
  const service = context.getTwilioClient().conversations.v1.services(parameter("service", forms.service));
  const queue = calledBy(context, lineKey(line, "QUEUES"), optional("said") ?? "");
  const florists = agentsOf(context, line, queue);
  const proxies = readList(context, lineKey(line, "PROXIES"));
  const isIn = await joinFirstFree(
    service,
    conversation,
    florists.map(({ address }) => address),
    proxies,
  );
  return isIn ? { state: "added", agent: "A florist" } : { state: "none", agent: null };
});

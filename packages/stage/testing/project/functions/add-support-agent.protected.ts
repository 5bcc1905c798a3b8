import { lineKey, readList } from "@support-line/functions/variables-v1/lists";
import { handlerOf } from "@support-line/functions/handler";

export const handler = handlerOf("add-support-agent", async ({ context, parameter }) =>
  readList(context, lineKey(parameter("line"), "AGENTS")),
);

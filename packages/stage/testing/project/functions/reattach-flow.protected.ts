import { handlerOf } from "@support-line/functions/handler";

export const handler = handlerOf("reattach-flow", async () => "Success");

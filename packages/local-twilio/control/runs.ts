/** What ran, and what is to fail: the steps of an Execution, the next message of a Flow, and a protected Function called as Twilio would call it. */
import type { Hono } from "hono";
import { findWorker, userToken } from "../flex/user-tokens.ts";
import { ControlError } from "./errors.ts";
import type { ControlParts } from "./parts.ts";
import { readBody } from "./read-body.ts";

/** Adds the routes. */
export function addRunRoutes(app: Hono, { twilio }: ControlParts): void {
  app.get("/executions/:sid/steps", (context) => {
    const sid = context.req.param("sid");
    const steps = twilio.services.studio.steps(sid);
    if (!steps) throw new ControlError("not_found", `there is no Execution ${sid}`);
    return context.json({ steps });
  });
  app.post("/flow-messages/next", async (context) => {
    const { outcome, errorCode } = await readBody(context, "nextFlowMessage");
    twilio.services.studio.failNextMessage(outcome, errorCode);
    return context.json({ outcome, errorCode });
  });
  app.post("/flex/tokens", async (context) => {
    const { worker: name } = await readBody(context, "flexToken");
    const worker = findWorker(twilio, name);
    if (worker === undefined) throw new ControlError("not_found", `there is no worker ${name}`);
    return context.json({ token: userToken(twilio, worker) }, 201);
  });
  app.post("/functions/invoke", async (context) => {
    const { url, parameters, method, timeoutMs } = await readBody(context, "invoke");
    const answer = await twilio.services.functions.request({
      method,
      url,
      parameters,
      sign: true,
      timeoutMs,
    });
    if (answer === null) {
      throw new ControlError("not_found", `no deployed Environment has the domain of ${url}`);
    }
    if (answer === "timeout") {
      throw new ControlError("function_timeout", `${url} did not answer within ${timeoutMs} ms`);
    }
    return context.json(answer);
  });
}

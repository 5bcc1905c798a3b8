/** `/_local/v1/`: what only a local Twilio can do. docs/reference/control-api.md lists its routes. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { BeyondCalendar } from "../clock.ts";
import { TwilioError } from "../errors.ts";
import { isLoopback } from "../http/address.ts";
import { addCallRoutes } from "./calls.ts";
import { addConsoleRoutes } from "./console/index.ts";
import { isForConsole, serveConsole } from "./console/assets.ts";
import { controlErrors, ControlError } from "./errors.ts";
import { addEventRoutes } from "./events.ts";
import { addHandsetRoutes } from "./handsets.ts";
import type { ControlParts } from "./parts.ts";
import { addRunRoutes } from "./runs.ts";
import { addStateRoutes } from "./state.ts";
import { addFaultRoutes } from "./faults.ts";

/** Every route, `routes.ts`, with what it does. */
export function controlApp(parts: ControlParts): Hono {
  const app = new Hono().basePath("/_local/v1");
  app.use("*", async (context, next) => {
    const origin = context.req.header("origin");
    if (origin !== undefined && !isLoopback(origin)) {
      throw new ControlError(
        "foreign_origin",
        `${origin} may not control this local Twilio: only pages from this machine may`,
      );
    }
    await next();
  });
  addStateRoutes(app, parts);
  addFaultRoutes(app, parts);
  addHandsetRoutes(app, parts);
  addCallRoutes(app, parts);
  addRunRoutes(app, parts);
  addEventRoutes(app, parts);
  addConsoleRoutes(app, parts);
  app.notFound((context) => {
    const message = `There is no ${context.req.method} ${context.req.path}; https://github.com/support-line/support-line/blob/main/docs/reference/control-api.md lists what there is`;
    return context.json({ error: { code: "no_such_route", message } }, 404);
  });
  app.onError((error, context) => {
    if (error instanceof ControlError) {
      return context.json(
        { error: { code: error.code, message: error.message } },
        controlErrors[error.code].status,
      );
    }
    if (error instanceof BeyondCalendar) {
      return context.json({ error: { code: "invalid_body", message: error.message } }, 400);
    }
    if (error instanceof TwilioError) {
      return context.json({ error: { code: `twilio_${error.code}`, message: error.message } }, 400);
    }
    parts.problems.report(error);
    return context.json({ error: { code: "internal", message: error.message } }, 500);
  });
  return app;
}

/** The handler of everything below `/_local`. */
export function openControl(
  parts: ControlParts,
): (request: IncomingMessage, response: ServerResponse) => void {
  const listener = getRequestListener(controlApp(parts).fetch, { overrideGlobalObjects: false });
  return (request, response) => {
    if (isForConsole(request.url ?? "")) serveConsole(request, response);
    else void listener(request, response);
  };
}

/** Latency, faults of calls and of event callbacks, the log of calls, and how slow things go on. */
import type { Hono } from "hono";
import { callbackFaults, setCallbackFaults } from "../webhooks/callback-faults.ts";
import { ControlError } from "./errors.ts";
import type { ControlParts } from "./parts.ts";
import { readBody } from "./read-body.ts";

/** Adds the routes. */
export function addFaultRoutes(app: Hono, { disturbances, calls, lifecycles, twilio }: ControlParts): void {
  app.get("/latency", (context) => context.json({ ms: disturbances.latencyMs }));
  app.post("/latency", async (context) => {
    disturbances.latencyMs = (await readBody(context, "latency")).ms;
    return context.json({ ms: disturbances.latencyMs });
  });

  app.get("/faults", (context) => context.json({ faults: disturbances.rules() }));
  app.post("/faults", async (context) =>
    context.json(disturbances.add(await readBody(context, "fault")), 201),
  );
  app.delete("/faults", (context) => {
    disturbances.clear();
    return context.json({ faults: [] });
  });

  app.get("/callbacks", (context) => context.json(callbackFaults(twilio)));
  app.post("/callbacks", async (context) => {
    setCallbackFaults(twilio, await readBody(context, "callbacks"));
    return context.json(callbackFaults(twilio), 201);
  });
  app.delete("/callbacks", (context) => {
    setCallbackFaults(twilio, null);
    return context.json(callbackFaults(twilio));
  });

  app.get("/calls", (context) => {
    const after = Number(context.req.query("after") ?? 0);
    if (!Number.isInteger(after) || after < 0) {
      throw new ControlError("invalid_query", "after: the id of a call, a whole number");
    }
    return context.json({ calls: calls.list().filter(({ id }) => id > after) });
  });
  app.delete("/calls", (context) => {
    calls.clear();
    return context.json({ calls: [] });
  });

  app.get("/lifecycles/:kind", (context) => context.json(lifecycles.progress(context.req.param("kind"))));
  app.post("/lifecycles/:kind", async (context) => {
    lifecycles.setProgress(context.req.param("kind"), await readBody(context, "lifecycle"));
    return context.json(lifecycles.progress(context.req.param("kind")));
  });
  app.post("/lifecycles/:kind/advance", (context) => {
    const advanced = lifecycles.advance(context.req.param("kind"), context.req.query("sid"));
    return context.json({ advanced });
  });
}

/** Status, reset, seed, switches, clock, idle: the local Twilio as a whole. */
import { isoOf } from "../calendar.ts";
import type { Hono } from "hono";
import { caFile } from "../http/ca-file.ts";
import type { HandsetRule } from "../product.ts";
import { ControlError } from "./errors.ts";
import type { ControlParts } from "./parts.ts";
import { readBody } from "./read-body.ts";

/** Adds the routes. */
export function addStateRoutes(app: Hono, parts: ControlParts): void {
  const { twilio, clock, switches, background, problems } = parts;
  const clockBody = () => ({
    now: isoOf(clock.now()),
    offsetMs: clock.offset(),
    timers: clock.due().length,
  });

  app.get("/status", (context) =>
    context.json({
      status: "ok",
      version: parts.version,
      identity: parts.identity.current(),
      pid: process.pid,
      endpoint: twilio.endpoint,
      accountSid: twilio.settings.accountSid,
      folder: twilio.settings.folder,
      caCertificate: caFile(twilio.settings.folder),
      switches: switches.current(),
      idle: background.pending() === 0,
      problems: problems.list(),
    }),
  );
  app.get("/account", (context) => {
    const { accountSid, authToken } = twilio.settings;
    return context.json({ accountSid, authToken });
  });
  app.get("/idle", async (context) => {
    await twilio.idle();
    return context.json({ idle: true });
  });
  app.post("/reset", async (context) => {
    await readBody(context, "nothing");
    await parts.reset();
    twilio.events.append("deployment.reset", twilio.settings.accountSid, null, {});
    return context.json({ reset: true, identity: parts.identity.current() });
  });
  app.post("/seed", async (context) => {
    const { handsets = [], switches: positions, ...seed } = await readBody(context, "seed");
    parts.seed(seed);
    for (const { address, rules } of handsets) {
      twilio.services.carrier.setRules(address, rules satisfies HandsetRule[]);
    }
    if (positions) switches.set(positions);
    return context.json({ seeded: true });
  });

  app.get("/switches", (context) => context.json(switches.current()));
  app.post("/switches", async (context) => {
    switches.set(await readBody(context, "switches"));
    return context.json(switches.current());
  });

  app.get("/clock", (context) => context.json(clockBody()));
  app.post("/clock/advance", async (context) => {
    const { seconds } = await readBody(context, "advance");
    await clock.moveTo(clock.now() + seconds * 1000, () => twilio.idle());
    return context.json(clockBody());
  });
  app.post("/clock/set", async (context) => {
    const target = Date.parse((await readBody(context, "setClock")).at);
    if (target < clock.now()) {
      throw new ControlError(
        "invalid_body",
        "at: the clock only moves forward; reset takes it back to real time",
      );
    }
    await clock.moveTo(target, () => twilio.idle());
    return context.json(clockBody());
  });
}

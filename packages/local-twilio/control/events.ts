/** The event stream, as server-sent events or as one page of JSON. */
import type { Hono } from "hono";
import { ControlError } from "./errors.ts";
import { eventStream } from "./event-stream.ts";
import type { ControlParts } from "./parts.ts";

/** Adds the routes. Without `after` and Last-Event-ID a stream begins with the next event, a page with the first. */
export function addEventRoutes(app: Hono, { twilio }: ControlParts): void {
  const { events } = twilio;
  app.get("/events/last", (context) => context.json({ last: events.last() }));
  app.get("/events", (context) => {
    const asked = context.req.header("last-event-id") ?? context.req.query("after");
    const after = asked === undefined ? undefined : Number(asked);
    if (after !== undefined && (!Number.isInteger(after) || after < 0)) {
      throw new ControlError("invalid_query", `after: '${asked}' is not an id of an event`);
    }
    if (context.req.header("accept")?.includes("application/json") === true) {
      return context.json({ events: events.after(after ?? 0) });
    }
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store" };
    return context.body(eventStream(events, after ?? events.last()), 200, headers);
  });
}

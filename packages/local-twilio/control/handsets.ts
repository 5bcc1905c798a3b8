/** Handsets: what they got and wrote, what they write now, how they misbehave. */
import type { Context, Hono } from "hono";
import { writeByClient } from "../conversations/chat-client.ts";
import { ControlError } from "./errors.ts";
import type { ControlParts } from "./parts.ts";
import { readBody } from "./read-body.ts";

/** Adds the routes. */
export function addHandsetRoutes(app: Hono, { twilio }: ControlParts): void {
  app.get("/handsets", (context) => context.json({ handsets: twilio.services.carrier.handsets() }));
  app.get("/handsets/:address/messages", (context) => {
    const address = addressOf(context);
    return context.json(twilio.services.carrier.handset(address));
  });
  app.post("/handsets/:address/messages", async (context) => {
    const address = addressOf(context);
    const { to, body, media, button } = await readBody(context, "handsetMessage");
    const said = button?.text ?? body;
    const message = await twilio.services.carrier.receive(address, to, said, media, button);
    return context.json(message, 201);
  });
  app.post("/conversations/:sid/messages", async (context) => {
    const { identity, body } = await readBody(context, "clientMessage");
    const { sid, body: message } = await writeByClient(twilio, context.req.param("sid"), identity, body);
    return context.json({ ...message, sid }, 201);
  });
  app.get("/handsets/:address/rules", (context) => {
    const address = addressOf(context);
    return context.json({ rules: twilio.services.carrier.rules(address) });
  });
  app.post("/handsets/:address/rules", async (context) => {
    const address = addressOf(context);
    const { rules } = await readBody(context, "handsetRules");
    twilio.services.carrier.setRules(address, rules);
    return context.json({ rules: twilio.services.carrier.rules(address) });
  });
}

/** The address in a path. Throws when it is none. */
export function addressOf(context: Context): string {
  const address = context.req.param("address") ?? "";
  if (/^(?:[a-z]+:)?\+?\d{3,15}$/.test(address)) return address;
  const example = "+15550100201, percent-encoded as %2B15550100201";
  throw new ControlError(
    "invalid_query",
    `'${address}' is not an address of a handset; one is for example ${example}`,
  );
}

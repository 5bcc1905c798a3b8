/** Calls of handsets: calling a number, answering, pressing keys, speaking, hanging up. */
import { isoOf } from "../calendar.ts";
import type { Hono } from "hono";
import type { Twilio } from "../product.ts";
import {
  accountOfCall,
  answeringOf,
  callsOfHandset,
  findCall,
  setAnswering,
  type VoiceCall,
} from "../voice/calls.ts";
import { hangUp } from "../voice/ends.ts";
import { callNumber, decline, pickUp, press, speak, takeFromQueue } from "../voice/handset.ts";
import { ControlError } from "./errors.ts";
import { addressOf } from "./handsets.ts";
import type { ControlParts } from "./parts.ts";
import { readBody } from "./read-body.ts";

/** Adds the routes. */
export function addCallRoutes(app: Hono, { twilio }: ControlParts): void {
  const found = (sid: string): VoiceCall => {
    const call = findCall(twilio, sid);
    if (call) return call;
    throw new ControlError(
      "not_found",
      `There is no call ${sid}; GET handsets/<address>/calls lists those of a handset`,
    );
  };
  const act = (sid: string, work: (account: Twilio, call: VoiceCall) => VoiceCall | undefined): object => {
    const before = found(sid);
    const account = accountOfCall(twilio, sid);
    return shown(account.store.transaction(() => work(account, before)) ?? found(sid));
  };

  app.post("/handsets/:address/calls", async (context) => {
    const address = addressOf(context);
    const { to } = await readBody(context, "handsetCall");
    const call = await callNumber(twilio, address, to);
    return context.json(shown(call), 201);
  });
  app.get("/handsets/:address/calls", (context) =>
    context.json({ calls: callsOfHandset(twilio, addressOf(context)).map(shown) }),
  );
  app.get("/handsets/:address/answering", (context) =>
    context.json({ mode: answeringOf(twilio, addressOf(context)) }),
  );
  app.post("/handsets/:address/answering", async (context) => {
    const address = addressOf(context);
    const { mode } = await readBody(context, "answering");
    setAnswering(twilio, address, mode);
    return context.json({ mode });
  });
  app.get("/calls/:sid", (context) => context.json(shown(found(context.req.param("sid")))));
  app.post("/calls/:sid/answer", async (context) => {
    await readBody(context, "nothing");
    return context.json(act(context.req.param("sid"), (account, call) => void pickUp(account, call)));
  });
  app.post("/calls/:sid/decline", async (context) => {
    await readBody(context, "nothing");
    return context.json(act(context.req.param("sid"), (account, call) => void decline(account, call)));
  });
  app.post("/calls/:sid/keys", async (context) => {
    const { keys } = await readBody(context, "keys");
    return context.json(act(context.req.param("sid"), (account, { sid }) => void press(account, sid, keys)));
  });
  app.post("/calls/:sid/speech", async (context) => {
    const { text } = await readBody(context, "speech");
    return context.json(act(context.req.param("sid"), (account, { sid }) => void speak(account, sid, text)));
  });
  app.post("/calls/:sid/hangup", async (context) => {
    await readBody(context, "nothing");
    return context.json(act(context.req.param("sid"), (account, { sid }) => void hangUp(account, sid)));
  });
  app.post("/calls/:sid/take", async (context) => {
    const { handset } = await readBody(context, "takeCall");
    const sid = context.req.param("sid");
    if (found(sid).asked?.effect.type !== "enqueue" || found(sid).connected !== null) {
      throw new ControlError("invalid_body", `Call ${sid} waits in no queue, so nobody can take it`);
    }
    return context.json(act(sid, (account, call) => takeFromQueue(account, call, handset)));
  });
}

/** A call as whoever holds the handset knows it. */
function shown({
  asked,
  connected,
  sid,
  handset,
  from,
  to,
  direction,
  status,
  executionSid,
  parentSid,
  lines,
}: VoiceCall) {
  return {
    sid,
    handset,
    from,
    to,
    direction,
    status,
    executionSid,
    parentSid,
    connected,
    asks:
      asked === null
        ? null
        : {
            type: asked.effect.type,
            widget: asked.effect.state,
            until: asked.due === null ? null : isoOf(asked.due),
          },
    lines,
  };
}

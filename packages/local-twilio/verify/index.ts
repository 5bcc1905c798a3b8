/**
 * verify.twilio.com: a code goes to the phone, and a check is right with that code, or with a seeded one.
 * https://www.twilio.com/docs/verify/api/verification
 */
import { limits } from "../limits.ts";
import { randomInt } from "node:crypto";
import { TwilioError } from "../errors.ts";
import { notFound } from "../http/engine.ts";
import { renderObject } from "../http/render.ts";
import { number as numberAt, text } from "../fields.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Body, Call, Product, StoredObject, Twilio } from "../product.ts";

const verification = "twilio:verify:Verification";
const seeded = "local:VerifyCode";
const { checks: mostChecks, sends: mostSends } = limits.verify;
const lifetimeMs = 10 * 60_000;
const channels: readonly string[] = ["sms", "call", "email", "whatsapp", "sna", "auto", "rcs"];
/** Twilio sends codes from numbers of its own. */
const from = "+15005550000";

/** Every code for a number from now on. */
export interface SeededCode {
  readonly to: string;
  readonly code: string;
}

/** Keeps a seeded code, in the place of an earlier one. */
export function putCode({ store }: Twilio, { to, code }: SeededCode): void {
  if (store.find(seeded, to)) store.replace(seeded, to, {}, { code });
  else store.insert({ token: seeded, sid: to, parents: {}, body: {}, hidden: { code } });
}

/** The Verification of a number that waits for its code, last first. */
function pending(twilio: Twilio, serviceSid: string, to: string): StoredObject | undefined {
  return twilio.store
    .list(verification, { ServiceSid: serviceSid })
    .findLast(({ body }) => body["to"] === to && stateOf(twilio, body) === "pending");
}

function stateOf({ clock }: Twilio, body: Body): string {
  const isOver = Date.parse(text(body, "date_created")) + lifetimeMs <= clock.now();
  return body["status"] === "pending" && isOver ? "expired" : text(body, "status");
}

function newCode({ store }: Twilio, to: string, length: number): string {
  const given = textOf(store.find(seeded, to)?.hidden["code"]);
  return given || String(randomInt(10 ** (length - 1), 10 ** length));
}

const verificationBehaviour: Behaviour = {
  /** A path calls a Verification by its SID, or by the number or address that waits for its code. */
  before(call) {
    const { twilio, operation, path } = call;
    if (operation !== "fetch" && operation !== "update") return call;
    const open = pending(twilio, path["ServiceSid"] ?? "", path["Sid"] ?? "");
    return open === undefined ? call : { ...call, path: { ...path, Sid: open.sid } };
  },
  create(call, draft) {
    const { twilio, input, path } = call;
    const to = text(input, "To");
    if (!/^(?:[a-z]+:)?\+[1-9]\d{6,14}$/.test(to) && !to.includes("@")) {
      throw new TwilioError(60200, { reason: `To '${to}' is not an address` });
    }
    const service = twilio.store.find("twilio:verify:Service", path["ServiceSid"] ?? "");
    const open = pending(twilio, path["ServiceSid"] ?? "", to);
    const sends = open === undefined ? 0 : numberAt(open.hidden, "sends");
    if (sends >= mostSends) throw new TwilioError(60203);
    const length = numberAt(service?.body ?? {}, "code_length") || 6;
    const code =
      text(input, "CustomCode") || (open ? text(open.hidden, "code") : newCode(twilio, to, length));
    const channel = text(input, "Channel");
    if (!channels.includes(channel)) {
      throw new TwilioError(60200, { reason: `Channel '${channel}' is not one of ${channels.join(", ")}` });
    }
    const attempt = {
      time: twilio.clock.iso(),
      channel: channel.toUpperCase(),
      attempt_sid: twilio.sid("VL"),
    };
    return {
      body: { ...draft.body, to, channel, status: "pending", valid: false, send_code_attempts: [attempt] },
      hidden: { code, checks: 0, sends: sends + 1 },
    };
  },
  created({ twilio, path }, { body, hidden }) {
    const name = text(
      twilio.store.find("twilio:verify:Service", path["ServiceSid"] ?? "")?.body ?? {},
      "friendly_name",
    );
    const to = text(body, "to");
    // Only phones are here: a code by e-mail or in an app is seeded.
    if (!["sms", "whatsapp"].includes(text(body, "channel"))) return;
    twilio.services.carrier.send(
      {
        sid: twilio.sid("SM"),
        from,
        to,
        body: `Your ${name} verification code is: ${text(hidden, "code")}`,
        media: [],
      },
      { template: "fits" },
    );
  },
  update({ input }, current, draft) {
    if (!["approved", "canceled"].includes(text(input, "Status"))) {
      throw new TwilioError(60200, { reason: "Status is approved or canceled" });
    }
    return { body: { ...draft, valid: input["Status"] === "approved" }, hidden: current.hidden };
  },
  show: (twilio, { body }) => ({ ...body, status: stateOf(twilio, body) }),
};

const check: Behaviour = {
  instead: {
    create(call: Call) {
      const { twilio, input, path } = call;
      const serviceSid = path["ServiceSid"] ?? "";
      const sid = text(input, "VerificationSid");
      const found =
        sid === ""
          ? pending(twilio, serviceSid, text(input, "To"))
          : twilio.store.find(verification, sid, { ServiceSid: serviceSid });
      if (found === undefined || stateOf(twilio, found.body) !== "pending") throw notFound(call);
      const checks = numberAt(found.hidden, "checks") + 1;
      if (checks > mostChecks) throw new TwilioError(60202);
      const isRight = text(input, "Code") === text(found.hidden, "code");
      const body: Body = {
        ...found.body,
        ...(isRight ? { status: "approved", valid: true } : {}),
        date_updated: twilio.clock.iso(),
      };
      const after = twilio.store.replace(verification, found.sid, body, { ...found.hidden, checks });
      return { body: renderObject(twilio, call.resource, {}, after) };
    },
  },
};

export const verify: Product = {
  name: "verify",
  behaviours: {
    [verification]: verificationBehaviour,
    "twilio:verify:VerificationCheck": check,
  },
};

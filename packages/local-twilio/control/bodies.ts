/** The shapes of what `control` takes. Loaded with the first body that has to be checked. */
import { limits } from "../limits.ts";
import { z } from "zod";
import { switches } from "../switches.ts";
import { answeringModes } from "../voice/calls.ts";

const address = z
  .string()
  .regex(
    /^(?:[a-z]+:)?\+?\d{3,15}$/,
    "an address is E.164 (+15550100201), a short code, or either after a channel (whatsapp:+15550100201)",
  );
const number = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, "a number is E.164, for example +15550100001 (quote it in YAML)");
const whatsapp = z
  .string()
  .regex(/^whatsapp:\+[1-9]\d{6,14}$/, "a sender is for example whatsapp:+15550100001");
const media = z.object({ url: z.url(), contentType: z.string() });

const positions = z.strictObject(
  Object.fromEntries(
    Object.entries(switches).map(([name, { positions: known }]) => [name, z.literal([...known]).optional()]),
  ),
);

const rule = z.strictObject({
  from: address.nullable().default(null),
  outcome: z.enum(["failed", "undelivered"]),
  errorCode: z.int().positive().default(30003),
  times: z.int().positive().nullable().default(null),
});

const pattern = z.string().refine(isPattern, "this is not a regular expression");

const probability = z.number().min(0).max(1).default(0);

export const bodies = {
  nothing: z.strictObject({}),
  seed: z.strictObject({
    numbers: z
      .array(
        z.strictObject({
          phoneNumber: number,
          friendlyName: z.string().optional(),
          smsUrl: z.string().optional(),
        }),
      )
      .optional(),
    shortCodes: z
      .array(
        z.strictObject({
          shortCode: z.string().regex(/^\d{3,6}$/, "a short code has 3 to 6 digits"),
          smsUrl: z.string().optional(),
        }),
      )
      .optional(),
    senders: z.array(z.strictObject({ senderId: whatsapp, name: z.string().optional() })).optional(),
    lookups: z
      .array(z.strictObject({ phoneNumber: number, answer: z.record(z.string(), z.json()) }))
      .optional(),
    verifyCodes: z
      .array(z.strictObject({ to: z.string().min(1), code: z.string().regex(/^\w{4,10}$/) }))
      .optional(),
    apiKeys: z
      .array(
        z.strictObject({
          sid: z.string().regex(/^SK[0-9a-f]{32}$/, "an API key's SID is SK and 32 hexadecimal digits"),
          secret: z.string().min(1),
        }),
      )
      .optional(),
    handsets: z.array(z.strictObject({ address, rules: z.array(rule) })).optional(),
    switches: positions.optional(),
  }),
  advance: z.strictObject({ seconds: z.number().nonnegative() }),
  setClock: z.strictObject({ at: z.iso.datetime({ offset: true }) }),
  latency: z.strictObject({ ms: z.number().min(0).max(60_000) }),
  fault: z.strictObject({
    method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).optional(),
    host: pattern.optional(),
    path: pattern.optional(),
    times: z.int().positive().optional(),
    probability: z.number().min(0).max(1).default(1),
    seed: z.int().default(1),
    fault: z.union([
      z.enum(["dropBefore", "dropAfter"]),
      z.strictObject({
        status: z.literal([429, 500, 502, 503, 504]),
        retryAfter: z.number().nonnegative().optional(),
        committed: z.boolean().optional(),
      }),
      z.strictObject({ delayMs: z.number().min(0).max(60_000) }),
      z.strictObject({ staleSeconds: z.number().positive().max(60) }),
    ]),
  }),
  callbacks: z
    .strictObject({
      events: pattern.optional(),
      lost: probability,
      twice: probability,
      late: probability,
      lateSeconds: z.number().min(0).max(86_400).default(60),
      seed: z.int().default(1),
    })
    .refine(({ lost, twice }) => lost + twice <= 1, "lost and twice are 1 at most together"),
  handsetMessage: z
    .strictObject({
      to: address,
      body: z.string().default(""),
      media: z.array(media).max(limits.message.media).default([]),
      button: z.strictObject({ text: z.string().min(1), payload: z.string() }).optional(),
    })
    .refine(
      ({ body, media, button }) => body !== "" || media.length > 0 || button !== undefined,
      "a message has a body, media or a button",
    ),
  clientMessage: z.strictObject({ identity: z.string().min(1), body: z.string().min(1) }),
  nextFlowMessage: z.strictObject({
    outcome: z.enum(["refused", "undelivered"]),
    errorCode: z.int().positive().default(30003),
  }),
  handsetCall: z.strictObject({ to: address }),
  answering: z.strictObject({ mode: z.enum(answeringModes) }),
  keys: z.strictObject({ keys: z.string().regex(/^[\d#*]+$/, "keys are 0 to 9, # and *") }),
  speech: z.strictObject({ text: z.string().min(1) }),
  takeCall: z.strictObject({ handset: address }),
  handsetRules: z.strictObject({ rules: z.array(rule) }),
  names: z.strictObject({
    stage: z.string().min(1),
    lines: z.array(z.strictObject({ address, name: z.string().min(1) })).default([]),
    people: z.array(z.strictObject({ address, name: z.string().min(1) })).default([]),
  }),
  switches: positions,
  lifecycle: z.discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("immediate") }),
    z.strictObject({ mode: z.literal("manual") }),
    z.strictObject({ mode: z.literal("timed"), seconds: z.number().nonnegative() }),
  ]),
  flexToken: z.strictObject({ worker: z.string().min(1) }),
  invoke: z.strictObject({
    url: z.url(),
    parameters: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
    method: z.enum(["GET", "POST"]).default("POST"),
    timeoutMs: z.int().positive().default(10_000),
  }),
} as const;

export type Bodies = { [Name in keyof typeof bodies]: z.output<(typeof bodies)[Name]> };

/** What is wrong with a body, in one sentence that names the place; null when nothing is. */
export function checkBody<Name extends keyof Bodies>(
  name: Name,
  value: unknown,
): { ok: true; body: Bodies[Name] } | { ok: false; problem: string } {
  const result = bodies[name].safeParse(value);
  if (result.success) return { ok: true, body: result.data as Bodies[Name] };
  const [issue] = result.error.issues;
  const place = issue?.path.length ? issue.path.join(".") : "the body";
  return { ok: false, problem: `${place}: ${issue?.message ?? "it is not what this route takes"}` };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

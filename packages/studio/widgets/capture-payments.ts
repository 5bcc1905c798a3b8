import { z } from "zod";
import { plain } from "../shown.ts";
import { widget } from "../widget.ts";
import { hangup, integer, integerOf, isOn, optionalText, pairs } from "./call.ts";
import { renderParameters } from "./http.ts";

/** https://www.twilio.com/docs/studio/widget-library/capture-payments */
const usual = { seconds: 5, attempts: 1 };

export const capturePayments = widget({
  events: ["success", "maxFailedAttempts", "providerError", "payInterrupted", "hangup", "validationError"],
  kind: "ask",
  deed: "takes a payment",
  facts: (text) => [`${plain(text("payment_amount"))} ${text("currency")}`],
  said: {
    success: "",
    maxFailedAttempts: "too many attempts",
    providerError: "the provider fails",
    payInterrupted: "interrupted",
    hangup: "hangs up",
    validationError: "not valid",
  },
  quiet: ["maxFailedAttempts", "providerError", "payInterrupted", "hangup", "validationError"],
  properties: z.looseObject({
    timeout: integer.optional(),
    max_attempts: integer.optional(),
    security_code: z.boolean().optional(),
    postal_code: z.string().optional(),
    payment_connector: z.string().optional(),
    payment_token_type: z.string().optional(),
    payment_amount: z.string().optional(),
    currency: z.string().optional(),
    description: z.string().optional(),
    valid_card_types: z.array(z.string()).optional(),
    language: z.string().optional(),
    min_postal_code_length: integer.optional(),
    payment_method: z.string().optional(),
    bank_account_type: z.string().optional(),
    parameters: pairs,
  }),
  enter(run) {
    return {
      request: {
        type: "pay",
        connector: run.text("payment_connector") || "Default",
        amount: optionalText(run, "payment_amount"),
        currency: run.text("currency") || "usd",
        description: run.text("description"),
        method: run.text("payment_method") || "credit-card",
        tokenType: run.text("payment_token_type") || "reusable",
        timeoutSeconds: integerOf(run, "timeout", usual.seconds),
        maxAttempts: integerOf(run, "max_attempts", usual.attempts),
        asksSecurityCode: run.properties["security_code"] !== false,
        asksPostalCode: isOn(run, "postal_code"),
        parameters: Object.fromEntries(renderParameters(run)),
      },
    };
  },
  resume(run, event) {
    if (event.type !== "paid") return hangup(run, event);
    return { leave: event.outcome, variables: event.call };
  },
});

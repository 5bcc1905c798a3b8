/** api.twilio.com: the account, its numbers, its messages. */
import type { Product } from "../product.ts";
import { account } from "./account.ts";
import { availableNumbers, balance } from "./available-numbers.ts";
import { application } from "./application.ts";
import { apiKey } from "./keys.ts";
import { armScheduled, message } from "./messages.ts";
import { incomingPhoneNumber } from "./numbers.ts";

export const api: Product = {
  name: "api",
  behaviours: {
    "twilio:api:Account": account,
    "twilio:api:Application": application,
    "twilio:api:IncomingPhoneNumber": incomingPhoneNumber,
    "twilio:api:Key": apiKey,
    "twilio:api:SigningKey": apiKey,
    "twilio:iam:Key": apiKey,
    "twilio:api:Message": message,
    "twilio:api:Balance": balance,
    ...availableNumbers,
  },
  start: armScheduled,
};

/** The carrier: handsets, and messages between them and the account's numbers. */
import type { Product } from "../product.ts";
import { receiveMessage } from "./inbound.ts";
import { resumeMoving, sendMessage } from "./send.ts";
import { carrierTables } from "./tables.ts";

export const carrier: Product = {
  name: "carrier",
  behaviours: {},
  services(twilio) {
    const tables = carrierTables(twilio);
    return {
      carrier: {
        send: (message, origin) => sendMessage(twilio, message, origin),
        receive: (from, to, body, media, button) => receiveMessage(twilio, from, to, body, media, button),
        isOptedOut: (handset, number) => tables.isOptedOut(handset, number),
        handset: (address) => tables.handset(address),
        handsets: () => tables.handsets(),
        rules: (address) => tables.rules(address),
        setRules: (address, rules) => tables.setRules(address, rules),
      },
    };
  },
  start: resumeMoving,
};

/** sync.twilio.com: the default Service, Documents that somebody else has the name of, and those that are over. */
import { limits } from "../limits.ts";
import { isoOf } from "../calendar.ts";
import { TwilioError } from "../errors.ts";
import { number, text } from "../fields.ts";
import type { Behaviour, Product, Twilio } from "../product.ts";

const token = "twilio:sync:Document";

/** https://www.twilio.com/docs/sync/api/document-resource */
const document: Behaviour = {
  create({ twilio, input, path }, draft) {
    const name = text(input, "UniqueName");
    const parents = { ServiceSid: path["ServiceSid"] ?? "" };
    if (name !== "" && twilio.store.find(token, name, parents) !== undefined) {
      throw new TwilioError(54301, { name });
    }
    const ttl = number(input, "Ttl");
    if (ttl < 0 || ttl > limits.sync.ttl) {
      throw new TwilioError(20001, { reason: `Ttl is 0 to ${limits.sync.ttl} seconds, not ${ttl}` });
    }
    const expires = ttl > 0 ? isoOf(twilio.clock.now() + ttl * 1000) : null;
    return {
      body: {
        ...draft.body,
        unique_name: name || draft.sid,
        data: input["Data"] ?? {},
        revision: "0",
        created_by: "system",
        date_expires: expires,
      },
    };
  },
  created: ({ twilio }, { sid }) => armExpiry(twilio, sid),
};

function armExpiry(twilio: Twilio, sid: string): void {
  const found = twilio.store.find(token, sid);
  const expires = found === undefined ? "" : text(found.body, "date_expires");
  if (expires === "") return;
  twilio.clock.at(Date.parse(expires), () => void twilio.store.remove(token, sid));
}

/** Every account has a Service by this name, which `Runtime.getSync()` uses (sdk-starter-node#33). */
const service: Behaviour = {
  onDemand: (name) =>
    name === "default" ? { unique_name: "default", friendly_name: "Default Service" } : undefined,
};

/** Items are listed from the first on, and backwards where `Order` says so: https://www.twilio.com/docs/sync/api/listitem-resource */
const items: Behaviour = {
  list: ({ query }, objects) => (query["Order"] === "desc" ? objects.reverse() : objects),
};

/** A message to whoever listens to a stream at that moment; the sockets of Twilio's SDKs are not played, so nobody does. */
const streamMessage: Behaviour = {
  create: (_, draft) => ({ body: draft.body }),
};

export const sync: Product = {
  name: "sync",
  behaviours: {
    "twilio:sync:Service": service,
    [token]: document,
    "twilio:sync:SyncListItem": items,
    "twilio:sync:SyncMapItem": items,
    "twilio:sync:StreamMessage": streamMessage,
  },
  start(twilio) {
    for (const { sid } of twilio.store.list(token)) armExpiry(twilio, sid);
  },
};

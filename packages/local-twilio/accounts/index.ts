/** accounts.twilio.com: the rotation of the account's auth token (https://www.twilio.com/docs/iam/api/authtoken), the safelist. */
import { TwilioError } from "../errors.ts";
import { text } from "../fields.ts";
import { notFound } from "../http/engine.ts";
import { makeSecondaryToken, promoteSecondaryToken, removeSecondaryToken } from "../http/auth-tokens.ts";
import type { Behaviour, Body, Call, Product, StoredObject } from "../product.ts";

const path = "/v1/AuthTokens/Secondary";

function shown({ twilio, resource }: Call, token: Body): Body {
  const now = twilio.clock.iso();
  const url = `https://${resource.host}${resource.instancePath ?? path}`;
  return { account_sid: twilio.settings.accountSid, date_created: now, date_updated: now, url, ...token };
}

const safelist = "twilio:accounts:Safelist";

/** The number of the safelist that a request names. */
function safelisted(call: Call): StoredObject {
  const [found] = call.twilio.store.list(safelist, {}, { phone_number: text(call.query, "PhoneNumber") });
  if (found === undefined) throw notFound(call);
  return found;
}

/** Numbers that Twilio's fraud guard lets through: one address for all, and the query says which. */
const safelistBehaviour: Behaviour = {
  create({ twilio, input }, draft) {
    const number = text(input, "PhoneNumber");
    if (twilio.store.list(safelist, {}, { phone_number: number }).length > 0) {
      throw new TwilioError(20409, { reason: `${number} is on the safelist already` });
    }
    return { body: draft.body };
  },
  instead: {
    fetch: (call) => ({ body: safelisted(call).body }),
    delete(call) {
      call.twilio.store.remove(safelist, safelisted(call).sid);
      return { status: 204, body: {} };
    },
  },
};

export const accounts: Product = {
  name: "accounts",
  behaviours: {
    [safelist]: safelistBehaviour,
    "twilio:accounts:SecondaryAuthToken": {
      instead: {
        create: (call) => ({
          status: 201,
          body: shown(call, { secondary_auth_token: makeSecondaryToken(call.twilio) }),
        }),
        delete: ({ twilio }) => {
          if (!removeSecondaryToken(twilio)) throw new TwilioError(20404, { path });
          return { status: 204, body: {} };
        },
      },
    },
    "twilio:accounts:AuthTokenPromotion": {
      instead: {
        update: (call) => {
          const token = promoteSecondaryToken(call.twilio);
          if (token === undefined) throw new TwilioError(20404, { path });
          return { body: shown(call, { auth_token: token }) };
        },
      },
    },
  },
};

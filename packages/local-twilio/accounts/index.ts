/** accounts.twilio.com: the rotation of the account's auth token, https://www.twilio.com/docs/iam/api/authtoken */
import { TwilioError } from "../errors.ts";
import { makeSecondaryToken, promoteSecondaryToken, removeSecondaryToken } from "../http/auth-tokens.ts";
import type { Body, Call, Product } from "../product.ts";

const path = "/v1/AuthTokens/Secondary";

function shown({ twilio, resource }: Call, token: Body): Body {
  const now = twilio.clock.iso();
  const url = `https://${resource.host}${resource.instancePath ?? path}`;
  return { account_sid: twilio.settings.accountSid, date_created: now, date_updated: now, url, ...token };
}

export const accounts: Product = {
  name: "accounts",
  behaviours: {
    "twilio:accounts:SecondaryAuthToken": {
      instead: {
        create: (call) => ({
          status: 201,
          body: shown(call, { secondary_auth_token: makeSecondaryToken(call.twilio.store) }),
        }),
        delete: ({ twilio }) => {
          if (!removeSecondaryToken(twilio.store)) throw new TwilioError(20404, { path });
          return { status: 204, body: {} };
        },
      },
    },
    "twilio:accounts:AuthTokenPromotion": {
      instead: {
        update: (call) => {
          const token = promoteSecondaryToken(call.twilio.store);
          if (token === undefined) throw new TwilioError(20404, { path });
          return { body: shown(call, { auth_token: token }) };
        },
      },
    },
  },
};

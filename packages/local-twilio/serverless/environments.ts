/** Environments, https://www.twilio.com/docs/serverless/api/resource/environment */
import { TwilioError } from "../errors.ts";
import type { Behaviour, StoredObject, Twilio } from "../product.ts";
import { textOf } from "../json.ts";
import { tokens } from "./tokens.ts";

export const environment: Behaviour = {
  create(call, draft) {
    const { store } = call.twilio;
    const name = draft.body["unique_name"];
    const suffix = textOf(draft.body["domain_suffix"]) || null;
    if (suffix !== null && !/^[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*$/.test(suffix)) {
      const reason = `Invalid DomainSuffix '${suffix}': letters, digits and dashes, no dash at either end`;
      throw new TwilioError(20001, { reason });
    }
    const siblings = store.list(tokens.environment, draft.parents);
    if (siblings.some(({ body }) => body["unique_name"] === name || body["domain_suffix"] === suffix)) {
      // Text and status as reported in RJPearson94/terraform-provider-twilio issue 78 and twilio-cli issue 211.
      throw new TwilioError(20409, {
        reason: "Environment with this UniqueName or DomainSuffix already exists.",
      });
    }
    const base = textOf(store.find(tokens.service, draft.parents["ServiceSid"] ?? "")?.body["domain_base"]);
    const host = suffix === null ? base : `${base}-${suffix.toLowerCase()}`;
    return {
      body: { ...draft.body, domain_suffix: suffix, domain_name: `${host}.twil.io`, build_sid: null },
    };
  },
};

/** The Environment that answers on a domain. */
export function environmentOf(twilio: Twilio, domain: string): StoredObject | undefined {
  return twilio.store.list(tokens.environment, {}, { domain_name: domain })[0];
}

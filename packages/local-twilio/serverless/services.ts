/** Services, https://www.twilio.com/docs/serverless/api/resource/service */
import { limits } from "../limits.ts";
import { randomInt } from "node:crypto";
import { TwilioError } from "../errors.ts";
import type { Behaviour } from "../product.ts";
import { pruneContents } from "./contents.ts";
import { textOf } from "../json.ts";
import { tokens } from "./tokens.ts";

export const service: Behaviour = {
  create(call, draft) {
    const name = textOf(draft.body["unique_name"]);
    if (name.length > 50 || !/^[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*$/.test(name)) {
      const reason = `Invalid UniqueName '${name}': 1 to 50 letters, digits and dashes, no dash at either end`;
      throw new TwilioError(20001, { reason });
    }
    const others = call.twilio.store.list(tokens.service);
    if (others.some(({ body }) => body["unique_name"] === name)) {
      throw new TwilioError(20409, { reason: "Service with this UniqueName already exists." });
    }
    if (others.length >= limits.services) {
      throw new TwilioError(20001, {
        reason: `Services are limited to less than or equal to ${limits.services}`,
      });
    }
    const body = {
      ...draft.body,
      include_credentials: draft.body["include_credentials"] ?? true,
      ui_editable: draft.body["ui_editable"] ?? false,
      domain_base: `${name.toLowerCase()}-${randomInt(1000, 10_000)}`,
    };
    return { body };
  },
  deleted: ({ twilio }) => pruneContents(twilio),
};

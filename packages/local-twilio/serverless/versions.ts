/**
 * Versions of Functions and Assets: what is uploaded to serverless-upload.twilio.com as multipart form data
 * (https://www.twilio.com/docs/serverless/api/resource/function-version).
 */
import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import type { Behaviour, Body, Call, StoredObject } from "../product.ts";
import { contentOf, pruneContents, putContent } from "./contents.ts";
import { textOf } from "../json.ts";
import { tokens } from "./tokens.ts";

const largest = limits.upload;

const version = (limitOf: (visibility: unknown) => number): Behaviour => ({
  create(call, draft) {
    const path = textOf(draft.body["path"]);
    if (!/^\/[^?#\p{Cc}]*$/u.test(path) || path.length > 255) {
      const reason = `Invalid Path '${path}': it begins with a slash and has at most 255 characters, no ? or #`;
      throw new TwilioError(20001, { reason });
    }
    const limit = limitOf(draft.body["visibility"]);
    if (content(call).length > limit) throw new TwilioError(20413, { limit });
    return { body: draft.body };
  },
  created(call, object) {
    putContent(call.twilio, object.sid, content(call));
  },
});

export const functionVersion = version(() => largest.function);
export const assetVersion = version((visibility) =>
  visibility === "private" ? largest.privateAsset : largest.asset,
);

/** Functions and Assets themselves: plain, but their contents go with them. */
export const holder: Behaviour = {
  deleted: ({ twilio }) => pruneContents(twilio),
};

/** The source of a Function Version, readable again; an Asset's is not (there is no such resource). */
export const functionVersionContent: Behaviour = {
  instead: {
    fetch(call) {
      const sid = call.path["Sid"] ?? "";
      const parents = {
        ServiceSid: call.path["ServiceSid"] ?? "",
        FunctionSid: call.path["FunctionSid"] ?? "",
      };
      const found = call.twilio.store.find(tokens.functionVersion, sid, parents);
      if (!found) {
        throw new TwilioError(20404, {
          path: `/Services/${parents.ServiceSid}/Functions/${parents.FunctionSid}/Versions/${sid}/Content`,
        });
      }
      return { body: contentBody(call, found) };
    },
  },
};

function contentBody(call: Call, found: StoredObject): Body {
  const { ServiceSid = "", FunctionSid = "" } = found.parents;
  return {
    sid: found.sid,
    account_sid: call.accountSid,
    service_sid: ServiceSid,
    function_sid: FunctionSid,
    content: Buffer.from(contentOf(call.twilio, found.sid)).toString("utf8"),
    url: `https://serverless.twilio.com/v1/Services/${ServiceSid}/Functions/${FunctionSid}/Versions/${found.sid}/Content`,
  };
}

function content(call: Call): Uint8Array {
  const file = call.files["Content"];
  if (file) return file.content;
  const text = call.input["Content"];
  if (typeof text === "string") return Buffer.from(text, "utf8");
  throw new TwilioError(20001, { reason: "Missing required parameter Content in the post body" });
}

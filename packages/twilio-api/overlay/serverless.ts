import type { Operation, OperationName, ValueType } from "../types.ts";
import { json, type OverlayRow } from "./overlay-row.ts";

const visibility: ValueType = { kind: "string", enum: ["public", "protected", "private"] };

/** The upload host takes multipart forms: these fields, and the file as `Content`. */
function upload(path: string): Partial<Record<OperationName, Operation>> {
  return {
    create: {
      method: "POST",
      host: "serverless-upload.twilio.com",
      path,
      status: 201,
      form: [
        { name: "Path", type: { kind: "string", maxLength: 255 }, required: true },
        { name: "Visibility", type: visibility, required: true },
      ],
      query: [],
      headers: [],
    },
  };
}

export const serverless: readonly OverlayRow[] = [
  {
    token: "twilio:serverless:FunctionVersion",
    operations: upload("/v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions"),
    reason:
      "uploads are documented in prose only, https://www.twilio.com/docs/serverless/api/resource/function-version",
  },
  {
    token: "twilio:serverless:AssetVersion",
    operations: upload("/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions"),
    reason:
      "uploads are documented in prose only, https://www.twilio.com/docs/serverless/api/resource/asset-version",
  },
  {
    token: "twilio:serverless:Build",
    types: { Dependencies: json },
    reason: "the document says text; it is a list of {name, version} as JSON",
  },
];

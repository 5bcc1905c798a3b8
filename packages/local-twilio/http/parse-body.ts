/** A request body by its content type: form fields, JSON, or multipart with files. */
import { TwilioError } from "../errors.ts";
import { JsonFault, parseJson } from "../json.ts";
import type { Call, Json } from "../product.ts";

export interface ParsedBody {
  /** Values by wire name: text, or a list of texts where a field is repeated. Null for a JSON body. */
  readonly fields: Readonly<Record<string, string | string[]>> | null;
  readonly json: Json;
  readonly files: Call["files"];
}

/** Parses a body; a body that its content type does not fit is 20001. */
export async function parseBody(contentType: string, body: Uint8Array): Promise<ParsedBody> {
  if (body.length === 0) return { fields: {}, json: null, files: {} };
  if (/^application\/(?:[\w.+-]+\+)?json/i.test(contentType)) {
    return { fields: null, json: bodyJson(body), files: {} };
  }
  if (/^multipart\/form-data/i.test(contentType)) return parseMultipart(contentType, body);
  return {
    fields: parseFields(new URLSearchParams(Buffer.from(body).toString("utf8"))),
    json: null,
    files: {},
  };
}

/** Fields by name, repeated ones as a list. */
export function parseFields(search: URLSearchParams): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    fields[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return fields;
}

function bodyJson(body: Uint8Array): Json {
  try {
    return parseJson(Buffer.from(body).toString("utf8"));
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new TwilioError(20001, { reason: `The request body cannot be read: ${error.message}` });
  }
}

async function parseMultipart(contentType: string, body: Uint8Array): Promise<ParsedBody> {
  let form;
  try {
    form = await new Response(Buffer.from(body), { headers: { "content-type": contentType } }).formData();
  } catch {
    throw new TwilioError(20001, { reason: "The request body is not valid multipart/form-data" });
  }
  const texts = new URLSearchParams();
  const files: Record<string, { content: Uint8Array; type: string; name: string }> = {};
  for (const [name, value] of form) {
    if (typeof value === "string") texts.append(name, value);
    else {
      files[name] = {
        content: new Uint8Array(await value.arrayBuffer()),
        type: value.type,
        name: value.name,
      };
    }
  }
  return { fields: parseFields(texts), json: null, files };
}

/**
 * The text of a content template: its `{{1}}`, `{{name}}` filled by the message's variables, else by the template's own
 * (https://www.twilio.com/docs/content/using-variables-with-content-api). Buttons, lists and cards show as their text.
 */
import { parseJson } from "../json.ts";
import { TwilioError } from "../errors.ts";
import type { Twilio } from "../product.ts";

const token = "twilio:content:Content";

/**
 * Renders a template.
 *
 * @param variables JSON as the request has it, `{"1": "Jo"}`; empty: the template's own
 * @throws TwilioError 21655 when there is no such template or it has no text, 21656 when the variables are no JSON object of texts
 */
export function renderContent(twilio: Twilio, sid: string, variables: string): string {
  const stored = twilio.store.find(token, sid);
  const body = stored === undefined ? undefined : bodyOf(stored.body["types"]);
  if (stored === undefined || body === undefined) throw new TwilioError(21655, { sid });
  const given = variables === "" ? {} : parsed(variables);
  if (given === undefined || !Object.values(given).every(isText)) throw new TwilioError(21656);
  const values = { ...objectOf(stored.body["variables"]), ...given };
  return body.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    const value = values[name];
    return isText(value) ? String(value) : whole;
  });
}

/** A list or an object is refused: github.com/twilio/twilio-node/issues/1065. */
function isText(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function bodyOf(types: unknown): string | undefined {
  const bodies = Object.values(objectOf(types)).map((type) => objectOf(type)["body"]);
  return bodies.find((body) => typeof body === "string");
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

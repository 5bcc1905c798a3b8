/**
 * The text of a content template: its `{{1}}`, `{{name}}` filled by the message's variables, else by the template's own
 * (https://www.twilio.com/docs/content/using-variables-with-content-api). Buttons, lists and cards show as their text.
 */
import { parseJson } from "../json.ts";
import { TwilioError } from "../errors.ts";
import type { Twilio } from "../product.ts";

const token = "twilio:content:Content";

/** Whether the variables are those of the template, no fewer and no more: WhatsApp takes no others. */
export type TemplateFit = "fits" | "misfits";

/** A template made into a message. */
export interface Rendered {
  readonly text: string;
  readonly template: TemplateFit;
}

/**
 * Renders a template.
 *
 * @param variables JSON as the request has it, `{"1": "Jo"}`; empty: the template's own
 * @throws TwilioError 21655 when there is no such template or it has no text; 21656 when the variables are no JSON object of
 *   texts, one is empty, or a placeholder of the template is malformed (https://www.twilio.com/docs/api/errors/21656)
 */
export function renderContent(twilio: Twilio, sid: string, variables: string): Rendered {
  const stored = twilio.store.find(token, sid);
  const body = stored === undefined ? undefined : bodyOf(stored.body["types"]);
  if (stored === undefined || body === undefined) throw new TwilioError(21655, { sid });
  const given = variables === "" ? {} : parsed(variables);
  if (given === undefined || !Object.values(given).every(isText)) throw new TwilioError(21656);
  const written = textsIn(stored.body["types"]);
  if (written.some((text) => /\{\{|\}\}/.test(text.replace(placeholder, "")))) throw new TwilioError(21656);
  const names = written.flatMap((text) => [...text.matchAll(placeholder)].map(([, name = ""]) => name));
  const placeholders = new Set(names);
  const values = { ...objectOf(stored.body["variables"]), ...given };
  const text = body.replace(placeholder, (whole, name: string) => {
    const value = values[name];
    return isText(value) ? String(value) : whole;
  });
  const isKnown = Object.keys(given).every((name) => placeholders.has(name));
  const isWhole = [...placeholders].every((name) => isText(values[name]));
  return { text, template: isKnown && isWhole ? "fits" : "misfits" };
}

const placeholder = /\{\{\s*(\w+)\s*\}\}/g;

/** A list or an object is refused (github.com/twilio/twilio-node/issues/1065), and so is an empty text. */
function isText(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

/** Every text in a template, those of its buttons and cards too. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
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

/** What Run Function and Make HTTP Request share: their limits, and what an answer leaves behind. */
import { z } from "zod";
import { isObject } from "../json.ts";
import type { HttpResult, JsonObject, JsonValue } from "../types.ts";
import type { StudioSwitches } from "../switches.ts";
import type { Run } from "../widget.ts";

/** https://www.twilio.com/docs/studio/widget-library/run-function */
export const httpLimits = { timeoutSeconds: 10, bodyBytes: 64 * 1024 };
/** How deep an answer may nest to be parsed. No answer that somebody wrote comes near; a crafted one would break what stores it. */
const maxDepth = 100;

export const parameters = z.array(z.looseObject({ key: z.string(), value: z.string() })).optional();
const withParameters = z.looseObject({ parameters });

/** Parameters with their values rendered. */
export function renderParameters(run: Run): [string, string][] {
  const { data } = withParameters.safeParse(run.properties);
  return (data?.parameters ?? []).map(({ key, value }) => [key, run.render(`parameters.${key}`, value)]);
}

/** The names of the variables that an answer leaves. */
export const answerNames = ["body", "content_type", "status_code", "parsed"];

/** An answer as variables; null when there was none, or it was larger than Studio takes. */
export function answerVariables(
  response: HttpResult,
  { jsonContentType }: StudioSwitches,
): JsonObject | null {
  if (response === null || Buffer.byteLength(response.body) > httpLimits.bodyBytes) return null;
  const type = response.contentType.toLowerCase();
  const bare = jsonContentType === "exact" ? type : type.split(";")[0]?.trim();
  const object = bare === "application/json" ? parsedObject(response.body) : undefined;
  return {
    body: response.body,
    content_type: response.contentType,
    status_code: response.status,
    ...(object === undefined ? {} : { parsed: object }),
  };
}

/** Only JSON objects are parsed: a list at the top is not. */
function parsedObject(body: string): JsonObject | undefined {
  try {
    const value = JSON.parse(body) as JsonValue;
    return isObject(value) && !nestsDeeper(value, maxDepth) ? value : undefined;
  } catch {
    return undefined;
  }
}

function nestsDeeper(value: JsonValue, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((below: JsonValue) => nestsDeeper(below, depth - 1));
}

/** One object over another, all the way down. */
export function merged(under: JsonObject, over: JsonObject): JsonObject {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isObject(below) && isObject(value) ? merged(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}

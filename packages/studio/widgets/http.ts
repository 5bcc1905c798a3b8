/** What Run Function and Make HTTP Request share: their limits, and what an answer leaves behind. */
import { z } from "zod";
import { isObject, jsonIn } from "../json.ts";
import { limits } from "../limits.ts";
import type { HttpResult, JsonObject } from "../types.ts";
import type { StudioSwitches } from "../switches.ts";
import type { Run } from "../widget.ts";

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
  if (response === null || Buffer.byteLength(response.body) > limits.answer.bytes) return null;
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
  const value = jsonIn(body);
  return isObject(value) ? value : undefined;
}

/** One object over another, all the way down. */
export function merged(under: JsonObject, over: JsonObject): JsonObject {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isObject(below) && isObject(value) ? merged(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(entries) };
}

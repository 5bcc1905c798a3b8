/** JSON that goes back over HTTP. */
import type { RawResponse } from "../product.ts";

/** A JSON answer. */
export function jsonAnswer(status: number, body: unknown, headers: RawResponse["headers"] = {}): RawResponse {
  return {
    status,
    headers: { "content-type": "application/json;charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

/** Calls to the local Twilio that serves this page, and to nobody else. */
import { shapes, type Answer } from "./shapes.ts";

const prefix = "/_local/v1/";

/** What a call came to when it came to nothing good: `gone` for what is not there (any more), `away` for no answer at all. */
export class AskError extends Error {
  readonly kind: "gone" | "away" | "refused" | "unreadable";

  constructor(kind: AskError["kind"], message: string) {
    super(message);
    this.name = "AskError";
    this.kind = kind;
  }
}

/**
 * Asks and parses the answer.
 *
 * @param path below `/_local/v1/`
 * @throws AskError when nobody answers, the answer is a refusal, or it is not of that shape
 */
export async function ask<Name extends keyof typeof shapes>(
  shape: Name,
  path: string,
  init: { readonly body?: object; readonly signal?: AbortSignal } = {},
): Promise<Answer<Name>> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const { body, signal = null } = init;
  return answerOf(
    shape,
    path,
    body === undefined
      ? { headers, signal }
      : { method: "POST", headers, body: JSON.stringify(body), signal },
  );
}

/** Keeps a file on the local Twilio, so that a phone can send it. */
export function upload(file: File): Promise<Answer<"media">> {
  return answerOf("media", "media", {
    method: "POST",
    headers: { "content-type": file.type || "application/octet-stream" },
    body: file,
  });
}

async function answerOf<Name extends keyof typeof shapes>(
  shape: Name,
  path: string,
  init: RequestInit,
): Promise<Answer<Name>> {
  let response;
  try {
    response = await fetch(prefix + path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new AskError("away", "The local Twilio does not answer.");
  }
  const value: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const problem = shapes.problem.safeParse(value);
    const message = problem.success ? problem.data.error.message : `status ${response.status}`;
    throw new AskError(response.status === 404 ? "gone" : "refused", message);
  }
  return parsed(shape, value, path);
}

function parsed<Name extends keyof typeof shapes>(shape: Name, value: unknown, path: string): Answer<Name> {
  const result = shapes[shape].safeParse(value);
  if (result.success) return result.data as Answer<Name>;
  const [issue] = result.error.issues;
  throw new AskError(
    "unreadable",
    `${path} answers what this page does not understand (${issue?.path.join(".") ?? ""}): reload it after npm run setup.`,
  );
}

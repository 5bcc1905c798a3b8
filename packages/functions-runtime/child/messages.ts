/** What the host and the process of a deployment say to one another. */
import type { Deployment, FunctionResponse, Invocation } from "../types.ts";

/** A file of a deployment where it was written. */
export interface PlacedFile {
  readonly path: string;
  readonly visibility: Deployment["functions"][number]["visibility"];
  readonly file: string;
}

export type ToChild =
  | {
      readonly type: "start";
      readonly deployment: Omit<Deployment, "functions" | "assets" | "modules" | "variables">;
      readonly folder: string;
      /** Folders that hold a `node_modules`. */
      readonly modules: readonly string[];
      readonly functions: readonly PlacedFile[];
      readonly assets: readonly PlacedFile[];
    }
  /** The same code runs for another deployment from now on. */
  | {
      readonly type: "adopt";
      readonly deployment: Omit<Deployment, "functions" | "assets" | "modules" | "variables">;
    }
  | {
      readonly type: "invoke";
      /** Not to be guessed: whoever knows it answers the run. */
      readonly id: string;
      readonly path: string;
      readonly event: Readonly<Record<string, unknown>>;
      readonly variables: Readonly<Record<string, string>>;
      /** Milliseconds since 1970 by which the run has to begin; later it is somebody else's. */
      readonly beginBy: number;
    }
  | { readonly type: "stop"; readonly id: string };

export type FromChild =
  | { readonly type: "ready" }
  | { readonly type: "begun"; readonly id: string }
  | {
      readonly type: "answered";
      readonly id: string;
      readonly response: FunctionResponse;
      readonly logs: Invocation["logs"];
      readonly error: Invocation["error"];
    }
  | { readonly type: "late"; readonly id: string; readonly logs: Invocation["logs"] };

/** A message of the process; undefined for what is none. User code runs there, and may say anything. */
export function readMessage(value: unknown): FromChild | undefined {
  if (!isRecord(value)) return undefined;
  const { type, id, response, logs, error } = value;
  if (type === "ready") return { type };
  if (typeof id !== "string") return undefined;
  if (type === "begun") return { type, id };
  if (!areLogs(logs)) return undefined;
  if (type === "late") return { type, id, logs };
  if (type !== "answered" || !isResponse(response) || !isError(error)) return undefined;
  return { type, id, response, logs, error };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function areLogs(value: unknown): value is Invocation["logs"] {
  const levels = ["debug", "info", "warn", "error"];
  return (
    Array.isArray(value) &&
    value.every(
      (line: unknown) =>
        isRecord(line) && levels.includes(String(line.level)) && typeof line.message === "string",
    )
  );
}

function isResponse(value: unknown): value is FunctionResponse {
  return (
    isRecord(value) &&
    Number.isInteger(value.status) &&
    value.body instanceof Uint8Array &&
    isRecord(value.headers) &&
    Object.values(value.headers).every((one) =>
      [one].flat().every((each: unknown) => typeof each === "string"),
    )
  );
}

function isError(value: unknown): value is Invocation["error"] {
  if (value === null) return true;
  return isRecord(value) && typeof value.code === "number" && typeof value.message === "string";
}

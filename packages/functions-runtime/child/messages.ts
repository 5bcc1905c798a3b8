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
      readonly id: number;
      readonly path: string;
      readonly event: Readonly<Record<string, unknown>>;
      readonly variables: Readonly<Record<string, string>>;
    }
  | { readonly type: "stop"; readonly id: number };

export type FromChild =
  | { readonly type: "ready" }
  | {
      readonly type: "answered";
      readonly id: number;
      readonly response: FunctionResponse;
      readonly logs: Invocation["logs"];
      readonly error: Invocation["error"];
    }
  | { readonly type: "late"; readonly id: number; readonly logs: Invocation["logs"] };

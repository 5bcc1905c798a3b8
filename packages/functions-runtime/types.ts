/** What a deployed set of Functions is, and what goes in and out of one, as Twilio Functions have it. */

/** One Serverless Environment with its active Build, ready to run. */
export interface Deployment {
  readonly accountSid: string;
  readonly authToken: string;
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly domainName: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly functions: readonly DeployedFile[];
  readonly assets: readonly DeployedFile[];
  /** Where `require` of a dependency resolves from: folders that hold a `node_modules`. */
  readonly modules: readonly string[];
  /** Base URL of an endpoint that stands in for Twilio's hosts (`<endpoint>/<host><path>`); null for Twilio itself. */
  readonly endpoint: string | null;
}

export interface DeployedFile {
  readonly sid: string;
  /** URL path with its leading slash. */
  readonly path: string;
  readonly visibility: "public" | "protected" | "private";
  readonly content: Uint8Array;
  /** When it was uploaded, in milliseconds since 1970; what an Asset says of its last change. */
  readonly date?: number;
}

/** A request to a path of an Environment's domain. */
export interface FunctionRequest {
  readonly method: string;
  readonly path: string;
  /** Full URL as the caller used it: what a signature covers. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
}

export interface FunctionResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
}

/** One run of a Function, for logs and the event stream. */
export interface Invocation {
  readonly path: string;
  readonly functionSid: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly response: FunctionResponse;
  readonly durationMs: number;
  readonly logs: readonly { readonly level: "debug" | "info" | "warn" | "error"; readonly message: string }[];
  /** A Function that threw, called back with an error, timed out or does not exist; Twilio's code, 82002 and so on. */
  readonly error: { readonly code: number; readonly message: string; readonly stack?: string } | null;
}

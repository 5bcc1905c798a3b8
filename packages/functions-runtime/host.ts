/** Runs what is deployed at the domains of Serverless: requests in, responses out, as Twilio answers them. */
import { FunctionsError } from "./errors.ts";
import { eventOf } from "./event.ts";
import { FunctionsProcess } from "./process.ts";
import { isSigned } from "./signature.ts";
import type { DeployedFile, Deployment, FunctionRequest, FunctionResponse, Invocation } from "./types.ts";

export interface FunctionsHostOptions {
  /** How long a Function may run; Twilio: 10,000. */
  readonly timeoutMs?: number;
  /** Status for a request of a protected Function without a valid signature: Twilio's pages say 403 twice and 400 once. */
  readonly signatureRejection?: 403 | 400;
  /** Runs at once per domain, Twilio: 30 per Service; more are answered with 429. */
  readonly maxConcurrent?: number;
  /** Environment of the processes, `HTTP_PROXY` and the like. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface FunctionsHost {
  /** Puts a deployment in place of what its domain had; resolves when it can run. What is running ends on the old one. */
  deploy(deployment: Deployment): Promise<void>;
  /** New Variables for the runs that follow; code and process stay. */
  setVariables(domainName: string, variables: Readonly<Record<string, string>>): void;
  undeploy(domainName: string): void;
  has(domainName: string): boolean;
  /**
   * Answers a request to a domain.
   *
   * @throws FunctionsError when nothing is deployed there, or the process cannot start
   */
  invoke(domainName: string, request: FunctionRequest): Promise<Invocation>;
  /** Ends every process. */
  close(): Promise<void>;
}

interface Place {
  deployment: Deployment;
  process: FunctionsProcess;
  running: number;
}

const limits = { request: 1024 * 1024 };
const verbs = new Set(["GET", "POST", "OPTIONS"]);
const text = new TextEncoder();

/** A host with nothing deployed. */
export function createFunctionsHost(options: FunctionsHostOptions = {}): FunctionsHost {
  const places = new Map<string, Place>();
  const env = options.env ?? {};

  return {
    async deploy(deployment) {
      const started = new FunctionsProcess(deployment, env);
      const previous = places.get(deployment.domainName);
      places.set(deployment.domainName, { deployment, process: started, running: previous?.running ?? 0 });
      previous?.process.retire();
      await started.ready();
    },

    setVariables(domainName, variables) {
      const place = places.get(domainName);
      if (place !== undefined) place.deployment = { ...place.deployment, variables };
    },

    undeploy(domainName) {
      places.get(domainName)?.process.retire();
      places.delete(domainName);
    },

    has: (domainName) => places.has(domainName),

    async invoke(domainName, request) {
      const place = places.get(domainName);
      if (place === undefined) throw new FunctionsError("no-deployment", { domain: domainName });
      place.running += 1;
      try {
        return await answer(place, request, options, env);
      } finally {
        place.running -= 1;
      }
    },

    async close() {
      const processes = [...places.values()].map((place) => place.process.close());
      places.clear();
      await Promise.all(processes);
    },
  };
}

async function answer(
  place: Place,
  request: FunctionRequest,
  options: FunctionsHostOptions,
  env: Readonly<Record<string, string>>,
): Promise<Invocation> {
  const began = performance.now();
  const { deployment } = place;
  const found = deployment.functions.find(({ path }) => path === request.path);
  const asset = found === undefined ? assetAt(deployment, request.path) : undefined;
  const file = found ?? asset;
  const refusal = refuse(file, place, request, options);
  const functionSid = found?.sid ?? null;
  const done = (response: FunctionResponse, rest: Partial<Invocation> = {}): Invocation => ({
    path: request.path,
    functionSid,
    parameters: {},
    logs: [],
    error: null,
    ...rest,
    response,
    durationMs: performance.now() - began,
  });
  if (refusal !== null) return done(refusal);
  if (found === undefined) return done(assetResponse(file));

  const event = eventOf(request);
  const parameters = Object.fromEntries(Object.entries(event).filter(([name]) => name !== "request"));
  if (place.process.isOver) place.process = new FunctionsProcess(deployment, env);
  const timeoutMs = options.timeoutMs ?? 10_000;
  const result = await place.process.invoke(request.path, event, deployment.variables, timeoutMs);
  if (result === "timeout") {
    const message = `${request.path} did not call back within ${timeoutMs / 1000} s`;
    return done(plain(504, "runtime application timed out"), { parameters, error: { code: 82002, message } });
  }
  const headers = { ...result.response.headers, "x-twilio-function-concurrency": String(place.running) };
  return done({ ...result.response, headers }, { parameters, logs: result.logs, error: result.error });
}

/** Why a request is not let through to a file, as a response; null when it is. */
function refuse(
  file: DeployedFile | undefined,
  place: Place,
  request: FunctionRequest,
  options: FunctionsHostOptions,
): FunctionResponse | null {
  if (!verbs.has(request.method)) return plain(405, "Method Not Allowed");
  if (request.body.byteLength > limits.request) return plain(413, "Payload Too Large");
  if (file === undefined) return plain(404, "Not Found");
  if (file.visibility === "private") return plain(403, "Forbidden");
  if (file.visibility === "protected" && !isSigned(place.deployment.authToken, request)) {
    return plain(
      options.signatureRejection ?? 403,
      "Unauthorized - you are not authorized to access this resource",
    );
  }
  return place.running > (options.maxConcurrent ?? 30) ? plain(429, "Too Many Requests") : null;
}

/** The Asset of a path; `/` is answered by one at `/` or `/assets/index.html`. */
function assetAt({ assets }: Deployment, path: string): DeployedFile | undefined {
  const paths = path === "/" ? ["/", "/assets/index.html"] : [path];
  return assets.find((asset) => paths.includes(asset.path));
}

const assetTypes: Readonly<Record<string, string>> = {
  html: "text/html",
  css: "text/css",
  js: "application/javascript",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  txt: "text/plain",
  xml: "text/xml",
};

function assetResponse(file: DeployedFile | undefined): FunctionResponse {
  const extension = /\.(\w+)$/.exec(file?.path ?? "")?.[1] ?? "html";
  return {
    status: 200,
    headers: { "content-type": assetTypes[extension] ?? "application/octet-stream" },
    body: file?.content ?? new Uint8Array(),
  };
}

function plain(status: number, message: string): FunctionResponse {
  return { status, headers: { "content-type": "text/plain" }, body: text.encode(message) };
}

/** Runs what is deployed at the domains of Serverless: requests in, responses out, as Twilio answers them. */
import { assetAt, assetResponse } from "./assets.ts";
import { FunctionsError } from "./errors.ts";
import { eventOf, MalformedBody, withLowerCaseHeaders } from "./event.ts";
import { issued, plain, refusal, type GatewayAnswer, type GatewaySwitches } from "./gateway.ts";
import { limits } from "./limits.ts";
import type { FunctionsPool } from "./pool.ts";
import { FunctionsProcess, type Ran } from "./process.ts";
import type { DeployedFile, Deployment, FunctionRequest, Invocation } from "./types.ts";

export interface FunctionsHostOptions extends GatewaySwitches {
  /** How long a Function may run; Twilio: 10,000. */
  readonly timeoutMs?: number;
  /** Environment of the processes, `HTTP_PROXY` and the like. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where processes come from and go to; without it each deployment has one of its own. */
  readonly pool?: FunctionsPool;
  /** The time in milliseconds since 1970, for the lifetime of cookies. */
  readonly now?: () => number;
}

export interface FunctionsHost {
  /**
   * Puts a deployment in place of what its domain had; resolves when it can run. Requests go to the old one until then,
   * and what runs there ends there.
   *
   * @throws FunctionsError when its process cannot start; the old one stays in place
   */
  deploy(deployment: Deployment): Promise<void>;
  /** New Variables for the runs that follow; code and process stay. */
  setVariables(domainName: string, variables: Readonly<Record<string, string>>): void;
  undeploy(domainName: string): void;
  has(domainName: string): boolean;
  /**
   * Answers a request to a domain. Whatever the Function does, its process ended included, is an answer.
   *
   * @throws FunctionsError when nothing is deployed there, or the process cannot start
   */
  invoke(domainName: string, request: FunctionRequest): Promise<Invocation>;
  /** Ends every process and removes its files. */
  close(): Promise<void>;
}

interface Place {
  deployment: Deployment;
  process: FunctionsProcess;
  /** The process of the deployment that came last; another than `process` while it starts. */
  latest: FunctionsProcess;
}

type Outcome = Pick<Invocation, "response"> & Partial<Invocation>;

/** A host with nothing deployed. */
export function createFunctionsHost(options: FunctionsHostOptions = {}): FunctionsHost {
  const places = new Map<string, Place>();
  const processes = new Set<FunctionsProcess>();
  const running = new Map<string, number>();

  const start = (deployment: Deployment): FunctionsProcess => {
    const env = options.env ?? {};
    const started = options.pool?.take(deployment, env) ?? new FunctionsProcess(deployment, env);
    processes.add(started);
    void started.gone().finally(() => processes.delete(started));
    return started;
  };

  /** A process that this host needs no more. */
  const letGo = (process: FunctionsProcess): void => {
    if (options.pool === undefined || !process.isIdle) return process.retire();
    processes.delete(process);
    options.pool.giveBack(process);
  };

  /** A new process where the old one is over, so that the next request finds it warm. */
  const revive = (place: Place): FunctionsProcess => {
    if (place.process.isOver) {
      const isLatest = place.latest === place.process;
      place.process = start(place.deployment);
      if (isLatest) place.latest = place.process;
    }
    return place.process;
  };

  /** Runs it where it can begin: a process that another Function keeps busy is left to that one. */
  const begin = async (
    place: Place,
    request: FunctionRequest,
    event: Record<string, unknown>,
    ms: number,
  ) => {
    for (;;) {
      const ran = await revive(place).invoke(request.path, event, place.deployment.variables, ms);
      if (ran.type !== "busy") return ran;
    }
  };

  const run = async (place: Place, request: FunctionRequest, event: Record<string, unknown>) => {
    const timeoutMs = options.timeoutMs ?? limits.runMs;
    try {
      return outcomeOf(await begin(place, request, event, timeoutMs), request.path, timeoutMs);
    } catch (error) {
      if (!(error instanceof FunctionsError) || error.code !== "child-died") throw error;
      return plain(500, error.message, 82002);
    } finally {
      if (places.get(place.deployment.domainName) === place) revive(place);
    }
  };

  const answer = async (place: Place, request: FunctionRequest, others: number): Promise<Outcome> => {
    const { deployment } = place;
    const found = deployment.functions.find(({ path }) => path === request.path);
    const asset = found === undefined ? assetAt(deployment, request.path) : undefined;
    const refused = refusal(found ?? asset, deployment, request, options, others + 1);
    if (refused !== null) return refused;
    if (found === undefined) {
      return asset === undefined ? plain(404, "Not Found") : { response: assetResponse(asset, request) };
    }
    const event = parsed(request);
    if (event === null) return plain(400, "Bad Request");
    const parameters = Object.fromEntries(Object.entries(event).filter(([name]) => name !== "request"));
    const tooLarge = contextProblem(deployment, found);
    if (tooLarge !== null) return { parameters, ...tooLarge };
    const outcome = await run(place, request, event);
    const now = (options.now ?? Date.now)();
    return { parameters, ...outcome, ...issued(outcome.response, deployment, others + 1, now) };
  };

  return {
    async deploy(deployment) {
      const { domainName } = deployment;
      const started = start(deployment);
      const place = places.get(domainName) ?? { deployment, process: started, latest: started };
      place.latest = started;
      places.set(domainName, place);
      const isWanted = () => places.get(domainName) === place && place.latest === started;
      try {
        await started.ready();
      } catch (error) {
        // Another came after it, or the domain is gone: that it was ended on its way up is nobody's error.
        if (isWanted()) throw error;
      }
      if (!isWanted()) return letGo(started);
      const previous = place.process;
      place.deployment = deployment;
      place.process = started;
      if (previous !== started) letGo(previous);
    },

    setVariables(domainName, variables) {
      const place = places.get(domainName);
      if (place !== undefined) place.deployment = { ...place.deployment, variables };
    },

    undeploy(domainName) {
      const place = places.get(domainName);
      places.delete(domainName);
      if (place !== undefined) letGo(place.process);
    },

    has: (domainName) => places.has(domainName),

    async invoke(domainName, given) {
      const began = performance.now();
      const place = places.get(domainName);
      if (place === undefined) throw new FunctionsError("no-deployment", { domain: domainName });
      const { serviceSid, functions } = place.deployment;
      const others = running.get(serviceSid) ?? 0;
      running.set(serviceSid, others + 1);
      try {
        const { path } = given;
        const functionSid = functions.find((each) => each.path === path)?.sid ?? null;
        const outcome = await answer(place, withLowerCaseHeaders(given), others);
        const durationMs = performance.now() - began;
        return { path, functionSid, parameters: {}, logs: [], error: null, ...outcome, durationMs };
      } finally {
        running.set(serviceSid, (running.get(serviceSid) ?? 1) - 1);
      }
    },

    async close() {
      places.clear();
      const all = [...processes];
      if (options.pool !== undefined) for (const process of all) letGo(process);
      await Promise.all(all.filter((process) => processes.has(process)).map((process) => process.close()));
    },
  };
}

function outcomeOf(ran: Exclude<Ran, { type: "busy" }>, path: string, timeoutMs: number): Outcome {
  if (ran.type === "answered") return { response: ran.response, logs: ran.logs, error: ran.error };
  const message = `${path} did not call back within ${timeoutMs / 1000} s`;
  const { response } = plain(504, "runtime application timed out");
  return { response, logs: ran.logs, error: { code: 82002, message } };
}

function parsed(request: FunctionRequest): Record<string, unknown> | null {
  try {
    return eventOf(request);
  } catch (error) {
    if (error instanceof MalformedBody) return null;
    throw error;
  }
}

/** What a Function is told may be 3 kB; a stage that needs more would fail at Twilio too. */
function contextProblem(deployment: Deployment, { path }: DeployedFile): GatewayAnswer | null {
  const { accountSid, authToken, serviceSid, environmentSid, domainName, variables } = deployment;
  const told = { accountSid, authToken, serviceSid, environmentSid, domainName, path, variables };
  const size = Buffer.byteLength(JSON.stringify(told));
  if (size <= limits.context) return null;
  return plain(500, `The context of ${path} is ${size} bytes, and Twilio allows ${limits.context}`, 82006);
}

/**
 * Where a stack is deployed: recorded with the provider's inputs in the state, and compared with where the next deployment
 * would go. Elsewhere nothing of it is there, so going elsewhere is refused by name and never a replacement by surprise.
 * The one thing that is made anew by itself is a stack of which nothing is worth keeping, when its local Twilio was reset.
 */
import { reveal, isMap, type Value, type ValueMap } from "../values/value.ts";
import type { Place } from "../http/place.ts";
import type { Environment } from "./configuration.ts";
import { identityAt } from "./local-identity.ts";

/** The name under which it is recorded. No program can set it. */
export const recordedKey = "deployedAt";

/** For one command: the stack is there too, though this provider can't tell. */
export const moveSwitch = "PULUMI_TWILIO_ALLOW_MOVE";

const homeRegion = "us1";

/** A place, with what tells it from others. */
export interface DeployedAt {
  /** Undefined at an endpoint. */
  readonly region: string | undefined;
  readonly edge: string | undefined;
  readonly endpoint: string | undefined;
  /** Of the local Twilio at the endpoint, when one answered. */
  readonly identity: string | undefined;
}

/** A refusal of a setting. */
export interface PlaceFault {
  readonly property: "region" | "edge" | "endpoint";
  readonly reason: string;
}

/** Where a deployment would go. An endpoint is asked which local Twilio it is. */
export async function deployingAt({ endpoint, region, edge }: Place): Promise<DeployedAt> {
  return endpoint === undefined
    ? { region: region ?? homeRegion, edge, endpoint, identity: undefined }
    : { region: undefined, edge: undefined, endpoint, identity: await identityAt(endpoint) };
}

/** As it is recorded. */
export function placeToRecord({ region, edge, endpoint, identity }: DeployedAt): ValueMap {
  const all = { region, edge, endpoint, identity };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * Where a stack was deployed, from its recorded configuration; undefined for a stack that is new. A state from before places
 * were recorded has what its configuration said, and for the rest the environment speaks, as it did then.
 */
export function deployedAt(olds: ValueMap, environment: Environment): DeployedAt | undefined {
  if (Object.keys(olds).length === 0) return undefined;
  const recorded = reveal(olds[recordedKey] ?? null);
  if (isMap(recorded)) {
    const { region, edge, endpoint, identity } = recorded;
    return { region: text(region), edge: text(edge), endpoint: text(endpoint), identity: text(identity) };
  }
  const endpoint = text(olds["endpoint"]);
  if (endpoint !== undefined) {
    return { region: undefined, edge: undefined, endpoint, identity: undefined };
  }
  const region = text(olds["region"]) ?? (environment["TWILIO_REGION"] || homeRegion);
  const edge = text(olds["edge"]) ?? (environment["TWILIO_EDGE"] || undefined);
  return { region, edge, endpoint, identity: undefined };
}

/** Whether two places are known to be two local Twilios: one that was reset is another. */
export function isAnotherLocal(before: DeployedAt | undefined, now: DeployedAt | undefined): boolean {
  const [one, other] = [before?.identity, now?.identity];
  return one !== undefined && other !== undefined && one !== other;
}

/**
 * Why a deployment may not go where it would; undefined when it may.
 *
 * @param isThrowAway whether nothing of the stack is worth keeping: then a local Twilio that was reset gets it anew
 */
export async function placeFault(
  before: DeployedAt,
  now: DeployedAt,
  { isThrowAway, environment }: { readonly isThrowAway: boolean; readonly environment: Environment },
): Promise<PlaceFault | undefined> {
  if (environment[moveSwitch] === "true") return undefined;
  if (before.endpoint === undefined || now.endpoint === undefined) {
    if (before.endpoint !== now.endpoint) {
      const there = now.endpoint ?? "Twilio itself";
      return { property: "endpoint", reason: elsewhere(before.endpoint ?? "Twilio itself", there) };
    }
    if (before.region !== now.region) {
      return { property: "region", reason: elsewhere(`region ${before.region}`, `region ${now.region}`) };
    }
    if (before.edge !== now.edge) {
      return { property: "edge", reason: elsewhere(edgeOf(before), edgeOf(now)) };
    }
    return undefined;
  }
  return endpointFault(
    { ...before, endpoint: before.endpoint },
    { ...now, endpoint: now.endpoint },
    isThrowAway,
  );
}

type AtEndpoint = DeployedAt & { readonly endpoint: string };

async function endpointFault(
  before: AtEndpoint,
  now: AtEndpoint,
  isThrowAway: boolean,
): Promise<PlaceFault | undefined> {
  const isMoved = before.endpoint !== now.endpoint;
  if (!isAnotherLocal(before, now)) {
    // The same one at another port, or a state that knows no identity: it may be.
    const mayBe = now.identity !== undefined;
    return isMoved && !mayBe
      ? { property: "endpoint", reason: elsewhere(before.endpoint, now.endpoint) }
      : undefined;
  }
  if (isMoved && (await identityAt(before.endpoint)) === before.identity) {
    return { property: "endpoint", reason: elsewhere(before.endpoint, now.endpoint) };
  }
  return isThrowAway ? undefined : { property: "endpoint", reason: resetReason(now.endpoint) };
}

/** Said of a stack whose local Twilio was reset. */
export function resetReason(endpoint: string): string {
  return `the local Twilio at ${endpoint} is not the one that this stack was deployed to: it was reset, or another was started, and nothing of the stack is there. To deploy anew: \`PULUMI_TWILIO_ALLOW_EMPTY_REFRESH=true pulumi up --refresh\`. A stack with \`twilio:deletable: ["*"]\` is deployed anew by itself.`;
}

function elsewhere(before: string, now: string): string {
  return `this stack was deployed to ${before}, and this would be ${now}, where nothing of it is. Nothing was done. Take the change out of the stack's configuration (or the environment: TWILIO_REGION, TWILIO_EDGE); or deploy there as another stack; or \`pulumi destroy\` first, which goes to where the stack is. If everything of the stack is there as well (another edge of its region, another name of its endpoint): \`${moveSwitch}=true pulumi up\` once.`;
}

function edgeOf({ edge }: DeployedAt): string {
  return edge === undefined ? "no edge" : `edge ${edge}`;
}

function text(value: Value | undefined): string | undefined {
  const open = reveal(value ?? null);
  return typeof open === "string" && open !== "" ? open : undefined;
}

/** Where a stack is that was deployed somewhere: a local Twilio may listen at another port by now, or be another. */
export interface FoundAt {
  readonly place: Place;
  /** Whether it is another local Twilio, so that nothing of the stack is there. */
  readonly isAnother: boolean;
}

/**
 * Looks where a stack is, for a refresh or a destroy: those know the configuration of the last deployment alone.
 *
 * @param configured endpoint of the stack's configuration as it is now
 */
export async function findStack(
  { region, edge, endpoint, identity }: DeployedAt,
  configured: string | undefined,
  environment: Environment,
): Promise<FoundAt> {
  if (endpoint === undefined) {
    const isHome = region === homeRegion && edge === undefined;
    return { place: isHome ? {} : { ...(region && { region }), ...(edge && { edge }) }, isAnother: false };
  }
  const here = { place: { endpoint }, isAnother: false };
  if (identity === undefined || environment[moveSwitch] === "true") return here;
  const there = await identityAt(endpoint);
  if (there === identity) return here;
  const moved =
    configured === undefined || configured === endpoint ? undefined : await identityAt(configured);
  if (configured !== undefined && moved !== undefined && (moved === identity || there === undefined)) {
    return { place: { endpoint: configured }, isAnother: moved !== identity };
  }
  return { ...here, isAnother: there !== undefined };
}

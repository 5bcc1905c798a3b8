/** Which deployment a stage goes back to, and what that changes. Pure. */
import { describeChanges, diff, type FlowDefinition } from "@support-line/studio";
import { firstNames } from "@support-line/stage";
import {
  functionServicesOf,
  sameDeployment,
  type DeployedFunctions,
  type Deployment,
  type Memory,
} from "@support-line/stage/memory";
import { masked } from "../pull-request/preview.ts";
import type { KeptBuild } from "./rollback-live.ts";

/**
 * The deployment before what runs: the last one when something else runs than it left (a deployment that failed half-way,
 * an edit in the Console), else the one before it; null when there is none.
 */
export function previousDeployment({ deployments }: Memory, live: Deployment): Deployment | null {
  const last = deployments.at(-1);
  if (last === undefined) return null;
  if (!sameDeployment(last, live)) return last;
  return deployments.at(-2) ?? null;
}

/** The deployment that a commit was in: the newest whose commit is that one or an ancestor of it. */
export async function deploymentOf(
  { deployments }: Memory,
  commit: string,
  isAncestor: (older: string, newer: string) => Promise<boolean>,
): Promise<Deployment | null> {
  for (const each of deployments.toReversed()) {
    if (each.commit === null) continue;
    if (each.commit === commit || (await isAncestor(each.commit, commit))) return each;
  }
  return null;
}

/** One side of a rollback: what runs, or what is put back. */
export interface Side {
  readonly deployment: Deployment;
  readonly definitions: Readonly<Record<string, FlowDefinition>>;
  /** By name of the Service of Functions; null: Twilio has it no more. */
  readonly builds: Readonly<Record<string, KeptBuild | null>>;
}

/** What changes on the way from one side to the other, in words without anybody's number, and by part. */
export interface Difference {
  readonly flows: readonly { readonly line: string; readonly changes: readonly string[] }[];
  /** By Services of Functions that have another. */
  readonly builds: readonly { readonly service: string; readonly change: string }[];
  readonly variables: readonly { readonly service: string; readonly key: string; readonly change: string }[];
}

/**
 * Compares two sides. Lines and Services of Functions that only one of them has are left as they are.
 *
 * @param secrets by Service, keys of Variables whose values are not shown
 */
export function differenceOf(
  before: Side,
  after: Side,
  secrets: Readonly<Record<string, ReadonlySet<string>>>,
): Difference {
  const flows = Object.entries(after.definitions).flatMap(([line, definition]) => {
    const was = before.definitions[line];
    const changes = was === undefined ? [] : diff(was, definition);
    // Where widgets stand on the canvas is no change to anybody who writes, nor to the provider.
    if (changes.every(({ kind }) => kind === "moved")) return [];
    return [{ line, changes: describeChanges(changes) }];
  });
  const now = functionServicesOf(after.deployment);
  const services = Object.entries(functionServicesOf(before.deployment)).flatMap(([service, old]) => {
    const own = now[service];
    return own === undefined ? [] : [{ service, old, own }];
  });
  return {
    flows,
    builds: services
      .filter(({ old, own }) => old.buildSid !== own.buildSid)
      .map(({ service, old, own }) => ({
        service,
        change: buildSaid(service, [old, before.builds[service]], [own, after.builds[service]]),
      })),
    variables: services.flatMap(({ service, old, own }) =>
      [...new Set([...Object.keys(old.variables), ...Object.keys(own.variables)])]
        .sort()
        .filter((key) => old.variables[key] !== own.variables[key])
        .map((key) => ({
          service,
          key,
          change: variableSaid(
            `${key}${ofService(service)}`,
            old.variables[key],
            own.variables[key],
            secrets[service]?.has(key) === true,
          ),
        })),
    ),
  };
}

/** The first Service of a stage is the one that everybody means. */
const ofService = (service: string) => (service === firstNames.functions ? "" : ` of ${service}`);

/**
 * A difference in lines, as a person would list it.
 *
 * @param most of a Flow, after which they are counted
 */
export function wordsOf({ flows, builds, variables }: Difference, most = Infinity): string[] {
  return [
    ...flows.flatMap(({ line, changes }) => [
      ...changes.slice(0, most).map((each) => masked(`Flow of line ${line}: ${each}`)),
      ...(changes.length > most ? [`Flow of line ${line}: ${changes.length - most} changes more`] : []),
    ]),
    ...builds.map(({ change }) => change),
    ...variables.map(({ change }) => change),
  ];
}

type Built = readonly [DeployedFunctions, KeptBuild | null | undefined];

function buildSaid(service: string, before: Built, after: Built): string {
  const named = ([{ buildSid }, build]: Built) => `${buildSid} of ${build?.at ?? "an unknown time"}`;
  const [old, now] = [before[1]?.versions ?? {}, after[1]?.versions ?? {}];
  const paths = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((path) => old[path] !== now[path])
    .sort();
  const which = paths.length === 0 ? "" : `; Functions that differ: ${paths.join(", ")}`;
  const of = service === firstNames.functions ? "" : `, of ${service}`;
  return `Build ${named(after)} instead of ${named(before)}${of}${which}`;
}

/** As much of a Variable as is shown. */
const longest = 120;

function variableSaid(
  key: string,
  before: string | undefined,
  after: string | undefined,
  isSecret: boolean,
): string {
  if (after === undefined) return `Variable ${key} is gone`;
  if (isSecret) return `Variable ${key} has another value, which is secret`;
  const shown = (value: string) => {
    const text = masked(value);
    return text.length > longest ? `${text.slice(0, longest)}…` : text;
  };
  return `Variable ${key} is ${shown(after)}${before === undefined ? ", which was not there" : ` instead of ${shown(before)}`}`;
}

/** When a deployment was, and of which commit, in a few words. */
export function deploymentSaid({ at, commit }: Deployment): string {
  return `${at.slice(0, 16).replace("T", " ")} UTC${commit === null ? "" : `, commit ${commit.slice(0, 9)}`}`;
}

/** Which deployment a stage goes back to, and what that changes. Pure. */
import { describeChanges, diff, type FlowDefinition } from "@support-line/studio";
import { sameDeployment, type Deployment, type Memory } from "@support-line/stage/memory";
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
  readonly build: KeptBuild | null;
}

/** What changes on the way from one side to the other, in words without anybody's number, and by part. */
export interface Difference {
  readonly flows: readonly { readonly line: string; readonly changes: readonly string[] }[];
  /** Null: it is the same. */
  readonly build: string | null;
  readonly variables: readonly { readonly key: string; readonly change: string }[];
}

/**
 * Compares two sides. Lines that only one of them has are left as they are.
 *
 * @param secrets keys of Variables whose values are not shown
 */
export function differenceOf(before: Side, after: Side, secrets: ReadonlySet<string>): Difference {
  const flows = Object.entries(after.definitions).flatMap(([line, definition]) => {
    const was = before.definitions[line];
    const changes = was === undefined ? [] : diff(was, definition);
    // Where widgets stand on the canvas is no change to anybody who writes, nor to the provider.
    if (changes.every(({ kind }) => kind === "moved")) return [];
    return [{ line, changes: describeChanges(changes) }];
  });
  const [old, now] = [before.deployment.variables, after.deployment.variables];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  const variables = keys.filter((key) => old[key] !== now[key]);
  return {
    flows,
    build: before.deployment.buildSid === after.deployment.buildSid ? null : buildSaid(before, after),
    variables: variables.map((key) => ({
      key,
      change: variableSaid(key, old[key], now[key], secrets.has(key)),
    })),
  };
}

/**
 * A difference in lines, as a person would list it.
 *
 * @param most of a Flow, after which they are counted
 */
export function wordsOf({ flows, build, variables }: Difference, most = Infinity): string[] {
  return [
    ...flows.flatMap(({ line, changes }) => [
      ...changes.slice(0, most).map((each) => masked(`Flow of line ${line}: ${each}`)),
      ...(changes.length > most ? [`Flow of line ${line}: ${changes.length - most} changes more`] : []),
    ]),
    ...(build === null ? [] : [build]),
    ...variables.map(({ change }) => change),
  ];
}

function buildSaid(before: Side, after: Side): string {
  const named = ({ build, deployment }: Side) =>
    `${deployment.buildSid} of ${build?.at ?? "an unknown time"}`;
  const [old, now] = [before.build?.versions ?? {}, after.build?.versions ?? {}];
  const paths = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((path) => old[path] !== now[path])
    .sort();
  const which = paths.length === 0 ? "" : `; Functions that differ: ${paths.join(", ")}`;
  return `Build ${named(after)} instead of ${named(before)}${which}`;
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

/** What an upgrade says, in words. */
import type { BroughtIn, Change, Conflict } from "./bring-in.ts";
import type { Release } from "./changes.ts";

const listed = (items: readonly string[]) => items.map((item) => `  - ${item}`);

/** What the releases bring; what a person must do by hand goes first. */
export function releasesText(releases: readonly Release[]): string[] {
  const byHand = releases.flatMap(({ version, byHand: items }) => items.map((item) => `${version}: ${item}`));
  const changes = releases.flatMap(({ version, changes: items }) =>
    items.length === 0 ? [] : [`${version}`, ...listed(items)],
  );
  return [
    ...(byHand.length === 0 ? [] : ["By hand, first:", ...listed(byHand), ""]),
    ...(changes.length === 0 ? [] : ["What changed:", ...changes, ""]),
  ];
}

/** In the order in which they are told. */
const kinds: readonly Change["kind"][] = ["new", "changed", "moved", "gone"];

/** What became of the files. */
export function broughtInText(
  { changes, staysDeleted, conflicts }: BroughtIn,
  gone: Readonly<Record<string, string>>,
): string[] {
  const counts = kinds.flatMap((kind) => {
    const count = changes.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return [
    `Files: ${counts.length === 0 ? "none changed" : counts.join(", ")}.`,
    ...changes.flatMap(({ kind, path, from }) =>
      kind === "moved" ? [`  ${from ?? ""} is ${path} now`] : [],
    ),
    ...changes.flatMap(({ kind, path }) =>
      kind === "gone" ? [`  ${path} is gone${gone[path] === undefined ? "" : `: ${gone[path]}`}`] : [],
    ),
    ...staysDeleted.map((path) => `  ${path} stays deleted, as you left it`),
    ...conflictsText(conflicts, gone),
  ];
}

function conflictsText(conflicts: readonly Conflict[], gone: Readonly<Record<string, string>>): string[] {
  if (conflicts.length === 0) return [];
  const files = new Set(conflicts.map(({ path }) => path));
  return [
    "",
    `${conflicts.length === 1 ? "1 conflict" : `${conflicts.length} conflicts`} in ${files.size === 1 ? "1 file" : `${files.size} files`}, left as Git leaves them:`,
    ...conflicts.map(
      ({ path, words }) => `  ${path}: ${words}${gone[path] === undefined ? "" : ` (${gone[path]})`}`,
    ),
  ];
}

/** Flows that the person has as code: what a release changed in their template is not brought in. */
export function typedText(flows: ReadonlyMap<string, readonly string[]>): string[] {
  return [...flows].flatMap(([path, changes]) => [
    `${path} is a Flow as code, and code is yours to change. This release changed in its template:`,
    ...listed(changes),
  ]);
}

export interface WayBack {
  readonly branch: string;
  /** Branch or commit that the upgrade began on. */
  readonly from: string;
  readonly isPicking: boolean;
  /** Files that Git does not know. */
  readonly beside: readonly string[];
  readonly installCommand: string;
}

/** How the upgrade is thrown away. */
export function wayBack({ branch, from, isPicking, beside, installCommand }: WayBack): string {
  return [
    ...(isPicking ? ["git cherry-pick --abort"] : []),
    ...(beside.length === 0 ? [] : [`rm ${beside.join(" ")}`]),
    `git switch ${from}`,
    `git branch -D ${branch}`,
    installCommand,
  ].join(" && ");
}

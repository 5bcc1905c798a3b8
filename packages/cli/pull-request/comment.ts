/** The comment of a pull request: data to Markdown, within what GitHub takes. Knows nothing of Git, Pulumi or GitHub. */
import { docs } from "../docs.ts";
import type { FunctionChange } from "./functions.ts";
import type { Deed, Preview, Step } from "./preview.ts";

/** By which the comment is found again. */
export const marker = "<!-- support-line: what this pull request does -->";

/** A comment has 65,536 characters at most; some room is left. */
export const mostCharacters = 65_000;

/** Steps of a stage that are listed; the others are counted. */
const mostSteps = 200;

export interface StageReport {
  readonly stage: string;
  /** Null: no credentials for its state, as in a pull request from a fork. */
  readonly preview: Preview | null;
  readonly faults: readonly string[];
  readonly agents: readonly string[];
}

export interface FlowReport {
  readonly name: string;
  readonly words: readonly string[];
  /** Mermaid; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
  /** Conversations whose words changed, as lines of a difference. */
  readonly transcripts?: readonly (readonly string[])[];
}

/** How much of a Flow its conversation tests walk. */
export interface WalkedFlow {
  readonly flow: string;
  readonly transitions: { readonly reached: number; readonly of: number };
}

export interface TestReport {
  readonly passed: number;
  readonly failed: readonly string[];
}

export interface PullRequest {
  readonly commit: string;
  readonly stages: readonly StageReport[];
  readonly flows: readonly FlowReport[];
  /** Each that the change touches. */
  readonly functions?: readonly FunctionChange[];
  /** `cut off`: their report was named, and is not there. Null: no report was named. */
  readonly tests: TestReport | "cut off" | null;
  /** Empty: nobody says. */
  readonly coverage?: readonly WalkedFlow[];
}

/** What cannot be had back is told first. */
const order: readonly Deed[] = ["replace", "delete", "create", "update"];
const deedWords = { replace: "replaced", delete: "deleted", create: "created", update: "changed" } as const;

/** Renders the comment. When it grows too long, pictures from before the change go first, then later pictures, then lists. */
export function renderComment(pull: PullRequest): string {
  for (const room of rooms) {
    const text = written(pull, room);
    if (text.length <= mostCharacters) return text;
  }
  const end = "\n\n*The rest has no room in a comment; the run's log has it.*\n";
  return written(pull, { before: false, pictures: 0, steps: 20 }).slice(0, mostCharacters - end.length) + end;
}

interface Room {
  readonly before: boolean;
  readonly pictures: number;
  readonly steps: number;
}
const rooms: readonly Room[] = [
  { before: true, pictures: 50, steps: mostSteps },
  { before: false, pictures: 50, steps: mostSteps },
  { before: false, pictures: 1, steps: mostSteps },
  { before: false, pictures: 0, steps: 50 },
];

function written(pull: PullRequest, room: Room): string {
  const none = pull.stages.length === 0 ? ["This change touches no stage."] : [];
  return [
    marker,
    "## What this pull request does",
    [`At commit \`${pull.commit.slice(0, 12)}\`.`, ...testsSaid(pull.tests)].join(" "),
    ...coverageSaid(pull),
    ...none,
    ...pull.stages.map((stage) => stageSaid(stage, room)),
    ...functionsSaid(pull.functions ?? []),
    ...pull.flows.map((flow, at) => flowSaid(flow, at < room.pictures, room.before)),
    "",
  ].join("\n\n");
}

function testsSaid(tests: PullRequest["tests"]): string[] {
  if (tests === null) return [];
  if (tests === "cut off") return ["**The tests did not come to their end.**"];
  if (tests.failed.length === 0) return [`${tests.passed} tests passed.`];
  const names = tests.failed.slice(0, 20).map((name) => `\n- ${plain(name)}`);
  return [`**${tests.failed.length} tests failed**, ${tests.passed} passed:\n${names.join("")}`];
}

/** Files that are named for a Function that changes by what it imports. */
const mostThrough = 3;

/** Every Function by its path: a row for each, folded where there are many. */
function functionsSaid(functions: readonly FunctionChange[]): string[] {
  if (functions.length === 0) return [];
  const rows = functions.map(({ path, how, through }) => {
    const files = through.slice(0, mostThrough).map(plain).join(", ");
    const more = through.length > mostThrough ? `, ${through.length - mostThrough} more` : "";
    const why = through.length === 0 ? "" : `, by what it imports: ${files}${more}`;
    return `**${plain(path)}** ${how}${why}`;
  });
  const title = functions.length === 1 ? "### One Function" : `### ${functions.length} Functions`;
  return [`${title}\n\n${rows.length > 30 ? folded("All of them", list(rows)) : list(rows)}`];
}

/** Of the Flows that change, or of all when none does. */
function coverageSaid({ coverage = [], flows }: PullRequest): string[] {
  const changed = coverage.filter(({ flow }) => flows.some(({ name }) => name === flow));
  const shown = (changed.length > 0 ? changed : coverage).map(
    ({ flow, transitions: { reached, of } }) => `${plain(flow)} ${reached} of ${of}`,
  );
  return shown.length === 0 ? [] : [`Ways through Flows that conversation tests walk: ${shown.join(", ")}.`];
}

/** One preview on a page of its own, as a run's summary shows it. */
export function renderPreview(stage: string, preview: Preview): string {
  return `### Stage ${stage}\n\n${previewSaid(preview, mostSteps)}\n`;
}

function stageSaid({ stage, preview, faults, agents }: StageReport, room: Room): string {
  return [
    `### Stage ${stage}`,
    ...(faults.length === 0 ? [] : [list(faults.map((fault) => `**To fix:** ${plain(fault)}`))]),
    ...(agents.length === 0 ? [] : [list(agents.map(plain))]),
    previewSaid(preview, room.steps),
    ...(preview !== null && "failed" in preview ? [wayOn(stage)] : []),
  ].join("\n\n");
}

/** Where whoever meets a refusal goes on: what customers of the stage meet meanwhile, and what the refusal means. */
function wayOn(stage: string): string {
  return `What customers of the stage meet now: \`npm run stage -- why ${stage} last\` ([why](${docs}/how-to/at-night.md#why)). What keeps it from being deployed: \`npm run stage -- doctor ${stage}\` ([doctor](${docs}/how-to/at-night.md#doctor)).`;
}

function previewSaid(preview: Preview | null, most: number): string {
  if (preview === null) {
    return "No preview: this run has no credentials for the stage's state, as runs of a fork have none.";
  }
  if ("failed" in preview) {
    return `**The preview failed**, so what would change is not known:\n\n${fenced("text", preview.failed.slice(0, 4000))}`;
  }
  const { steps } = preview;
  if (steps.length === 0) return "Nothing changes.";
  const ranked = order.flatMap((deed) => steps.filter((step) => step.deed === deed));
  const counts = order.flatMap((deed) => {
    const count = steps.filter((step) => step.deed === deed).length;
    return count === 0 ? [] : [`${count} ${deedWords[deed]}`];
  });
  const rows = ranked.slice(0, most).map(stepSaid);
  const rest = ranked.length > most ? `\n\n…and ${ranked.length - most} more.` : "";
  const table = `| | Resource | Properties |\n|---|---|---|\n${rows.join("\n")}${rest}`;
  const isLong = ranked.length > 30;
  const risky = ranked.slice(0, most).filter(({ deed }) => deed === "replace" || deed === "delete");
  if (!isLong) return `${counts.join(", ")}.\n\n${table}`;
  const first = risky.map(({ deed, type, name }) => `**${deedWords[deed]}** ${plain(type)} ${plain(name)}`);
  return `${counts.join(", ")}.\n\n${list(first)}\n\n${folded(`All ${ranked.length}`, table)}`;
}

function stepSaid({ deed, type, name, properties }: Step): string {
  const word = deed === "replace" || deed === "delete" ? `**${deedWords[deed]}**` : deedWords[deed];
  const shown = properties.slice(0, 5).map(plain).join(", ");
  const more = properties.length > 5 ? `, ${properties.length - 5} more` : "";
  return `| ${word} | ${plain(name)} (${plain(type)}) | ${shown}${more} |`;
}

function flowSaid(
  { name, words, before, after, transcripts = [] }: FlowReport,
  hasPictures: boolean,
  hasBefore: boolean,
): string {
  const shown = words.slice(0, 60).map((line) => plain(line.slice(0, 400)));
  const rest = words.length > 60 ? [`…and ${words.length - 60} more`] : [];
  const picture = (title: string, text: string | null) =>
    text === null || !hasPictures ? [] : [folded(title, fenced("mermaid", text))];
  return [
    `### Flow ${name}`,
    list([...shown, ...rest]),
    ...transcripts.map((lines) => fenced("diff", lines.join("\n"))),
    ...(hasBefore ? picture("Before", before) : []),
    ...picture("After, with what changed brought out", after),
  ].join("\n\n");
}

const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");
const folded = (title: string, text: string) =>
  `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;

/** A fence longer than any inside the text. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", "@": "&#64;", "#": "&#35;" };

/** Text that means nothing to Markdown, on one line, and calls nobody by `@`. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[&<@#\\`*_[\]|~!]/g, (each) => entities[each] ?? `\\${each}`);
}
